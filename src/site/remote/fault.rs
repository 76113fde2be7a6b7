//! What an engine or a network says of a fault, made one plain line in which no secret is.
//!
//! The engine's own words name addresses with signatures, and repeat what a server answered. Of all
//! that, the innermost reason is told, or the word by which the server calls it.

use super::open::Environment;
use crate::diagnostics::Failure;
use object_store::Error;

/// Makes faults plain.
#[derive(Debug)]
pub struct Plain {
    around: Environment,
}

/// A secret is no shorter, and a reason no longer.
const SHORTEST: usize = 4;
const LONGEST: usize = 160;

impl Plain {
    /// Knows what must not be told.
    pub fn of(around: &Environment) -> Plain {
        Plain { around: around.clone() }
    }

    /// What could not be done, and why.
    pub fn failure(&self, what: &str, error: Error) -> Failure {
        let words = innermost(&error);
        let reason = self.plain(&words);
        // Of some requests the engine tells no more than the server's answer.
        let answers = |codes: &[&str]| {
            let told = words.split_once("status code: ").map_or("", |(_, code)| code);
            codes.iter().any(|code| told.starts_with(code))
        };
        let (denied, missing) = match error {
            Error::Unauthenticated { .. } | Error::PermissionDenied { .. } => (true, false),
            Error::NotFound { .. } => (false, true),
            _ => (answers(&["401", "403"]), answers(&["404"])),
        };
        let (why, help) = if denied {
            (
                format!("the credentials are wrong, or do not let you ({reason})"),
                "look after the credentials in the environment, and what they allow",
            )
        } else if missing {
            (
                format!("there is no such place ({reason})"),
                "make the bucket first, and look after its name and region",
            )
        } else {
            (reason, "publish again: what was put stays, and only the rest is put")
        };
        Failure::machine(format!("cannot {what}: {why}")).help(help)
    }

    /// What is set wrong in the environment.
    pub fn misset(&self, error: Error) -> Failure {
        let reason = self.plain(&innermost(&error));
        Failure::usage(format!("the store cannot be used as it is set: {reason}"))
            .help("look after what the environment says of it")
    }

    /// Words of a server or an engine, such that they may be told.
    fn plain(&self, words: &str) -> String {
        let code = words.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
        let line = code.map_or(words.lines().next().unwrap_or_default(), |(code, _)| code);
        let mut line = line.to_owned();
        for secret in self.around.secrets().filter(|value| value.len() >= SHORTEST) {
            line = line.replace(secret, "…");
        }
        let line = line.split(['<', '{']).next().unwrap_or_default();
        let line = line.split(" (os error").next().unwrap_or_default();
        let bare = line.split(' ').map(|word| word.split('?').next().unwrap_or_default());
        let bare = bare.collect::<Vec<_>>().join(" ");
        let letters = bare.trim_end_matches([' ', ':']).chars();
        let told: String = letters.filter(|letter| !letter.is_control()).take(LONGEST).collect();
        if told.is_empty() { "it does not say why".into() } else { told }
    }
}

/// The innermost reason.
fn innermost(error: &Error) -> String {
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    inner.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_short_and_has_no_secret_in_it() {
        let variable = ("AWS_SECRET_ACCESS_KEY".to_owned(), "wJalr".to_owned());
        let plain = Plain::of(&Environment::of([variable]));
        let xml = "Server returned non-2xx status code: 403 Forbidden: <?xml version=\"1.0\"?>\n\
                   <Error><Code>SignatureDoesNotMatch</Code><StringToSign>x</StringToSign></Error>";
        for (words, told) in [
            ("Connection refused (os error 111)", "Connection refused"),
            (xml, "SignatureDoesNotMatch"),
            (
                "status code: 500 Internal Server Error: <html>oh</html>",
                "status code: 500 Internal \
                                                                      Server Error",
            ),
            ("cannot reach http://x/y?sig=abc now", "cannot reach http://x/y now"),
            ("with wJalr in it\nand more", "with … in it"),
            ("", "it does not say why"),
        ] {
            assert_eq!(plain.plain(words), told);
        }
        assert_eq!(plain.plain(&"x".repeat(1000)).len(), LONGEST);
    }

    #[test]
    fn each_fault_of_a_network_is_one_of_the_machine() {
        let plain = Plain::of(&Environment::default());
        let source = || "why".into();
        for error in [
            Error::Generic { store: "S3", source: source() },
            Error::NotFound { path: "x".into(), source: source() },
            Error::PermissionDenied { path: "x".into(), source: source() },
        ] {
            let failure = plain.failure("put s3://bucket/x", error);
            assert_eq!(failure.exit, 3);
            assert!(failure.message.starts_with("cannot put s3://bucket/x: "), "{failure}");
            assert!(failure.message.contains("why") && failure.help.is_some(), "{failure}");
        }
    }

    #[test]
    fn a_servers_answer_tells_who_is_wrong() {
        let plain = Plain::of(&Environment::default());
        for (code, words) in [
            ("401 Unauthorized", "credentials"),
            ("403 Forbidden", "credentials"),
            ("404 Not Found", "no such place"),
            ("500 Internal Server Error", "cannot list x: Server returned"),
        ] {
            let source = format!("Server returned non-2xx status code: {code}: 403 404").into();
            let failure = plain.failure("list x", Error::Generic { store: "S3", source });
            assert!(failure.message.contains(words), "{failure}");
        }
    }
}
