//! `docker login`.

use super::names;
use crate::release::shell::commands::aws;
use crate::release::shell::execute::{Ran, Shell};
use crate::services::REGIONS;

/// `docker login --username AWS --password-stdin REGISTRY`; it needs no daemon.
pub(super) fn login(shell: &mut Shell, arguments: &[String], input: &str) -> Ran {
    shell.takes(5);
    let (mut user, mut password, mut from_input, mut host) = (None, None, false, None);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let (flag, value) = match argument.split_once('=') {
            Some((flag, value)) if flag.starts_with("--") => (flag, Some(value)),
            _ => (argument.as_str(), None),
        };
        let mut value = || value.or_else(|| rest.next().map(String::as_str));
        match flag {
            "-u" | "--username" => user = value(),
            "-p" | "--password" => password = value(),
            "--password-stdin" => from_input = true,
            flag if flag.starts_with('-') => {
                return Ran::failed(125, format!("unknown flag: {flag}"));
            }
            _ => host = Some(argument.as_str()),
        }
    }
    if from_input && user.is_none() {
        return Ran::failed(1, "Must provide --username with --password-stdin");
    }
    let password = match password {
        _ if from_input => input.trim(),
        Some(password) => password,
        None => {
            return Ran::failed(
                1,
                "Error: Cannot perform an interactive login from a non TTY device",
            );
        }
    };
    if password.is_empty() {
        return Ran::failed(1, "Error: password is empty");
    }
    let host = host.unwrap_or("docker.io");
    let host = host.split_once("://").map_or(host, |(_, rest)| rest);
    let host = host.split('/').next().unwrap_or_default();
    let good = match names::ecr(host) {
        Some(ecr) if REGIONS.contains(&ecr.region) => {
            user == Some("AWS")
                && ecr.account == shell.cx.account.id
                && password == aws::password(shell, ecr.region)
        }
        _ if names::is_public(host) => true,
        _ => return Ran::failed(1, no_such_host(host)),
    };
    if !good {
        let words = format!(
            "Error response from daemon: login attempt to https://{host}/v2/ failed with status: 400 Bad Request"
        );
        return Ran::failed(1, words);
    }
    shell.machine.logins.insert(host.to_owned());
    Ran::out("Login Succeeded\n")
}

pub(super) fn no_such_host(host: &str) -> String {
    format!(
        "Error response from daemon: Get \"https://{host}/v2/\": dial tcp: lookup {host}: no such host"
    )
}
