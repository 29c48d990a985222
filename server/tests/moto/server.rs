//! A moto server for a test.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use ::server::cloud::{Cloud, Connection};

/// A moto server, which ends with the test.
pub(crate) struct Moto {
    process: Child,
    endpoint: String,
}

impl Moto {
    /// Starts one on a free port and waits until it answers.
    pub(crate) fn start() -> Self {
        let program = std::env::var("GREENLIGHT_MOTO").unwrap_or_else(|_| "moto_server".to_owned());
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        let process = Command::new(&program)
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .env("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!(
                    "{program} cannot be started ({error}): install it with `pip install 'moto[server]'`, or name it in GREENLIGHT_MOTO"
                )
            });
        let mut moto = Self {
            process,
            endpoint: format!("http://127.0.0.1:{port}"),
        };
        for _ in 0..600 {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
                return moto;
            }
            if let Ok(Some(status)) = moto.process.try_wait() {
                panic!("{program} ended before it answered: {status}");
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("{program} did not answer within a minute");
    }

    pub(crate) async fn cloud(&self, region: &str) -> Cloud {
        Cloud::connect(Connection::Fixed {
            region: region.to_owned(),
            access_key_id: "testing".to_owned(),
            secret_access_key: "testing".to_owned(),
            http: None,
            endpoint: Some(self.endpoint.clone()),
        })
        .await
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
