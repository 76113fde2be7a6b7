//! A preview that runs: the program on a casebook of its own, asked on its socket.
//!
//! Nothing waits for a time: what a rebuild brings is waited for on the stream of events, with a
//! limit after which a test has failed.

use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longer than anything takes: who waits so long waits in vain.
const LIMIT: Duration = Duration::from_secs(20);

/// A casebook of two projects, of which nothing is to be said.
pub fn book() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let rules: Vec<_> = casebook::documents::rule::names().map(|n| format!("{n}: off")).collect();
    put(root, "casebook.yaml", format!("as_of: 2026-06-30\nrules: {{{}}}\n", rules.join(", ")));
    put(root, "content/projects/claims/index.md", project("Claims", "Paid on the day."));
    put(root, "content/projects/roster.md", project("Roster", "Shifts are known in time."));
    folder
}

/// A write-up of a project.
pub fn project(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\nstatus: active\nowner: Amara Osei\nunit: ops\n---\n\n{body}\n")
}

/// Writes a file with its folders.
pub fn put(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("folders");
    fs::write(path, text).expect("a file");
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("a text")
    }
}

/// The program, as long as it runs.
pub struct Running {
    pub folder: TempDir,
    pub port: u16,
    child: Child,
    lines: Receiver<String>,
    /// All lines so far.
    pub told: Vec<String>,
}

impl Running {
    /// Serves a casebook at any free port.
    pub fn on(folder: TempDir) -> Running {
        Running::with(folder, &["--port", "0"], &[])
    }

    /// Serves the casebook of two projects.
    pub fn small() -> Running {
        Running::on(book())
    }

    /// Serves with options and an environment, once it is open.
    pub fn with(folder: TempDir, options: &[&str], environment: &[(&str, &Path)]) -> Running {
        let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
        command.arg("serve").args(options).envs(environment.iter().copied());
        Running::start(folder, command)
    }

    /// Serves by a command in a folder, once it is open.
    pub fn start(folder: TempDir, mut command: Command) -> Running {
        command.current_dir(folder.path()).env_remove("SOURCE_DATE_EPOCH");
        // Both streams in one pipe, so that lines come in the order they were written.
        let (reader, writer) = std::io::pipe().expect("a pipe");
        command.stdout(writer.try_clone().expect("a pipe")).stderr(writer);
        let child = command.spawn().expect("the program starts");
        drop(command);
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            let mut lines = BufReader::new(reader).lines().map_while(Result::ok);
            while lines.next().is_some_and(|line| sender.send(line).is_ok()) {}
        });
        let mut running = Running { folder, port: 0, child, lines, told: Vec::new() };
        let line = running.line("serving http://");
        let (_, rest) = line.split_once("serving http://").expect("it says so");
        let (_, port) =
            rest.split_once('/').expect("an address").0.rsplit_once(':').expect("a port");
        running.port = port.parse().expect("a number");
        running
    }

    /// Waits for a line that the terminal shows.
    pub fn line(&mut self, part: &str) -> String {
        loop {
            match self.lines.recv_timeout(LIMIT) {
                Ok(line) => {
                    self.told.push(line.clone());
                    if line.contains(part) {
                        return line;
                    }
                }
                Err(_) => panic!("no line with `{part}` in\n{}", self.told.join("\n")),
            }
        }
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().to_path_buf()
    }

    /// Saves a file of the casebook.
    pub fn save(&self, path: &str, text: impl AsRef<[u8]>) {
        put(self.folder.path(), path, text);
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits until it ends by itself; its exit code.
    pub fn ended(&mut self) -> Option<i32> {
        self.child.wait().expect("it ends").code()
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(LIMIT)).expect("a limit");
        stream
    }

    /// Sends some bytes and reads until the connection is closed.
    pub fn raw(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        // It may be refused before all is sent.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8(bytes[..end].to_vec()).expect("a head is a text");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let body = bytes.get(end + 4..).unwrap_or_default().to_vec();
        let answer = Answer { status, head, body };
        // Whatever was asked: no other origin may read it.
        assert!(!answer.head.to_lowercase().contains("access-control-"), "{}", answer.head);
        answer
    }

    /// Asks with a method and further headers.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let host = format!("127.0.0.1:{}", self.port);
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        self.raw(&(request + "\r\n"))
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// A line to ask on again and again.
    pub fn asking(&self) -> Asking {
        Asking(BufReader::new(self.connect()), self.port)
    }

    /// A value that the preview's script in a page is told.
    pub fn slip(&self, path: &str, name: &str) -> String {
        let page = self.get(path).text();
        let (_, rest) = page.split_once(&format!("data-{name}=\"")).expect("the page is told");
        rest.split_once('"').expect("it ends").0.to_string()
    }

    /// Listens as a browser does that shows the page at a path.
    pub fn listen(&self, page: &str) -> Listener {
        let token = self.slip(page, "token");
        let mut stream = self.connect();
        let host = format!("localhost:{}", self.port);
        let path = format!("/.casebook/events?token={token}&page={page}");
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("it is asked");
        Listener(BufReader::new(stream), None)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A connection that is kept from one request to the next.
pub struct Asking(BufReader<TcpStream>, u16);

impl Asking {
    pub fn get(&mut self, path: &str) -> Answer {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.1);
        self.0.get_mut().write_all(request.as_bytes()).expect("it is asked");
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            let read = self.0.read_line(&mut head).expect("it is answered in time");
            assert!(read > 0, "the line was closed after {head:?}");
        }
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let mut answer = Answer { status, head, body: Vec::new() };
        let length = answer.header("content-length").expect("a length").parse();
        answer.body.resize(length.expect("a number"), 0);
        self.0.read_exact(&mut answer.body).expect("it is sent whole");
        answer
    }
}

