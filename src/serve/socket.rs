//! The socket: where browsers come in, and how long each may keep a place.
//!
//! In go a listener and what answers. A connection that sends nothing, or too much, is closed; of
//! those that have not asked for anything yet only so many are kept, so that a thousand idle ones
//! stand in no one's way.

use super::Order;
use crate::diagnostics::Failure;
use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::collections::VecDeque;
use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::task::AbortHandle;

/// So many ports are tried, from the one that was asked for.
const TRIED: u16 = 20;

/// As long as a request's head may take, and a connection may wait for the next.
const PATIENCE: Duration = Duration::from_secs(5);

/// As many bytes as a request's head may have.
const HEAD: usize = 32 << 10;

/// So many connections are kept that have asked for nothing yet, and so many in all: below the
/// 256 files that some systems let a program open.
const IDLE: usize = 64;
const ALL: usize = 192;

/// After a connection could not be taken: the system is out of files for a moment.
const BREATH: Duration = Duration::from_millis(20);

/// Takes the first free port from the one that was asked for on.
pub fn open(order: &Order) -> Result<(TcpListener, SocketAddr), Failure> {
    let host = order.host.as_str();
    let last = if order.port == 0 { 0 } else { order.port.saturating_add(TRIED - 1) };
    let no_host = || {
        Failure::usage(format!("there is no host `{host}` on this machine"))
            .help("leave --host out, or name an address of this machine")
    };
    // Addresses of other machines are none, whatever the port.
    let is_ours = |address: &SocketAddr| {
        let trouble = TcpListener::bind(address).err().map(|error| error.kind());
        !matches!(trouble, Some(ErrorKind::AddrNotAvailable | ErrorKind::InvalidInput))
    };
    let named = (host, 0).to_socket_addrs().map_err(|_| no_host())?;
    let mut addresses: Vec<SocketAddr> = named.filter(is_ours).collect();
    if addresses.is_empty() {
        return Err(no_host());
    }
    let mut trouble = None;
    for port in order.port..=last {
        addresses.iter_mut().for_each(|address| address.set_port(port));
        let listener = TcpListener::bind(&addresses[..]);
        match listener.and_then(|listener| Ok((listener.local_addr()?, listener))) {
            Ok((address, listener)) => return Ok((listener, address)),
            Err(error) if error.kind() == ErrorKind::AddrInUse => trouble = Some(error),
            Err(error) => {
                trouble = Some(error);
                break;
            }
        }
    }
    let why = trouble.map_or(String::new(), |error| {
        let text = error.to_string().to_lowercase();
        format!(": {}", text.split(" (os error").next().unwrap_or_default())
    });
    let message = format!("cannot listen on {host}, port {}{why}", order.port);
    Err(Failure::machine(message).help("choose another port with --port"))
}

/// Answers for ever.
pub async fn answer(listener: TcpListener, router: Router) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let mut connections = Connections::default();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => connections.take(stream, &router),
            Err(_) => tokio::time::sleep(BREATH).await,
        }
    }
}

/// The connections that stand, the oldest first.
#[derive(Default)]
struct Connections(VecDeque<Connection>);

struct Connection {
    has_asked: Arc<AtomicBool>,
    task: AbortHandle,
}

impl Connections {
    fn take(&mut self, stream: TcpStream, router: &Router) {
        let has_asked = Arc::<AtomicBool>::default();
        let task = tokio::spawn(talk(stream, router.clone(), has_asked.clone())).abort_handle();
        self.0.retain(|connection| !connection.task.is_finished());
        self.0.push_back(Connection { has_asked, task });
        let idle = |one: &Connection| !one.has_asked.load(Ordering::Relaxed);
        if self.0.iter().filter(|one| idle(one)).count() > IDLE {
            let oldest = self.0.iter().position(idle);
            self.close(oldest);
        } else if self.0.len() > ALL {
            // A page that loses its line to the events takes it up again.
            self.close(Some(0));
        }
    }

    fn close(&mut self, at: Option<usize>) {
        if let Some(connection) = at.and_then(|at| self.0.remove(at)) {
            connection.task.abort();
        }
    }
}

async fn talk(stream: TcpStream, router: Router, has_asked: Arc<AtomicBool>) {
    // A page is sent as it is written: nothing is gained by waiting for more.
    let _ = stream.set_nodelay(true);
    let answers = TowerToHyperService::new(router);
    let service = service_fn(move |request: Request<Incoming>| {
        has_asked.store(true, Ordering::Relaxed);
        answers.call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(stream), service);
    // Who goes away, or sends what is no request, is no trouble of ours.
    let _ = connection.await;
}
