//! The door: who may ask for anything, and who may listen to the events.
//!
//! Any page on the web can make a browser send requests to this machine. So a request must name
//! this preview as its host, which a page under another name cannot (that is how rebinding a name
//! to this machine is met), and a listener must know this run's token, which stands in the pages
//! alone. No header ever lets another origin read an answer.

use axum::http::header::{HOST, HeaderName, ORIGIN};
use axum::http::request::Parts;
use std::net::{IpAddr, SocketAddr};

/// What must be so for a request to be answered.
#[derive(Clone, Debug)]
pub struct Door {
    hosts: Vec<String>,
    /// The port, where any address of this machine is served.
    any: Option<u16>,
    token: String,
}

impl Door {
    /// The door of a preview at an address; `typed` is the host as it was asked for.
    pub fn new(address: SocketAddr, typed: &str, token: &str) -> Door {
        let port = address.port();
        let typed = match typed.parse() {
            Ok(IpAddr::V6(ip)) => format!("[{ip}]"),
            _ => typed.to_ascii_lowercase(),
        };
        let names = ["localhost", "127.0.0.1", "[::1]", &typed];
        let mut hosts: Vec<String> = names.iter().map(|name| format!("{name}:{port}")).collect();
        if port == 80 {
            hosts.extend(names.iter().map(|name| (*name).to_string()));
        }
        let any = address.ip().is_unspecified().then_some(port);
        Door { hosts, any, token: token.to_string() }
    }

    /// This run's token.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Whether a request names this preview as its host, once and wherever it names one.
    pub fn admits(&self, request: &Parts) -> bool {
        let mut named = request.headers.get_all(HOST).iter();
        let host = named.next().and_then(|host| host.to_str().ok());
        let target = request.uri.authority().is_none_or(|target| self.is_ours(target.as_str()));
        target && named.next().is_none() && host.is_some_and(|host| self.is_ours(host))
    }

    /// Whether a request that was admitted may listen: it knows the token, and the page that sent
    /// it is ours where the browser says which one it is.
    pub fn admits_listener(&self, request: &Parts, token: Option<&str>) -> bool {
        const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
        let said = |name: HeaderName| request.headers.get(name).map(|value| value.to_str());
        let origin = match said(ORIGIN) {
            None => true,
            Some(origin) => origin.is_ok_and(|origin| {
                origin.strip_prefix("http://").is_some_and(|host| self.is_ours(host))
            }),
        };
        let site = said(SITE).is_none_or(|site| site.is_ok_and(|site| site == "same-origin"));
        origin && site && token == Some(&self.token)
    }

    fn is_ours(&self, host: &str) -> bool {
        // An address cannot be rebound as a name can.
        let address = self.any.is_some_and(|port| {
            host.parse::<SocketAddr>().is_ok_and(|address| address.port() == port)
                || (port == 80 && host.parse::<IpAddr>().is_ok())
        });
        address || self.hosts.iter().any(|own| host.eq_ignore_ascii_case(own))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn request(uri: &str, headers: &[(&str, &str)]) -> Parts {
        let mut request = Request::builder().uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(()).expect("a request").into_parts().0
    }

    fn door(address: &str, typed: &str) -> Door {
        Door::new(address.parse().expect("an address"), typed, "secret")
    }

    #[test]
    fn only_our_names_with_our_port_are_hosts() {
        let door = door("127.0.0.1:4000", "book.local");
        let admits = |host| door.admits(&request("/", &[("host", host)]));
        for host in
            ["localhost:4000", "LOCALHOST:4000", "127.0.0.1:4000", "[::1]:4000", "Book.local:4000"]
        {
            assert!(admits(host), "{host}");
        }
        for host in [
            "",
            "localhost",
            "localhost:4001",
            "localhost:40000",
            "evil.example",
            "evil.example:4000",
            "localhost.:4000",
            "localhost:4000.evil.example",
            "192.168.0.9:4000",
            "a@localhost:4000",
            "localhost:4000 ",
            "127.1:4000",
        ] {
            assert!(!admits(host), "{host}");
        }
        assert!(!door.admits(&request("/", &[])));
        assert!(
            !door.admits(&request("/", &[("host", "localhost:4000"), ("host", "evil.example")]))
        );
        let evil = request("http://evil.example/", &[("host", "localhost:4000")]);
        assert!(!door.admits(&evil));
        assert!(door.admits(&request("http://localhost:4000/", &[("host", "localhost:4000")])));
    }

    #[test]
    fn served_on_all_addresses_an_address_is_a_host_and_a_name_is_not() {
        let door = door("0.0.0.0:80", "0.0.0.0");
        let admits = |host| door.admits(&request("/", &[("host", host)]));
        assert!(admits("192.168.0.9") && admits("192.168.0.9:80") && admits("localhost"));
        assert!(!admits("evil.example") && !admits("192.168.0.9:81"));
        let six = super::Door::new("[::1]:4000".parse().expect("an address"), "::1", "secret");
        assert!(six.admits(&request("/", &[("host", "[::1]:4000")])));
    }

    #[test]
    fn a_listener_knows_the_token_and_comes_from_here() {
        let door = door("127.0.0.1:4000", "127.0.0.1");
        let admits =
            |headers: &[(&str, &str)], token| door.admits_listener(&request("/", headers), token);
        assert!(admits(&[], Some("secret")));
        assert!(admits(&[("origin", "http://localhost:4000")], Some("secret")));
        assert!(admits(&[("sec-fetch-site", "same-origin")], Some("secret")));
        for token in [None, Some(""), Some("secre"), Some("secret ")] {
            assert!(!admits(&[], token), "{token:?}");
        }
        for origin in
            ["null", "http://evil.example", "https://localhost:4000", "http://localhost:4001", ""]
        {
            assert!(!admits(&[("origin", origin)], Some("secret")), "{origin}");
        }
        for site in ["cross-site", "same-site", "none"] {
            assert!(!admits(&[("sec-fetch-site", site)], Some("secret")), "{site}");
        }
    }
}
