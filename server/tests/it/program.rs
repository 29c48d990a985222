//! The program itself: its settings, its words, its end.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use clap::CommandFactory;
use server::config::Cli;
use workshop::blueprint::Step;
use workshop::model::{Frame, Outcome, StepState};

use crate::browser::Browser;

/// The program with settings of the test's own.
fn greenlight(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenlight"));
    command.args(arguments).stdin(Stdio::null());
    for (name, _) in
        std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GREENLIGHT_"))
    {
        command.env_remove(name);
    }
    command.env("GREENLIGHT_LOG", "off");
    command
}

fn run(arguments: &[&str]) -> Output {
    greenlight(arguments).output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Asserts that the program refused, with exit status 2 and one sentence that holds `words`.
fn refused(output: &Output, words: &[&str]) {
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(text(&output.stdout), "", "{said}");
    let (sentence, rest) = said.split_once("\n\n").unwrap_or((&said, ""));
    assert!(sentence.len() < 400, "one sentence: {said}");
    // After a wrong argument, clap says where to read on.
    let leads_on = |line: &str| line.starts_with("Usage: ") || line.starts_with("For more ");
    let rest: Vec<_> = rest.lines().filter(|line| !line.is_empty()).collect();
    assert!(
        rest.iter().all(|line| leads_on(line)),
        "nothing else: {said}"
    );
    for word in words {
        assert!(sentence.contains(word), "{word} is in: {said}");
    }
}

/// A folder that is gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!(
            "greenlight-program-{}-{number}",
            std::process::id()
        ));
        std::fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn database(&self) -> String {
        self.0.join("greenlight.db").display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be deleted is the temporary folder's business.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A running server; killed where the test forgets it.
struct Running {
    process: Child,
    printed: BufReader<std::process::ChildStdout>,
    line: String,
    addr: SocketAddr,
}

impl Running {
    fn start(database: &str, arguments: &[&str]) -> Self {
        let mut command = greenlight(&["--addr", "127.0.0.1:0", "--database", database]);
        let mut process = command
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("it starts");
        let mut printed = BufReader::new(process.stdout.take().expect("its output"));
        let mut line = String::new();
        printed.read_line(&mut line).expect("a line");
        let addr = line
            .trim_end()
            .rsplit_once("http://")
            .and_then(|(_, addr)| addr.parse().ok());
        let addr = addr.unwrap_or_else(|| panic!("no address: {line:?}"));
        Self {
            process,
            printed,
            line,
            addr,
        }
    }

    fn signal(&self, signal: &str) {
        let id = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &id])
                .status()
                .expect("kill")
                .success()
        );
    }

    /// Waits for its end: the exit status and all that it printed.
    fn ended(&mut self) -> (Option<i32>, String) {
        let status = self.process.wait().expect("its end");
        let mut printed = self.line.clone();
        self.printed
            .read_to_string(&mut printed)
            .expect("its output");
        (status.code(), printed)
    }

    /// Opens an event stream, and reads it until it tells how far the steps are.
    fn listen(&self) -> (TcpStream, Frame) {
        let mut stream = TcpStream::connect(self.addr).expect("a connection");
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .expect("a limit");
        write!(stream, "GET /live HTTP/1.1\r\nhost: {}\r\n\r\n", self.addr).expect("it is sent");
        let mut lines = BufReader::new(stream.try_clone().expect("a handle"))
            .lines()
            .map(|line| line.expect("a line"));
        lines
            .find(|line| line == "event: frame")
            .expect("the frame");
        let data = lines.next().expect("its data");
        let frame = serde_json::from_str(data.trim_start_matches("data: ")).expect("a frame");
        (stream, frame)
    }

    fn state(&self, step: Step) -> StepState {
        let (_, frame) = self.listen();
        frame
            .rail
            .iter()
            .find(|item| item.step == step)
            .expect("the step")
            .state
    }

    fn until(&self, step: Step, outcome: Outcome) {
        let end = Instant::now() + Duration::from_secs(20);
        while !matches!(self.state(step), StepState::Checked { outcome: seen, .. } if seen == outcome)
        {
            assert!(
                Instant::now() < end,
                "step {} is {:?}, not {outcome:?}",
                step.number(),
                self.state(step)
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn help_names_every_setting_and_its_variable() {
    for arguments in [&["--help"][..], &["-h"], &["workspace", "add", "--help"]] {
        let output = run(arguments);
        assert!(output.status.success());
        // Long lines are wrapped.
        let help = text(&output.stdout);
        let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
        let command = Cli::command();
        let settings: Vec<_> = command
            .get_arguments()
            .filter(|argument| !matches!(argument.get_id().as_str(), "help" | "version"))
            .collect();
        assert!(settings.len() >= 7);
        for setting in settings {
            let flag = setting.get_long().expect("a flag");
            let variable = setting.get_env().expect("a variable").to_string_lossy();
            assert_eq!(
                variable,
                format!("GREENLIGHT_{}", flag.replace('-', "_").to_uppercase())
            );
            assert!(
                help.contains(&format!("--{flag}")),
                "{arguments:?} names --{flag}: {help}"
            );
            assert!(
                help.contains(&format!("[env: {variable}=")),
                "{arguments:?} names {variable}: {help}"
            );
        }
    }
    assert!(text(&run(&["--version"]).stdout).starts_with("greenlight "));
}

#[test]
fn a_wrong_setting_is_one_sentence() {
    let folder = Folder::new();
    let database = folder.database();
    let cases: [(&[&str], &[&str]); 14] = [
        (
            &["--region", "europe"],
            &["--region", "“europe”", "eu-west-1"],
        ),
        (&["--region", ""], &["--region"]),
        (
            &["--sandbox-speed", "0"],
            &["--sandbox-speed", "1..=100000"],
        ),
        (
            &["--sandbox-speed", "100001"],
            &["--sandbox-speed", "1..=100000"],
        ),
        (&["--sandbox-speed", "fast"], &["--sandbox-speed", "fast"]),
        (
            &["--addr", "nonsense"],
            &["--addr", "“nonsense”", "127.0.0.1:3000"],
        ),
        (&["--addr", "127.0.0.1"], &["--addr", "127.0.0.1:3000"]),
        (
            &["--addr", "127.0.0.1:99999"],
            &["--addr", "127.0.0.1:3000"],
        ),
        (
            &["--addr", "0.0.0.0:3000"],
            &["0.0.0.0:3000", "loopback", "--addr"],
        ),
        (
            &["--addr", "[::]:3000"],
            &["[::]:3000", "loopback", "--addr"],
        ),
        (
            &["--addr", "192.0.2.1:3000"],
            &["192.0.2.1:3000", "loopback", "--addr"],
        ),
        (&["--account", "azure"], &["--account", "sandbox", "aws"]),
        (&["--nonsense"], &["--nonsense"]),
        (
            &["serve", "--database", "/dev/null/x.db"],
            &["/dev/null/x", "--database"],
        ),
    ];
    for (arguments, words) in cases {
        let arguments: Vec<_> = if arguments.contains(&"--database") {
            arguments.to_vec()
        } else {
            [arguments, &["--database", &database]].concat()
        };
        refused(&run(&arguments), words);
    }
    for (variable, value) in [
        ("GREENLIGHT_SANDBOX_SPEED", "0"),
        ("GREENLIGHT_ADDR", "nonsense"),
        ("GREENLIGHT_REGION", "x"),
        ("GREENLIGHT_ACCOUNT", "x"),
    ] {
        let output = greenlight(&["--database", &database])
            .env(variable, value)
            .output()
            .expect("the program runs");
        refused(
            &output,
            &[&format!(
                "--{}",
                variable
                    .trim_start_matches("GREENLIGHT_")
                    .to_lowercase()
                    .replace('_', "-")
            )],
        );
    }
    assert!(!Path::new(&database).exists(), "nothing was made");
}

#[test]
fn a_busy_port_names_the_setting() {
    let folder = Folder::new();
    let busy = TcpListener::bind("127.0.0.1:0").expect("a port");
    let addr = busy.local_addr().expect("its address").to_string();
    refused(
        &run(&["--addr", &addr, "--database", &folder.database()]),
        &[&addr, "--addr"],
    );
}

#[test]
fn one_server_owns_a_database_and_subcommands_work_beside_it() {
    let folder = Folder::new();
    let database = folder.database();
    let mut server = Running::start(&database, &[]);
    refused(
        &run(&["--addr", "127.0.0.1:0", "--database", &database]),
        &["another server", &database, "--database"],
    );

    let addr = server.addr.to_string();
    let workspace = |arguments: &[&str]| {
        run(&[
            &["--database", &database, "--addr", &addr, "workspace"],
            arguments,
        ]
        .concat())
    };
    let added = workspace(&["add", "ada"]);
    assert!(added.status.success(), "{}", text(&added.stderr));
    let added = text(&added.stdout);
    for words in [
        &format!("http://{addr}/open/"),
        &format!("http://{addr}/sandbox"),
        "greenlight-ada",
        "aws_access_key_id     = AKIA",
        "aws_secret_access_key = ",
        "eu-west-1",
    ] {
        assert!(added.contains(words), "{words} is in {added}");
    }
    refused(&workspace(&["add", "ada"]), &["“ada”", "already"]);
    refused(&workspace(&["add", "local"]), &["“local”", "already"]);
    for bad in [
        "Ada",
        "a b",
        "../ada",
        "ada_",
        "-ada",
        "sample",
        "",
        "abcdefghijklmnopqrstu",
        "1ada",
        "a--b",
        "ada-",
    ] {
        refused(
            &workspace(&["add", "--", bad]),
            &["cannot be a workspace", "lower-case"],
        );
    }
    refused(
        &workspace(&["open", "ben"]),
        &["no workspace “ben”", "workspace list"],
    );
    assert_eq!(text(&workspace(&["list"]).stdout), "ada\nlocal\n");

    let again = text(&workspace(&["open", "ada"]).stdout);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let key = added
            .split("aws_access_key_id     = ")
            .nth(1)
            .and_then(|rest| rest.lines().next())
            .expect("a key");
        for printed in [&added, &again] {
            let browser = Browser::at(&format!("http://{addr}"));
            let path = printed
                .split(&addr)
                .nth(1)
                .and_then(|rest| rest.lines().next())
                .expect("an address");
            assert_eq!(browser.get(path).await.location(), "/", "{path}");
            assert!(
                browser.get("/steps/1?way=cli").await.body.contains(key),
                "the running server opens what was added beside it"
            );
            assert_eq!(browser.get(path).await.status, 410, "once");
        }
    });
    server.signal("-TERM");
    assert_eq!(server.ended().0, Some(0));
    // The lock went with the process.
    drop(Running::start(&database, &[]));
}

#[test]
fn it_stops_when_it_is_told_to_though_somebody_listens() {
    for signal in ["-TERM", "-INT"] {
        let folder = Folder::new();
        let mut server = Running::start(&folder.database(), &[]);
        let (_listening, frame) = server.listen();
        assert_eq!(frame.workspace, "local");
        let told = Instant::now();
        server.signal(signal);
        let (status, printed) = server.ended();
        assert_eq!(status, Some(0));
        assert!(
            told.elapsed() < Duration::from_secs(3),
            "it took {:?}",
            told.elapsed()
        );
        assert_eq!(
            printed,
            format!("Greenlight is ready: http://{}\n", server.addr),
            "one line, with the address"
        );
    }
}

#[test]
fn a_power_cut_in_the_middle_of_a_step_loses_nothing() {
    let folder = Folder::new();
    let database = folder.database();
    // At this speed the database is on its way for about ten seconds.
    let speed = ["--sandbox-speed", "60"];
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut server = Running::start(&database, &speed);
    let browser = Browser::at(&format!("http://{}", server.addr));
    runtime.block_on(async {
        for step in ["/steps/1/create", "/steps/2/create", "/steps/3/create"] {
            assert_eq!(browser.post(step, &[]).await.status, 303);
        }
    });
    let is_passed = |server: &Running, step| {
        matches!(
            server.state(step),
            StepState::Checked {
                outcome: Outcome::Passed,
                ..
            }
        )
    };
    assert!(is_passed(&server, Step::SourceCode) && is_passed(&server, Step::Roles));
    assert!(
        matches!(
            server.state(Step::Database),
            StepState::Checked {
                outcome: Outcome::NotYet,
                ..
            }
        ),
        "it is in the middle"
    );
    let before = server.listen().1;
    let page = runtime.block_on(browser.get("/steps/2")).body;

    server.signal("-KILL");
    assert_eq!(server.ended().0, None, "it had no say in it");
    let server = Running::start(&database, &speed);
    let after = server.listen().1;
    assert_eq!(
        (&after.account, after.cost_per_hour),
        (&before.account, before.cost_per_hour)
    );
    assert!(is_passed(&server, Step::SourceCode) && is_passed(&server, Step::Roles));
    let again = runtime
        .block_on(Browser::at(&format!("http://{}", server.addr)).get("/steps/2"))
        .body;
    let roles = |page: &str| page.matches("arn:aws:iam::").count();
    assert!(
        roles(&page) > 0 && roles(&page) == roles(&again),
        "the page shows what it showed"
    );
    server.until(Step::Database, Outcome::Passed);
}

#[test]
fn a_power_cut_at_any_moment_leaves_a_step_that_can_be_finished() {
    for milliseconds in [1, 8, 20, 45, 90] {
        let folder = Folder::new();
        let database = folder.database();
        let speed = ["--sandbox-speed", "100000"];
        let server = Running::start(&database, &speed);
        let mut form = TcpStream::connect(server.addr).expect("a connection");
        write!(form, "POST /steps/3/create HTTP/1.1\r\nhost: {}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 0\r\n\r\n", server.addr).expect("it is sent");
        std::thread::sleep(Duration::from_millis(milliseconds));
        drop(server);

        let server = Running::start(&database, &speed);
        // What was begun goes on by itself. What the server had not heard of yet is asked again.
        std::thread::sleep(Duration::from_millis(500));
        if server.state(Step::Database) == StepState::NotBegun {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime");
            let browser = Browser::at(&format!("http://{}", server.addr));
            assert_eq!(
                runtime
                    .block_on(browser.post("/steps/3/create", &[]))
                    .status,
                303
            );
        }
        server.until(Step::Database, Outcome::Passed);
    }
}
