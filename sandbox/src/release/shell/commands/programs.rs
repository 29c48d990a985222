//! Programs that would do real work. Here they take their time, look whether they could have worked,
//! and leave everything as it is, but for what the next step could not do without.

use crate::release::shell::execute::{Ran, Shell};

/// Programs that only say that they ran, and how long AWS takes for it, in tenths of a second.
const IDLE: &[(&str, u32)] = &[
    ("apt-get", 80),
    ("chmod", 1),
    ("chown", 1),
    ("dnf", 80),
    ("gradle", 600),
    ("gradlew", 600),
    ("java", 10),
    ("n", 20),
    ("npx", 50),
    ("pip", 50),
    ("pip3", 50),
    ("yarn", 150),
    ("yum", 80),
];

/// Whether there is a program of that name.
pub(super) fn is_known(name: &str) -> bool {
    matches!(name, "git" | "mvn" | "mvnw" | "npm") || IDLE.iter().any(|(known, _)| *known == name)
}

/// Runs the program of that name, if there is one.
pub(super) fn run(shell: &mut Shell, name: &str, arguments: &[String]) -> Option<Ran> {
    // `./mvnw` of the source is Maven all the same.
    let own = name.strip_prefix("./");
    let known = own.unwrap_or(name);
    if own.is_some() && is_known(known) && !shell.machine.is_file(name) {
        let words = format!("sh: {name}: No such file or directory");
        return Some(Ran::failed(127, words));
    }
    match known {
        "git" => return Some(git(shell, arguments)),
        "mvn" | "mvnw" => return Some(maven(shell, name, arguments)),
        "npm" => return Some(npm(shell, arguments)),
        _ => {}
    }
    let (_, takes) = IDLE.iter().find(|(idle, _)| *idle == known)?;
    shell.takes(*takes);
    Some(ran(name, arguments))
}

fn ran(name: &str, arguments: &[String]) -> Ran {
    let line = [&[name.to_owned()], arguments].concat().join(" ");
    Ran::out(format!("(simulated) {line}\n"))
}

/// `git rev-parse [--short[=N]] HEAD`, where the source was cloned: a pipeline's has no history.
fn git(shell: &Shell, arguments: &[String]) -> Ran {
    let around = shell.surroundings;
    let words = arguments.iter().map(String::as_str).collect::<Vec<_>>();
    match words[..] {
        ["--version"] => Ran::out("git version 2.50.1\n"),
        _ if !around.cloned => {
            let words = "fatal: not a git repository (or any of the parent directories): .git";
            Ran::failed(128, words)
        }
        ["rev-parse", "HEAD"] => Ran::out(format!("{}\n", around.revision)),
        ["rev-parse", short, "HEAD"] if short.starts_with("--short") => {
            let digits = short
                .strip_prefix("--short=")
                .and_then(|digits| digits.parse().ok());
            let id = around.revision.chars().take(digits.unwrap_or(7));
            Ran::out(format!("{}\n", id.collect::<String>()))
        }
        _ => Ran::failed(1, format!("git: '{}' is not simulated", words.join(" "))),
    }
}

/// `mvn … package`: the archive that the project makes is there afterwards, with nothing in it but a
/// digest of what it was made of.
fn maven(shell: &mut Shell, name: &str, arguments: &[String]) -> Ran {
    let Some(pom) = shell.machine.read("pom.xml") else {
        let words = "[ERROR] The goal you specified requires a project to execute but there is no POM in this directory";
        return Ran::failed(1, words);
    };
    shell.takes(600);
    let packages = ["package", "verify", "install", "deploy"];
    if arguments
        .iter()
        .any(|goal| packages.contains(&goal.as_str()))
    {
        // The project's own coordinates come after its parent's.
        let own = pom
            .split_once("</parent>")
            .map_or(pom.as_str(), |(_, own)| own);
        let of = |tag: &str| {
            let (_, rest) = own.split_once(&format!("<{tag}>"))?;
            rest.split_once("</")
                .map(|(text, _)| text.trim().to_owned())
        };
        let artifact = of("artifactId").unwrap_or_else(|| "app".to_owned());
        let version = of("version").unwrap_or_else(|| "0.0.1".to_owned());
        let folder = shell.machine.absolute("target");
        shell.machine.folders.insert(folder);
        let content = shell.machine.files.digest();
        let path = format!("target/{artifact}-{version}.jar");
        if let Err(problem) = shell.machine.write(&path, content, false) {
            return Ran::failed(1, format!("[ERROR] {problem}"));
        }
    }
    ran(name, arguments)
}

/// `npm ci` wants a lock file, `npm run` a script of that name.
fn npm(shell: &mut Shell, arguments: &[String]) -> Ran {
    let words = arguments.iter().map(String::as_str).collect::<Vec<_>>();
    let Some(package) = shell.machine.read("package.json") else {
        return Ran::failed(
            254,
            "npm error code ENOENT\nnpm error Could not read package.json",
        );
    };
    let Ok(package) = serde_json::from_str::<serde_json::Value>(&package) else {
        return Ran::failed(
            1,
            "npm error code EJSONPARSE\nnpm error JSON.parse Failed to parse package.json",
        );
    };
    match words[..] {
        ["ci", ..] if !shell.machine.is_file("package-lock.json") => {
            let words = "npm error code EUSAGE\nnpm error The `npm ci` command can only install with an existing \
                 package-lock.json";
            return Ran::failed(1, words);
        }
        ["run", script, ..] if package["scripts"].get(script).is_none() => {
            return Ran::failed(1, format!("npm error Missing script: \"{script}\""));
        }
        ["test" | "t", ..] if package["scripts"].get("test").is_none() => {
            return Ran::failed(1, "npm error Missing script: \"test\"");
        }
        _ => {}
    }
    shell.takes(150);
    ran("npm", arguments)
}
