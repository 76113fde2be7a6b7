//! Answers: what a request is given.
//!
//! In go a request and the preview as it stands; out comes a file of the site, dressed if it is a
//! page, or the preview's own script, style sheet and events. Only GET and HEAD are known; nothing
//! that is sent changes anything.

use super::door::Door;
use super::dress::{self, OWN, Slip, dressed};
use super::find::{Found, find, unescaped};
use super::preview::Preview;
use super::{events, seen};
use crate::site::kind;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderName, HeaderValue,
    IF_NONE_MATCH, LOCATION, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;
use tokio::sync::watch::Receiver;

/// What answers are made from.
#[derive(Clone)]
pub struct Desk {
    /// Who may ask.
    pub door: Arc<Door>,
    /// What is shown; nothing before the first build is done.
    pub look: Receiver<Option<Arc<Preview>>>,
}

/// All that can be asked.
pub fn router(desk: Desk) -> Router {
    Router::new()
        .route(&format!("{OWN}events"), get(listen))
        .route(&format!("{OWN}preview.js"), get(script))
        .route(&format!("{OWN}preview.css"), get(style))
        .fallback(page)
        .layer(from_fn_with_state(desk.clone(), at_the_door))
        .with_state(desk)
}

/// Refuses who must not ask, and what cannot be asked; marks every answer.
async fn at_the_door(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let mut response = if !desk.door.admits(&parts) {
        refused(StatusCode::FORBIDDEN, "this preview is not served under that name\n")
    } else if !matches!(parts.method, Method::GET | Method::HEAD) {
        let mut refused = refused(StatusCode::METHOD_NOT_ALLOWED, "a preview is only looked at\n");
        refused.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        refused
    } else {
        next.run(Request::from_parts(parts, body)).await
    };
    const POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(POLICY, HeaderValue::from_static("same-origin"));
    response
}

async fn listen(State(desk): State<Desk>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let asked = |name| query(parts.uri.query().unwrap_or_default(), name);
    if !desk.door.admits_listener(&parts, asked("token").as_deref()) {
        return refused(StatusCode::FORBIDDEN, "only a page of this preview may listen\n");
    }
    let path = asked("page").unwrap_or_else(|| "/".to_string());
    events::stream(desk.look, path).into_response()
}

async fn script(request: Request) -> Response {
    const SCRIPT: &str = include_str!("preview.js");
    file(&request, StatusCode::OK, "preview.js", Bytes::from_static(SCRIPT.as_bytes()))
}

async fn style(request: Request) -> Response {
    const STYLE: &str = include_str!("preview.css");
    file(&request, StatusCode::OK, "preview.css", Bytes::from_static(STYLE.as_bytes()))
}

async fn page(State(mut desk): State<Desk>, request: Request) -> Response {
    // The first build may take its time; a browser that was opened early waits for it.
    let preview = match desk.look.wait_for(Option::is_some).await {
        Ok(preview) => preview.clone(),
        Err(_) => None,
    };
    let Some(preview) = preview else {
        return refused(StatusCode::SERVICE_UNAVAILABLE, "the preview has ended\n");
    };
    let path = request.uri().path();
    let slip = Slip {
        token: desk.door.token(),
        key: &seen::key(&preview, path),
        overlay: preview.overlay.as_ref(),
    };
    let Some(site) = &preview.site else {
        let bare = dress::bare(&slip);
        return file(&request, StatusCode::INTERNAL_SERVER_ERROR, seen::MISSING, bare.into());
    };
    let (status, address, found) = match find(site, &preview.base, path) {
        Found::File(address, found) => (StatusCode::OK, address, found),
        Found::Folder => return sent_on(&request),
        Found::Missing => match site.file(seen::MISSING) {
            Some(found) => (StatusCode::NOT_FOUND, seen::MISSING, found),
            None => return refused(StatusCode::NOT_FOUND, "there is no such page\n"),
        },
    };
    if !address.ends_with(".html") {
        return file(&request, status, address, Bytes::from_owner(found.bytes()));
    }
    let broken = preview.overlay.is_some();
    let status = if broken { StatusCode::INTERNAL_SERVER_ERROR } else { status };
    file(&request, status, address, dressed(&found.bytes(), &slip).into())
}

/// A file, or only the word that the browser has it already.
fn file(request: &Request, status: StatusCode, address: &str, bytes: Bytes) -> Response {
    let tag = format!("\"{}\"", dress::key(&bytes));
    let known = request.headers().get_all(IF_NONE_MATCH).iter().any(|known| {
        let known = known.to_str().unwrap_or_default();
        let mut known = known.split(',').map(|one| one.trim().trim_start_matches("W/"));
        known.any(|one| one == "*" || one == tag)
    });
    let unchanged = known && status == StatusCode::OK;
    let length = bytes.len();
    let head_only = unchanged || request.method() == Method::HEAD;
    let body = if head_only { Body::empty() } else { Body::from(bytes) };
    let mut response = body.into_response();
    *response.status_mut() = if unchanged { StatusCode::NOT_MODIFIED } else { status };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind::of(address)));
    if !unchanged {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    if status == StatusCode::OK
        && let Ok(tag) = HeaderValue::from_str(&tag)
    {
        headers.insert(ETAG, tag);
    }
    response
}

/// The same address with a slash at its end, for links in a page count from there.
fn sent_on(request: &Request) -> Response {
    let query = request.uri().query().map_or(String::new(), |query| format!("?{query}"));
    let to = format!("{}/{query}", request.uri().path());
    let mut response = refused(StatusCode::MOVED_PERMANENTLY, "");
    if let Ok(to) = HeaderValue::from_str(&to) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}

fn refused(status: StatusCode, why: &'static str) -> Response {
    let mut response = (status, why).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind::of("a.txt")));
    response
}

/// A value of a query, its escapes resolved.
fn query(query: &str, name: &str) -> Option<String> {
    let mut values = query.split('&').filter_map(|pair| pair.split_once('='));
    values.find(|(key, _)| *key == name).and_then(|(_, value)| unescaped(value))
}
