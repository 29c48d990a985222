//! `docker build`.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::dockerfile::{self, Instruction};
use super::names::{self, Name};
use super::{ignore, login};
use crate::release::shell::commands::lines;
use crate::release::shell::execute::{Ran, Shell};
use crate::release::shell::machine::LocalImage;
use crate::release::tree::Tree;
use crate::wildcard;

/// What a base image and its installed packages come to, in bytes.
const BASE: u64 = 58_000_000;

#[derive(Default)]
struct Options {
    tags: Vec<String>,
    file: Option<String>,
    arguments: BTreeMap<String, String>,
    context: Option<String>,
}

/// `docker build --tag NAME --build-arg NAME=VALUE --file PATH CONTEXT`: an image whose content
/// follows from the Dockerfile, the arguments and the files that go into it.
pub(super) fn build(shell: &mut Shell, arguments: &[String]) -> Ran {
    let options = match read(arguments) {
        Ok(options) => options,
        Err(problem) => return Ran::failed(125, problem),
    };
    let Some(context) = &options.context else {
        return Ran::failed(1, "ERROR: docker: 'docker build' requires 1 argument");
    };
    let mut names = Vec::new();
    for tag in &options.tags {
        let Ok(name) = Name::read(tag) else {
            let words =
                format!("ERROR: failed to build: invalid tag \"{tag}\": invalid reference format");
            return Ran::failed(1, words);
        };
        names.push(name.whole);
    }
    if !shell.machine.is_folder(context) {
        let words = format!(
            "ERROR: failed to build: unable to prepare context: path \"{context}\" not found"
        );
        return Ran::failed(1, words);
    }
    let path = options
        .file
        .clone()
        .unwrap_or_else(|| format!("{context}/Dockerfile"));
    let Some(text) = shell.machine.read(&path) else {
        let name = path.rsplit('/').next().unwrap_or_default();
        let words = format!(
            "ERROR: failed to build: failed to solve: failed to read dockerfile: open {name}: no such file or directory"
        );
        return Ran::failed(1, words);
    };
    let mut log = vec![
        format!("#1 [internal] load build definition from {path}"),
        "#1 DONE 0.0s".to_owned(),
    ];
    let files = context_of(shell, context);
    let built = dockerfile::read(&text)
        .and_then(|instructions| follow(shell, &options, &instructions, &files, &mut log));
    match built {
        Ok(image) => {
            shell.takes(350);
            log.push("#99 exporting to image".to_owned());
            log.push(format!("#99 writing image sha256:{} done", image.content));
            for name in names {
                log.push(format!("#99 naming to {name} done"));
                shell.machine.images.insert(name, image.clone());
            }
            Ran::out(lines(log))
        }
        Err(problem) => {
            shell.takes(50);
            log.push(format!("ERROR: {problem}"));
            Ran::out("").and_err(&lines(log)).with_status(1)
        }
    }
}

fn read(arguments: &[String]) -> Result<Options, String> {
    let mut options = Options::default();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let (flag, value) = match argument.split_once('=') {
            Some((flag, value)) if flag.starts_with("--") => (flag, Some(value.to_owned())),
            _ => (argument.as_str(), None),
        };
        let mut value = || {
            let value = value.clone().or_else(|| rest.next().cloned());
            value.ok_or_else(|| format!("flag needs an argument: {flag}"))
        };
        match flag {
            "-t" | "--tag" => options.tags.push(value()?),
            "-f" | "--file" => options.file = Some(value()?),
            "--build-arg" => {
                let given = value()?;
                let (name, value) = given.split_once('=').unwrap_or((&given, ""));
                options.arguments.insert(name.to_owned(), value.to_owned());
            }
            "--platform" | "--target" | "--label" | "--cache-from" | "--progress" | "--network" => {
                value()?;
            }
            "--no-cache" | "--pull" | "-q" | "--quiet" | "--rm" | "--force-rm" | "--load" => {}
            flag if flag.starts_with('-') => return Err(format!("unknown flag: {flag}")),
            _ if options.context.is_some() => {
                return Err("ERROR: docker: 'docker build' requires 1 argument".to_owned());
            }
            path => options.context = Some(path.to_owned()),
        }
    }
    Ok(options)
}

/// The files that Docker is sent, by their paths below the context.
fn context_of(shell: &Shell, context: &str) -> Tree {
    let folder = shell.machine.key(context);
    let skip = if folder.is_empty() {
        0
    } else {
        folder.len() + 1
    };
    let rules = shell
        .machine
        .read(&format!("{context}/.dockerignore"))
        .unwrap_or_default();
    let below = shell.machine.files.below(&folder);
    below
        .filter(|(path, _)| !folder.is_empty() || !path.starts_with('/'))
        .filter_map(|(path, content)| Some((path.get(skip..)?.to_owned(), content.clone())))
        .filter(|(path, _)| !ignore::leaves_out(&rules, path))
        .collect()
}

