//! Who may ask, and what no one can ask for.

use crate::running::{Answer, Running, book, project, put};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant};

#[test]
fn no_way_of_writing_a_path_leads_out_of_the_site() {
    let folder = book();
    put(folder.path(), "secret.txt", "a secret");
    let running = Running::on(folder);
    for path in [
        "/../secret.txt",
        "/../../../../etc/passwd",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/%252e%252e/secret.txt",
        "/%252e%252e%252fsecret.txt",
        "/projects/../../secret.txt",
        "/projects/..%2f..%2fsecret.txt",
        "/./secret.txt",
        "//secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/%c0%afsecret.txt",
        "/secret.txt",
        "/secret.txt%00.html",
        "/index.html%00",
        "/%",
        "/%zz",
        "/casebook.yaml",
        "/content/projects/roster.md",
        "//etc/passwd",
        "/file:///etc/passwd",
        "/.casebook/../index.html",
        "/.casebook/%2e%2e/secret.txt",
        "/projects%2froster%2findex.html",
        "/%u002e%u002e/secret.txt",
        "/....//secret.txt",
        "/..;/secret.txt",
    ] {
        let answer = running.get(path);
        // Bytes that no request line may have are refused before they are looked at.
        assert!(matches!(answer.status, 404 | 400), "{path}: {}", answer.status);
        let text = String::from_utf8_lossy(&answer.body).to_string();
        for leak in ["a secret", "root:", "as_of", "Amara"] {
            assert!(!text.contains(leak), "{path}: {leak}");
        }
    }
    assert_eq!(running.get("/").status, 200);
}

fn with_host(running: &Running, host: &str) -> Answer {
    running.raw(&format!("GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n"))
}

#[test]
fn a_request_names_this_preview_as_its_host_or_is_refused() {
    let running = Running::small();
    let port = running.port;
    for name in ["localhost", "127.0.0.1", "[::1]", "LocalHost"] {
        assert_eq!(with_host(&running, &format!("Host: {name}:{port}\r\n")).status, 200, "{name}");
    }
    for host in [
        String::new(),
        "Host: \r\n".into(),
        "Host: evil.example\r\n".into(),
        format!("Host: evil.example:{port}\r\n"),
        "Host: localhost\r\n".into(),
        format!("Host: localhost:{}\r\n", port - 1),
        format!("Host: localhost.evil.example:{port}\r\n"),
        format!("Host: localhost:{port}\r\nHost: evil.example\r\n"),
        format!("Host: 192.168.1.1:{port}\r\n"),
    ] {
        let answer = with_host(&running, &host);
        assert_eq!(answer.status, 403, "{host}");
        assert!(!answer.text().contains("Roster"), "{host}");
    }
    assert_eq!(running.raw("GET / HTTP/1.0\r\n\r\n").status, 403);
    let elsewhere = format!("GET http://evil.example/ HTTP/1.1\r\nHost: localhost:{port}\r\n");
    assert_eq!(running.raw(&(elsewhere + "Connection: close\r\n\r\n")).status, 403);
    // What is refused for its host is not told which methods there are.
    assert_eq!(running.raw("POST / HTTP/1.0\r\n\r\n").status, 403);
}

#[test]
fn the_events_are_for_pages_of_this_run_alone() {
    let running = Running::small();
    let token = running.slip("/", "token");
    assert_eq!(token.len(), 32);
    let path = format!("/.casebook/events?page=/&token={token}");
    let own = format!("http://localhost:{}", running.port);
    for (path, headers) in [
        ("/.casebook/events", &[][..]),
        ("/.casebook/events?page=/", &[]),
        ("/.casebook/events?page=/&token=", &[]),
        ("/.casebook/events?page=/&token=0123456789abcdef0123456789abcdef", &[]),
        (&path, &[("Origin", "http://evil.example")]),
        (&path, &[("Origin", "null")]),
        (&path, &[("Origin", &*own.replace("http:", "https:"))]),
        (&path, &[("Sec-Fetch-Site", "cross-site")]),
    ] {
        let answer = running.ask("GET", path, headers);
        assert_eq!(answer.status, 403, "{path} {headers:?}");
    }
    let other = Running::small();
    assert_eq!(other.get(&path).status, 403, "a token is of one run");
    for headers in [&[][..], &[("Origin", &*own), ("Sec-Fetch-Site", "same-origin")]] {
        let head = running.ask("HEAD", &path, headers);
        assert_eq!(head.status, 200, "{headers:?}");
        assert_eq!(head.header("content-type"), Some("text/event-stream"));
    }
}

#[test]
fn a_preview_is_only_looked_at() {
    let running = Running::small();
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
        for path in ["/", "/.casebook/events", "/.casebook/preview.js", "/nothing"] {
            let headers = [("Origin", "http://evil.example"), ("Content-Length", "0")];
            let answer = running.ask(method, path, &headers);
            assert_eq!(answer.status, 405, "{method} {path}");
            assert_eq!(answer.header("allow"), Some("GET, HEAD"), "{method} {path}");
        }
    }
    assert_eq!(running.get("/").status, 200);
}

#[test]
fn a_taken_port_leads_to_the_next_which_is_printed() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let running = Running::with(book(), &["--port", &port.to_string()], &[]);
    let line = running.told.last().expect("a line");
    assert!(
        line.starts_with(&format!("port {port} is taken; serving http://127.0.0.1:")),
        "{line}"
    );
    assert!(running.port > port && running.port < port + 20, "{}", running.port);
    assert_eq!(running.get("/").status, 200);
}

