//! The commands on the “AWS CLI” tabs, read off the served pages and run as they stand with the
//! unmodified AWS CLI and git: they make the checks pass, and they send what the forms send.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use workshop::blueprint::{RESOURCES, Step, Variables};
use workshop::model::{Evidence, Outcome, PreFlightItem, Who};
use workshop::panel::Panel;

use crate::browser::Browser;
use crate::support::TestServer;

#[tokio::test(flavor = "multi_thread")]
async fn the_commands_of_every_page_do_what_the_forms_do() {
    let by_hand = TestServer::start().await;
    let terminal = Terminal::new(&by_hand);
    let browser = Browser::new(&by_hand);
    for step in Step::ALL {
        let address = format!("/steps/{}", step.number());
        let page = browser.get(&format!("{address}?way=cli")).await;
        assert_eq!(page.status, 200, "{address}");
        let commands = commands_of(&page.body);
        assert!(
            commands.len() >= 2,
            "{step:?} has its set-up and its own commands"
        );
        only_here(&commands, &by_hand.url(""));
        terminal.run(&commands.join("\n\n"));

        let checked = browser.post(&format!("{address}/check"), &[]).await;
        assert_eq!(checked.status, 303, "{}", checked.body);
        assert_passed(&seen(&by_hand, step).await);
    }

    assert_ready(&by_hand).await;

    let by_form = TestServer::start().await;
    for step in Step::ALL {
        // The page makes the reader, which the form makes where it is wanted.
        let wanted = BTreeMap::from([("db_reader.wanted".to_owned(), "yes".to_owned())]);
        by_form
            .wired
            .panel
            .provision(&by_form.who(), step, wanted)
            .await
            .expect("it is made");
        // What a person does in the dialog, by hand in the commands above.
        if step == Step::Connection {
            let panel = &by_form.wired.panel;
            let done = panel.finish_handshake(&by_form.who()).await;
            done.expect("there is a connection");
        }
        assert_passed(&by_form.settled(&by_form.who(), step).await);
    }

    assert_ready(&by_form).await;

    let (hand, form) = (requests(&by_hand).await, requests(&by_form).await);
    for (number, (hand, form)) in hand.iter().zip(&form).enumerate() {
        assert_eq!(
            hand, form,
            "change {number}: by hand on the left, by form on the right"
        );
    }
    assert_eq!(
        hand.len(),
        form.len(),
        "by hand {hand:#?}\nby form {form:#?}"
    );
    assert!(hand.len() >= 15, "the steps change the account: {hand:#?}");
    let (pushed, made) = (files(&by_hand).await, files(&by_form).await);
    assert!(pushed.len() >= 10, "{pushed:#?}");
    assert_eq!(
        pushed.keys().collect::<Vec<_>>(),
        made.keys().collect::<Vec<_>>()
    );
    for (path, content) in &pushed {
        assert_eq!(
            content, &made[path],
            "{path}: by hand on the left, by form on the right"
        );
    }
}

#[tokio::test]
async fn the_pages_of_a_simulated_account_hold_nothing_for_aws() {
    let server = TestServer::start().await;
    let browser = Browser::new(&server);
    for step in Step::ALL {
        browser
            .post(&format!("/steps/{}/check", step.number()), &[])
            .await;
        for way in ["form", "cli", "console"] {
            let page = browser
                .get(&format!("/steps/{}?way={way}", step.number()))
                .await;
            assert_eq!(page.status, 200);
            // A bucket's ARN has three colons of its own.
            let body = page.body.replace("arn:aws:s3:::", "");
            for aws in ["gitlab.com", ":::", "aws-only", "{{"] {
                let number = step.number();
                assert!(!body.contains(aws), "step {number} by {way} holds {aws}");
            }
            for link in page.body.split("href=\"").skip(1) {
                let target = link.split('"').next().expect("its end");
                assert!(target.starts_with(['/', '#']), "a link to {target}");
            }
        }
    }
}

#[test]
fn a_command_for_another_account_is_noticed() {
    let base = "http://127.0.0.1:3000";
    let good = "X=$(aws iam list-roles --profile greenlight-local)\ngit clone http://127.0.0.1:3000/git/local/a.git";
    only_here(&[good.to_owned()], base);
    for bad in [
        "aws iam list-roles",
        "aws a --profile greenlight-local --b \"$(aws c)\"",
        "aws a \\\n  --profile default",
        "git clone https://gitlab.com/a/b.git",
    ] {
        let noticed = std::panic::catch_unwind(|| only_here(&[bad.to_owned()], base));
        assert!(noticed.is_err(), "{bad}");
    }
}