/// Follows the instructions; what they make, or why they fail.
fn follow(
    shell: &Shell,
    options: &Options,
    instructions: &[Instruction],
    context: &Tree,
    log: &mut Vec<String>,
) -> Result<LocalImage, String> {
    let (mut files, mut hash) = (Tree::default(), Sha256::new());
    let mut variables = BTreeMap::new();
    let mut stages = BTreeSet::new();
    for (instruction, step) in instructions.iter().zip(2..) {
        let arguments = filled(&instruction.arguments, &variables);
        log.push(format!("#{step} {} {arguments}", instruction.name));
        hash.update(&instruction.name);
        hash.update(&arguments);
        match instruction.name.as_str() {
            "ARG" => {
                let (name, usual) = arguments.split_once('=').unwrap_or((&arguments, ""));
                let value = options.arguments.get(name).map_or(usual, String::as_str);
                hash.update(value);
                variables.insert(name.to_owned(), value.to_owned());
            }
            "FROM" => {
                let mut words = arguments
                    .split_whitespace()
                    .filter(|word| !word.starts_with("--"));
                let base = words.next().unwrap_or_default();
                if !stages.contains(base) {
                    base_image(shell, base)?;
                }
                if words
                    .next()
                    .is_some_and(|word| word.eq_ignore_ascii_case("as"))
                {
                    stages.extend(words.next().map(str::to_owned));
                }
                // A stage begins with nothing but its base; what is copied counts all the same.
            }
            "COPY" | "ADD" => copy(&arguments, context, &mut files)?,
            "RUN" => {
                if let Some(program) = dockerfile::unknown_program(&arguments) {
                    log.push(format!("#{step} /bin/sh: {program}: not found"));
                    return Err(format!(
                        "failed to build: failed to solve: process \"/bin/sh -c {arguments}\" did not complete \
                         successfully: exit code: 127"
                    ));
                }
            }
            _ => {}
        }
        log.push(format!("#{step} DONE 0.1s"));
    }
    hash.update(files.digest());
    Ok(LocalImage {
        content: hex::encode(hash.finalize()),
        size: BASE + files.size(),
        files,
    })
}

/// Whether the base can be had.
fn base_image(shell: &Shell, base: &str) -> Result<(), String> {
    let problem = |words: String| Err(format!("failed to build: failed to solve: {base}: {words}"));
    if base == "scratch" {
        return Ok(());
    }
    let Ok(name) = Name::read(base) else {
        return Err(format!(
            "failed to build: failed to solve: failed to parse stage name \"{base}\": invalid reference format"
        ));
    };
    let is_there = names::is_public(&name.registry)
        || shell.machine.images.contains_key(&name.whole)
        || shell.machine.logins.contains(&name.registry);
    match names::ecr(&name.registry) {
        _ if is_there => Ok(()),
        Some(_) => problem("failed to authorize: no basic auth credentials".to_owned()),
        None => problem(login::no_such_host(&name.registry)),
    }
}

/// `COPY [--chown=…] SOURCE… TARGET`: what comes from the context has to be there.
fn copy(arguments: &str, context: &Tree, files: &mut Tree) -> Result<(), String> {
    let list = serde_json::from_str::<Vec<String>>(arguments);
    let words = list.unwrap_or_else(|_| arguments.split_whitespace().map(str::to_owned).collect());
    if words.iter().any(|word| word.starts_with("--from")) {
        return Ok(());
    }
    let words = words
        .iter()
        .filter(|word| !word.starts_with("--"))
        .collect::<Vec<_>>();
    let Some((_, sources)) = words
        .split_last()
        .filter(|(_, sources)| !sources.is_empty())
    else {
        return Err(
            "failed to build: failed to solve: COPY requires at least two arguments".to_owned(),
        );
    };
    for source in sources {
        if source.contains("://") {
            continue;
        }
        let wanted = source.trim_start_matches("./").trim_matches('/');
        let wanted = if wanted == "." { "" } else { wanted };
        let mut found = false;
        for (path, content) in context.iter() {
            let inside =
                wanted.is_empty() || path == wanted || path.starts_with(&format!("{wanted}/"));
            if inside || (wanted.contains(['*', '?']) && wildcard::matches(wanted, path)) {
                files.insert(path, content.clone());
                found = true;
            }
        }
        if !found {
            return Err(format!(
                "failed to build: failed to solve: failed to compute cache key: failed to calculate checksum of ref: \
                 \"/{wanted}\": not found"
            ));
        }
    }
    Ok(())
}

/// The text with the build's arguments in it.
fn filled(text: &str, variables: &BTreeMap<String, String>) -> String {
    let mut text = text.to_owned();
    // Longer names first, so that none is taken for the beginning of another.
    let mut names = variables.keys().collect::<Vec<_>>();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    for name in names {
        let value = &variables[name];
        text = text
            .replace(&format!("${{{name}}}"), value)
            .replace(&format!("${name}"), value);
    }
    text
}
