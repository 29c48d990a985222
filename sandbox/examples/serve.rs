//! A sandbox account over HTTP, for tests and for trying it with the `aws` CLI:
//!
//! ```text
//! cargo run -p sandbox --example serve -- 127.0.0.1:4000 --speed 20
//! ```
//!
//! One account, one pair of keys ([`KEY`], [`SECRET`]), nothing stored. Beside
//! the account there are addresses for tests:
//!
//! - `POST /__reset__?speed=20`: a fresh account, the clock at the present.
//! - `POST /__advance__?seconds=60`: the account's clock goes on by so much.
//! - `POST /__handshake__?region=…&arn=…`: a person finishes a connection's handshake.
//! - `POST /__push__?repository=…&branch=…&commit=…`: a push of the files in the body, texts by path.
//! - `POST /__limit__`: the caller may do what the policy in the body allows, with none everything.
//! - `GET /__operations__`: every operation there is, a line each.
//! - `GET /__events__`: every call of the account, a line of JSON each.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{Request, Response, StatusCode};
use sandbox::sigv4::{self, SignatureError};
use sandbox::{Account, Commit, Millis, Push};

const KEY: &str = "AKIASANDBOXEXAMPLE00";
const SECRET: &str = "sandbox/secret/access/key/of/the/example";
const ACCOUNT: &str = "123456789012";

/// The account and how far its clock is ahead.
struct World {
    account: Account,
    ahead: Millis,
    resets: u64,
}

fn main() -> ExitCode {
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::from(2)
        }
    }
}

fn serve() -> io::Result<()> {
    let (mut address, mut speed) = ("127.0.0.1:0".to_owned(), 20);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--speed" {
            let given = arguments.next().and_then(|speed| speed.parse().ok());
            speed = given.ok_or_else(|| io::Error::other("--speed wants a whole number"))?;
        } else {
            address = argument;
        }
    }
    let listener = TcpListener::bind(address)?;
    writeln!(
        io::stdout(),
        "listening on http://{}",
        listener.local_addr()?
    )?;
    io::stdout().flush()?;
    let world = World {
        account: Account::new(ACCOUNT, 0, speed, present()),
        ahead: 0,
        resets: 0,
    };
    let world = Arc::new(Mutex::new(world));
    for stream in listener.incoming() {
        let (stream, world) = (stream?, Arc::clone(&world));
        std::thread::spawn(move || converse(stream, &world));
    }
    Ok(())
}

/// Answers one connection's requests until the client closes it.
fn converse(mut stream: TcpStream, world: &Mutex<World>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    while let Some(request) = read(&mut reader, &mut stream)? {
        let response = {
            let mut world = world.lock().unwrap_or_else(PoisonError::into_inner);
            answer(&mut world, &request)
        };
        write(&mut stream, &response)?;
    }
    Ok(())
}

fn answer(world: &mut World, request: &Request<Bytes>) -> Response<Bytes> {
    let text = |name: &str| {
        let query = request.uri().query().unwrap_or_default();
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        let found = pairs.find(|(key, _)| key == name);
        found.map_or(String::new(), |(_, value)| value.into_owned())
    };
    let asked = |name: &str| text(name).parse::<u32>().ok();
    match request.uri().path() {
        "/__reset__" => {
            world.resets += 1;
            let speed = asked("speed").unwrap_or(world.account.speed());
            world.account = Account::new(ACCOUNT, world.resets, speed, present());
            world.ahead = 0;
            plain(String::new())
        }
        "/__advance__" => {
            world.ahead += Millis::from(asked("seconds").unwrap_or(0)) * 1000;
            sandbox::advance(&mut world.account, present() + world.ahead);
            plain(String::new())
        }
        "/__handshake__" => {
            let (region, arn) = (text("region"), text("arn"));
            let now = present() + world.ahead;
            plain(
                match sandbox::complete_handshake(&mut world.account, &region, &arn, now) {
                    Ok(()) => String::new(),
                    Err(error) => error.to_string(),
                },
            )
        }
        "/__push__" => {
            let files = serde_json::from_slice::<BTreeMap<String, String>>(request.body());
            let push = Push {
                repository: text("repository"),
                branch: text("branch"),
                commit: Commit {
                    id: text("commit"),
                    message: text("message"),
                    author: text("author"),
                    tree: files.unwrap_or_default().into_iter().collect(),
                },
            };
            sandbox::push(&mut world.account, push, present() + world.ahead);
            plain(String::new())
        }
        "/__limit__" => {
            let policy = String::from_utf8_lossy(request.body());
            let policy = Some(policy.as_ref()).filter(|policy| !policy.is_empty());
            plain(match world.account.limit_caller(policy) {
                Ok(()) => String::new(),
                Err(error) => error.to_string(),
            })
        }
        "/__operations__" => {
            lines(sandbox::operations().map(|name| format!("{} {}", name.service, name.operation)))
        }
        "/__events__" => {
            let events = world.account.events();
            lines(events.filter_map(|event| serde_json::to_string(event).ok()))
        }
        _ => {
            let known = match sigv4::access_key_id(request.headers()) {
                Some(key) if key != KEY => Err(SignatureError::UnknownKey),
                _ => sigv4::verify(request, SECRET, present()),
            };
            match known {
                Ok(()) => {
                    let now = present() + world.ahead;
                    sandbox::handle(&mut world.account, request, now).response
                }
                Err(error) => sigv4::refuse(request, &error),
            }
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the edge of the program: here the time comes in"
)]
fn present() -> Millis {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX)
}

fn lines(lines: impl Iterator<Item = String>) -> Response<Bytes> {
    plain(lines.map(|line| line + "\n").collect())
}

fn plain(body: String) -> Response<Bytes> {
    Response::new(Bytes::from(body))
}

/// The next request, or `None` where the client has closed the connection.
fn read(reader: &mut impl BufRead, stream: &mut impl Write) -> io::Result<Option<Request<Bytes>>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut parts = line.split_ascii_whitespace();
    let (method, target) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    let mut request = Request::builder().method(method).uri(target);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
        if name.eq_ignore_ascii_case("expect") {
            // Who puts an object waits for this before the body.
            stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        request = request.header(name, value.trim());
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    request
        .body(Bytes::from(body))
        .map(Some)
        .map_err(io::Error::other)
}

fn write(stream: &mut impl Write, response: &Response<Bytes>) -> io::Result<()> {
    let mut head = Vec::new();
    write!(head, "HTTP/1.1 {}\r\n", status(response.status()))?;
    for (name, value) in response.headers() {
        write!(head, "{name}: {}\r\n", value.to_str().unwrap_or_default())?;
    }
    // The answer to `HEAD` says how long the body would be that it has not got.
    if !response.headers().contains_key(CONTENT_LENGTH) {
        write!(head, "content-length: {}\r\n", response.body().len())?;
    }
    write!(head, "\r\n")?;
    stream.write_all(&head)?;
    stream.write_all(response.body())?;
    stream.flush()
}

fn status(status: StatusCode) -> String {
    format!(
        "{} {}",
        status.as_u16(),
        status.canonical_reason().unwrap_or("Unknown")
    )
}