#[cfg(target_os = "linux")]
#[test]
fn only_this_machine_is_served() {
    let running = Running::small();
    let wanted = format!(":{:04X} ", running.port);
    let mut listening = String::new();
    for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
        let table = std::fs::read_to_string(table).unwrap_or_default();
        // In the state 0A a socket listens.
        let lines = table.lines().filter(|line| line.contains(&wanted) && line.contains(" 0A "));
        listening.extend(lines.map(str::to_string));
    }
    assert!(listening.contains(&format!("0100007F{wanted}")), "{listening}");
    assert_eq!(listening.matches(&wanted).count(), 1, "{listening}");
}

#[test]
fn who_says_too_much_is_cut_off() {
    let running = Running::small();
    let long = "x".repeat(1 << 20);
    let head =
        format!("GET / HTTP/1.1\r\nHost: localhost:{}\r\nX-Long: {long}\r\n\r\n", running.port);
    assert!(matches!(running.raw(&head).status, 431 | 0), "it is refused, or cut off");
    let many = "X-A: b\r\n".repeat(2_000);
    let head = format!("GET / HTTP/1.1\r\nHost: localhost:{}\r\n{many}\r\n", running.port);
    assert!(matches!(running.raw(&head).status, 431 | 0), "it is refused, or cut off");
    assert!(matches!(
        running.raw(&format!("GET /{long} HTTP/1.1\r\n\r\n")).status,
        414 | 400 | 431 | 0
    ));
    assert_eq!(running.raw("\u{16}\u{3}\u{1} no words\r\n\r\n").status, 400);
    assert_eq!(running.get("/").status, 200);
}

/// A reader is served at once if it takes no longer than this, on a machine with other work too.
const AT_ONCE: Duration = Duration::from_secs(2);

/// Some readers come, one after the other.
fn readers_are_served_at_once(running: &Running) {
    for _ in 0..20 {
        let begun = Instant::now();
        assert_eq!(running.get("/").status, 200);
        let took = begun.elapsed();
        assert!(took < AT_ONCE, "a reader had to wait for {took:?}");
    }
}

/// A thousand connections of a preview.
fn thousand(running: &Running) -> Vec<TcpStream> {
    (0..1_000).map(|_| running.connect()).collect()
}

/// Runs a test again in a process of its own, which may open as many files as the system lets any.
fn alone(name: &str, test: fn()) {
    const ALONE: &str = "CASEBOOK_TEST_ALONE";
    if cfg!(windows) || std::env::var_os(ALONE).is_some() {
        return test();
    }
    let raised = "ulimit -S -n \"$(ulimit -H -n)\"; exec \"$0\" --exact \"$1\" --nocapture";
    let own = std::env::current_exe().expect("a test is a program");
    let mut command = Command::new("sh");
    command.args(["-c", raised]).arg(own).arg(name).env(ALONE, "yes");
    let output = command.output().expect("a shell runs");
    let told = String::from_utf8_lossy(&output.stdout);
    let why = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.contains("1 passed"), "{told}{why}");
}

#[test]
fn a_thousand_idle_and_slow_clients_stand_in_no_ones_way() {
    alone("door::a_thousand_idle_and_slow_clients_stand_in_no_ones_way", || {
        let running = Running::small();
        let mut slow = running.connect();
        slow.write_all(b"GET / HTTP/1.1\r\nHost: local").expect("half a request");
        let idle = thousand(&running);
        let mut listener = running.listen("/");
        listener.hear();
        readers_are_served_at_once(&running);
        // Who asked for something is not closed for the sake of those who did not.
        running.save("content/projects/roster.md", project("Roster", "Again."));
        listener.hear();
        // The slow one is closed after a while, not kept for ever.
        let mut rest = Vec::new();
        let _ = slow.read_to_end(&mut rest);
        assert!(rest.is_empty() || rest.starts_with(b"HTTP/1.1 408"), "it was never answered");
        drop(idle);
        readers_are_served_at_once(&running);
    });
}

#[test]
fn a_thousand_who_asked_once_and_stay_stand_in_no_ones_way() {
    alone("door::a_thousand_who_asked_once_and_stay_stand_in_no_ones_way", || {
        let running = Running::small();
        let head = format!("HEAD / HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", running.port);
        let mut stay = Vec::new();
        for mut stream in std::iter::repeat_with(|| running.connect()).take(1_000) {
            stream.write_all(head.as_bytes()).expect("it is asked");
            let mut first = [0; 12];
            stream.read_exact(&mut first).expect("it is answered");
            assert_eq!(&first, b"HTTP/1.1 200");
            stay.push(stream);
        }
        readers_are_served_at_once(&running);
        drop(stay);
    });
}

#[cfg(unix)]
#[test]
fn where_few_files_may_be_open_idle_clients_take_none_from_readers() {
    alone("door::where_few_files_may_be_open_idle_clients_take_none_from_readers", || {
        let mut command = Command::new("sh");
        let few = "ulimit -n 256 && exec \"$0\" serve --port 0";
        command.args(["-c", few, env!("CARGO_BIN_EXE_casebook")]);
        let mut running = Running::start(book(), command);
        let idle = thousand(&running);
        readers_are_served_at_once(&running);
        // A rebuild opens files as well.
        let mut listener = running.listen("/");
        listener.hear();
        running.save("content/projects/roster.md", project("Roster", "Again."));
        assert!(listener.hear()["overlay"].is_null());
        running.line("roster.md: ");
        drop(idle);
    });
}