/// Asserts that every command names the workspace's own profile, and every address is the
/// server's.
fn only_here(blocks: &[String], base: &str) {
    for line in blocks.iter().flat_map(|block| {
        without_files(block)
            .replace("\\\n", " ")
            .lines()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    }) {
        let starts = |text: &str| {
            usize::from(text.starts_with("aws "))
                + text.matches("(aws ").count()
                + text.matches(" aws ").count()
        };
        let profiles = line.matches("--profile greenlight-local").count();
        assert_eq!(
            starts(&line),
            profiles,
            "a profile for each command of the AWS CLI: {line}"
        );
        let addresses = line.matches("http://").count() + line.matches("https://").count();
        assert_eq!(
            addresses,
            line.matches(base).count(),
            "an address of another host: {line}"
        );
    }
}

/// `block` without the files that it writes: what stands in them is not run here.
fn without_files(block: &str) -> String {
    const END: &str = "END_OF_FILE";
    let mut in_file = false;
    let lines = block.lines().filter(|line| {
        let was_in_file = in_file;
        in_file = (in_file && *line != END) || line.ends_with(&format!("<<'{END}'"));
        !was_in_file
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The commands of a page that are to be run, in order.
fn commands_of(page: &str) -> Vec<String> {
    let blocks = page.split("data-run=\"sh\"").skip(1);
    let code = blocks.map(|block| {
        let (_, code) = block
            .split_once("<code")
            .and_then(|(_, rest)| rest.split_once('>'))
            .expect("a block of code");
        text_of(code.split_once("</code>").expect("its end").0)
    });
    code.collect()
}

/// What a person copies: the text without its markup.
fn text_of(html: &str) -> String {
    let parts = html.split('<').enumerate();
    let text: String = parts
        .map(|(at, part)| {
            if at == 0 {
                part
            } else {
                part.split_once('>').expect("a tag").1
            }
        })
        .collect();
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ];
    entities
        .into_iter()
        .fold(text, |text, (entity, character)| {
            text.replace(entity, character)
        })
}

/// A person's terminal: a home of its own, and one folder to work in.
struct Terminal {
    home: PathBuf,
    work: PathBuf,
    path: String,
}

impl Terminal {
    fn new(server: &TestServer) -> Self {
        let (home, work) = (server.folder().join("home"), server.folder().join("work"));
        for folder in [&home, &work] {
            std::fs::create_dir(folder).expect("a folder");
        }
        let mut path = std::env::var("PATH").unwrap_or_default();
        if let Some(aws) = std::env::var_os("GREENLIGHT_AWS_CLI") {
            path = format!(
                "{}:{path}",
                Path::new(&aws).parent().expect("its folder").display()
            );
        }
        let terminal = Self { home, work, path };
        let found =
            terminal.bash("aws --version && git --version && curl --version && openssl version");
        assert!(
            found.status.success(),
            "The AWS CLI, git, curl and openssl are needed: put them on the PATH, or name the AWS CLI in GREENLIGHT_AWS_CLI. {}",
            String::from_utf8_lossy(&found.stderr)
        );
        terminal
    }

    fn run(&self, commands: &str) {
        let done = self.bash(commands);
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(
            done.status.success(),
            "{commands}\n--- {}\n{}{}",
            done.status,
            said(&done.stdout),
            said(&done.stderr)
        );
    }

    /// Runs a script with nothing of this machine's settings and no terminal to ask at.
    fn bash(&self, script: &str) -> std::process::Output {
        let mut bash = Command::new("bash");
        bash.args(["-e", "-o", "pipefail", "-c", script])
            .current_dir(&self.work)
            .stdin(Stdio::null());
        bash.env_clear()
            .env("PATH", &self.path)
            .env("HOME", &self.home)
            .env("LANG", "C.UTF-8");
        bash.env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        bash.output().expect("bash")
    }
}

/// The evidence that the step's page shows.
async fn seen(server: &TestServer, step: Step) -> Evidence {
    let page = server
        .wired
        .panel
        .step(&server.who(), step)
        .await
        .expect("a page");
    page.evidence.expect("a check")
}

fn assert_passed(evidence: &Evidence) {
    assert!(
        !evidence.findings.is_empty(),
        "{:?} looked at nothing",
        evidence.step
    );
    for row in &evidence.findings {
        assert_eq!(row.outcome, Outcome::Passed, "{row:#?}");
        assert_eq!(row.warning, None, "{row:#?}");
    }
}

/// The pre-flight passes, but for what goes on by itself: machines of this speed may have taken the
/// pipeline's first execution to its deployment before it could be stopped.
async fn assert_ready(server: &TestServer) {
    let found = server.wired.panel.look_before_flight("local").await;
    for report in found.expect("a look").items {
        if report.item != PreFlightItem::Quiet {
            assert_eq!(report.outcome(), Outcome::Passed, "{report:#?}");
        }
    }
}

/// What changed the account, in order. Only what is drawn for each account anew has its place
/// taken by what it is; passwords are masked by the account itself.
async fn requests(server: &TestServer) -> Vec<Value> {
    let who: Who = server.who();
    let workspace = server
        .wired
        .store
        .workspace(&who.workspace)
        .await
        .expect("a look-up")
        .expect("a workspace");
    let drawn = drawn(server).await;
    let events = server
        .wired
        .sandbox
        .events(&workspace)
        .await
        .expect("the history");
    let changes = events.into_iter().filter(|event| !event.read_only).map(|event| {
        assert_eq!(event.error, None, "{event:?}");
        let mut parameters = event.parameters.to_string();
        for (name, value) in &drawn {
            parameters = parameters.replace(value, &format!("{{{{{name}}}}}"));
        }
        let parameters = without_uuids(&parameters);
        let mut parameters: Value = serde_json::from_str(&parameters).expect("still JSON");
        // Both draw one, so that a call that is sent twice counts once.
        if let Some(parameters) = parameters.as_object_mut() {
            parameters.remove("ClientToken");
        }
        // IAM is one for all Regions. The SDK signs for the first of them; the CLI, which was
        // given an address of its own, for the profile's.
        let region = (event.service != "iam").then_some(event.region);
        json!({ "service": event.service, "operation": event.operation, "region": region, "parameters": parameters })
    });
    changes.collect()
}

/// `text` with a word in place of each UUID: uploads and executions have no other name.
fn without_uuids(text: &str) -> String {
    const LENGTH: usize = 36;
    let is_uuid = |part: &[u8]| {
        part.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
    };
    let (mut masked, mut rest) = (String::new(), text);
    while let Some(at) = rest.as_bytes().windows(LENGTH).position(is_uuid) {
        masked.push_str(&rest[..at]);
        masked.push_str("{{uuid}}");
        rest = &rest[at + LENGTH..];
    }
    masked + rest
}

/// What is drawn for each account anew: its number, and what the steps yielded. The longest come
/// first, since one may be part of another.
async fn drawn(server: &TestServer) -> Vec<(String, String)> {
    let page = server.wired.panel.step(&server.who(), Step::Cluster).await;
    let variables: &Variables = &page.expect("a page").variables;
    let yielded = RESOURCES.iter().flat_map(|resource| resource.yields);
    let names = yielded
        .map(|item| item.variable)
        .chain(["account", "vpc_id"]);
    let mut drawn: Vec<_> = names
        .filter_map(|name| Some((name.to_owned(), variables.get(name)?.to_owned())))
        .filter(|(_, value)| value.len() > 8)
        .collect();
    let subnets = variables.get("subnet_ids").unwrap_or_default().split(',');
    drawn.extend(
        subnets
            .zip(0..)
            .map(|(id, at)| (format!("subnet_{at}"), id.to_owned())),
    );
    drawn.sort_by_key(|(_, value)| std::cmp::Reverse(value.len()));
    drawn
}

/// The files of the repository's `main`: mode, path and content, in which what is drawn for each
/// account anew and the server's address are taken for those of everyone.
async fn files(server: &TestServer) -> BTreeMap<String, String> {
    let drawn = drawn(server).await;
    let repository = server
        .folder()
        .join("greenlight.repositories/local/tripmgmt.git");
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.arg("-C").arg(&repository).args(arguments);
        let done = git.output().expect("git");
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    let file = |line: &str| {
        let (about, path) = line.split_once('\t').expect("a path");
        let mode = about.split(' ').next().expect("a mode");
        let content = git(&["show", &format!("main:{path}")]);
        let content = drawn
            .iter()
            .fold(content, |text, (name, value)| {
                text.replace(value, &format!("{{{{{name}}}}}"))
            })
            .replace(&server.url(""), "{{address}}");
        (format!("{mode} {path}"), content)
    };
    git(&["ls-tree", "-r", "main"]).lines().map(file).collect()
}
