//! Answers each request with a greeting and the path that was asked for.
mod http;

use http::{Request, Response};

fn answer(request: &mut Request) -> Response {
    Response::text(200, format!("Hello from Rust, at {}\n", request.path()))
}
