//! `git http-backend`, spoken to as a web server would (RFC 3875): the request on its standard
//! input, the answer from its standard output, both as they come.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::Child;
use tokio::sync::{mpsc, oneshot};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

use super::SourceError;
use super::git::isolated;

const DOING: &str = "serving git over HTTP";

/// A client that sends nothing for so long is gone.
const SILENCE: Duration = Duration::from_mins(1);

/// More header than any answer of `http-backend` has.
const LONGEST_HEAD: usize = 16 * 1024;

/// A request as CGI puts it.
#[derive(Debug)]
pub(super) struct CgiRequest<'a> {
    /// The program itself: through `git http-backend`, killing would reach only the one in front.
    pub backend: &'a Path,
    /// The folder of all repositories.
    pub root: &'a Path,
    /// `/<repository>/<what>`, below `root`.
    pub path: String,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The query, without the question mark.
    pub query: String,
    /// The request's headers; only those that Git needs are handed on.
    pub headers: &'a HeaderMap,
    /// Whose name a push is in; without one nothing can be pushed.
    pub user: Option<&'a str>,
}

/// Runs the back end. `afterwards` is carried out when it has ended and before the client sees
/// the end of the answer, also when the client has gone in between.
pub(super) async fn run(
    request: CgiRequest<'_>,
    body: Body,
    afterwards: impl Future<Output = ()> + Send + 'static,
) -> Result<Response, SourceError> {
    let child = start(&request)?;
    let (head, answered) = oneshot::channel();
    let (chunks, received) = mpsc::channel(8);
    // A task of its own: when the client hangs up, the back end still ends in order.
    tokio::spawn(async move {
        serve(child, body, head, &chunks).await;
        afterwards.await;
        drop(chunks);
    });
    let head = answered.await.map_err(|_| SourceError::Git {
        doing: DOING,
        said: "the back end answered nothing".to_owned(),
    })?;
    let mut response = Response::new(Body::from_stream(ReceiverStream::new(received)));
    *response.status_mut() = head.status;
    *response.headers_mut() = head.headers;
    Ok(response)
}

fn start(request: &CgiRequest<'_>) -> Result<Child, SourceError> {
    let mut command = isolated(request.backend);
    command
        .env("GIT_PROJECT_ROOT", request.root)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("PATH_INFO", &request.path)
        .env("REQUEST_METHOD", request.method)
        .env("QUERY_STRING", &request.query);
    // Without `CONTENT_LENGTH`, which CGI does not require, the back end reads up to the end. With
    // it a request that breaks off makes it spin for ever (git 2.47, `pipe_fixed_length`).
    for (name, variable) in [
        (header::CONTENT_TYPE, "CONTENT_TYPE"),
        (header::CONTENT_ENCODING, "HTTP_CONTENT_ENCODING"),
        (HeaderName::from_static("git-protocol"), "GIT_PROTOCOL"),
    ] {
        if let Some(value) = request.headers.get(name).and_then(|v| v.to_str().ok()) {
            command.env(variable, value);
        }
    }
    if let Some(user) = request.user {
        command.env("REMOTE_USER", user);
    }
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(SourceError::io(DOING))
}

/// Sends the request in, the answer out, and waits for the end.
async fn serve(
    mut child: Child,
    body: Body,
    head: oneshot::Sender<Head>,
    chunks: &mpsc::Sender<Result<Bytes, std::io::Error>>,
) {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(stdin), Some(stdout), Some(stderr)) = (stdin, stdout, stderr) else {
        return;
    };
    let feeding = async {
        if let Err(broken) = feed(body, stdin).await {
            // Half a request must not look like a whole one.
            tracing::debug!(%broken, "a git client broke off");
            let _ = child.start_kill();
        }
    };
    let ((), answer, said) = tokio::join!(feeding, answer(stdout, head, chunks), listen(stderr));
    let failed = match (answer, child.wait().await) {
        (Err(error), _) | (_, Err(error)) => Some(error.to_string()),
        (Ok(()), Ok(status)) => (!status.success()).then(|| status.to_string()),
    };
    if let Some(failed) = failed {
        tracing::warn!(failed, said, "git http-backend");
        let _ = chunks.send(Err(std::io::Error::other(failed))).await;
    }
}

/// The request's body. If the back end stops reading, the rest is read and dropped, for a client
/// hears the answer only when it has said everything.
async fn feed(body: Body, mut stdin: impl AsyncWriteExt + Unpin) -> Result<(), axum::Error> {
    let mut body = body.into_data_stream();
    let mut open = true;
    while let Some(chunk) = tokio::time::timeout(SILENCE, body.next())
        .await
        .map_err(axum::Error::new)?
    {
        let chunk = chunk?;
        open = open && stdin.write_all(&chunk).await.is_ok();
    }
    let _ = stdin.shutdown().await;
    Ok(())
}

async fn answer(
    mut stdout: impl AsyncRead + Unpin,
    head: oneshot::Sender<Head>,
    chunks: &mpsc::Sender<Result<Bytes, std::io::Error>>,
) -> Result<(), std::io::Error> {
    let mut buffer = Vec::new();
    let end = loop {
        if let Some(at) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            break at;
        }
        if buffer.len() > LONGEST_HEAD || stdout.read_buf(&mut buffer).await? == 0 {
            return Err(std::io::Error::other("no header"));
        }
    };
    let rest = Bytes::from(buffer.split_off(end + 4));
    let _ = head.send(Head::parse(&buffer));
    let mut chunk = rest;
    loop {
        // Nobody there any more: go on reading all the same, so that a push is not cut short.
        if !chunk.is_empty() {
            let _ = chunks.send(Ok(chunk)).await;
        }
        let mut next = Vec::with_capacity(32 * 1024);
        if stdout.read_buf(&mut next).await? == 0 {
            return Ok(());
        }
        chunk = next.into();
    }
}

/// The first words of the standard error, for the log; the rest is read and dropped.
async fn listen(mut stderr: impl AsyncRead + Unpin) -> String {
    let mut said = Vec::new();
    let _ = (&mut stderr).take(4096).read_to_end(&mut said).await;
    let _ = tokio::io::copy(&mut stderr, &mut tokio::io::sink()).await;
    String::from_utf8_lossy(&said).trim().to_owned()
}

/// Status and headers.
#[derive(Debug)]
struct Head {
    status: StatusCode,
    headers: HeaderMap,
}

impl Head {
    /// Reads `Name: value` lines, of which `Status` is the status. Without one it is 200.
    fn parse(bytes: &[u8]) -> Self {
        let mut head = Self {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
        };
        for line in String::from_utf8_lossy(bytes).lines() {
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            if name.eq_ignore_ascii_case("status") {
                let code = value.split(' ').next().unwrap_or_default();
                head.status = code.parse().unwrap_or(StatusCode::BAD_GATEWAY);
            } else if let (Ok(name), Ok(value)) = (
                HeaderName::from_bytes(name.as_bytes()),
                HeaderValue::from_str(value),
            ) {
                head.headers.append(name, value);
            }
        }
        head
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_head_of_an_answer() {
        let head = Head::parse(b"Status: 404 Not Found\r\nExpires: Fri, 01 Jan 1980\r\n\r\n");
        assert_eq!(head.status, StatusCode::NOT_FOUND);
        assert_eq!(head.headers["expires"], "Fri, 01 Jan 1980");
        assert!(!head.headers.contains_key("status"));
        assert_eq!(Head::parse(b"A: b").status, StatusCode::OK);
    }
}
