//! Serves one file's bytes at every address: the fastest that this stack can answer with a page.
//!
//! `make bench` measures the real pages against it: `limit ADDRESS FILE`.

use std::path::PathBuf;

use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let (Some(address), Some(file)) = (words.next(), words.next().map(PathBuf::from)) else {
        return Err("usage: limit ADDRESS FILE".into());
    };
    let page = Bytes::from(std::fs::read(file)?);
    let answer =
        move || std::future::ready(([(CONTENT_TYPE, "text/html; charset=utf-8")], page.clone()));
    let listener = TcpListener::bind(address).await?;
    axum::serve(listener, axum::Router::new().fallback(answer)).await?;
    Ok(())
}