const BEGIN: &str = "<!--casebook preview-->";
const END: &str = "<!--/casebook preview-->";

/// A page as it was built, from one that was sent: without what is between the marks, and with the
/// policy's last word taken back.
pub fn undressed(sent: &str) -> String {
    let (before, rest) = sent.split_once(BEGIN).expect("it is dressed");
    let (_, after) = rest.split_once(END).expect("it ends");
    format!("{before}{after}").replacen("; connect-src 'self'\">", "\">", 1)
}

/// What is between the marks of a page that was sent.
pub struct Dressing<'s>(&'s str);

/// Finds it.
pub fn dressing(sent: &str) -> Dressing<'_> {
    let (_, rest) = sent.split_once(BEGIN).expect("it is dressed");
    Dressing(rest.split_once(END).expect("it ends").0)
}

impl Dressing<'_> {
    /// Whether it is style sheet, script and overlay, and nothing else.
    pub fn is(&self, token: &str, shown: &str, overlay: &str) -> bool {
        let before = format!(
            "<link rel=\"stylesheet\" href=\"/.casebook/preview.css\">\
             <script src=\"/.casebook/preview.js\" data-token=\"{token}\" data-key=\""
        );
        let rest = self.0.strip_prefix(&*before).and_then(|rest| rest.split_once('"'));
        let after = format!(" data-overlay=\"{shown}\" defer></script>{overlay}");
        rest.is_some_and(|(_, rest)| rest == after)
    }
}

/// One who hears the events.
pub struct Listener(BufReader<TcpStream>, Option<u64>);

impl Listener {
    /// The next rebuild that is told of; what followed the last one, as the index of the search does,
    /// is told under its number and passed over.
    pub fn hear(&mut self) -> Value {
        loop {
            let said = self.told().expect("something is said in time");
            let build = said["build"].as_u64();
            if self.1 != build {
                self.1 = build;
                return said;
            }
        }
    }

    /// The next thing that is said; nothing where that takes longer than anything does. That the
    /// line is kept alive says nothing.
    pub fn told(&mut self) -> Option<Value> {
        let begun = Instant::now();
        let mut line = String::new();
        while begun.elapsed() < LIMIT {
            line.clear();
            let read = self.0.read_line(&mut line).ok()?;
            assert!(read > 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return Some(serde_json::from_str(data).expect("it is JSON"));
            }
        }
        None
    }

    /// Listens until something holds.
    pub fn until(&mut self, holds: impl Fn(&Value) -> bool) -> Value {
        loop {
            let said = self.hear();
            if holds(&said) {
                return said;
            }
        }
    }
}

/// How many rebuilds there were.
pub fn build(said: &Value) -> u64 {
    said["build"].as_u64().expect("a count")
}
