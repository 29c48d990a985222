//! Variables, time, and leaving.

use super::lines;
use crate::clock;
use crate::release::shell::execute::{Ran, Shell};

/// `export`, with and without values: every variable of a build is its commands' too.
pub(super) fn export(shell: &mut Shell, arguments: &[String], _: &str) -> Ran {
    for argument in arguments
        .iter()
        .filter(|argument| !argument.starts_with('-'))
    {
        if let Some((name, value)) = argument.split_once('=') {
            if !is_name(name) {
                return Ran::failed(
                    1,
                    format!("sh: export: `{argument}': not a valid identifier"),
                );
            }
            shell.machine.set(name, value.to_owned());
        }
    }
    Ran::status(0)
}

pub(super) fn unset(shell: &mut Shell, arguments: &[String], _: &str) -> Ran {
    for name in arguments {
        shell.machine.variables.remove(name);
    }
    Ran::status(0)
}

/// `env` and `printenv`: all of them, or the one that is named.
pub(super) fn env(shell: &mut Shell, arguments: &[String], _: &str) -> Ran {
    let variables = &shell.machine.variables;
    match arguments {
        [] => {
            let variables = variables.iter();
            Ran::out(lines(
                variables.map(|(name, value)| format!("{name}={value}")),
            ))
        }
        [name, ..] => match variables.get(name) {
            Some(value) => Ran::out(format!("{value}\n")),
            None => Ran::status(1),
        },
    }
}

pub(super) fn exit(shell: &mut Shell, arguments: &[String], _: &str) -> Ran {
    let status = match arguments.first() {
        None => shell.status(),
        Some(status) => status.parse().unwrap_or(2),
    };
    shell.exit(status);
    Ran::status(status)
}

/// `sleep 5`, `sleep 1m`
pub(super) fn sleep(shell: &mut Shell, arguments: &[String], _: &str) -> Ran {
    let Some(given) = arguments.first() else {
        return super::misused("sleep", "missing operand");
    };
    let (number, unit) = match given.strip_suffix(['s', 'm', 'h']) {
        Some(number) => (number, given.chars().last()),
        None => (given.as_str(), None),
    };
    let unit = match unit {
        Some('m') => 600,
        Some('h') => 36_000,
        _ => 10,
    };
    match number.parse::<u32>() {
        Ok(number) => {
            shell.takes(number.saturating_mul(unit));
            Ran::status(0)
        }
        Err(_) => Ran::failed(1, format!("sleep: invalid time interval '{given}'")),
    }
}

/// `date`, and `date +%…` with the fields that names and versions are made of.
pub(super) fn date(shell: &mut Shell, arguments: &[String], _: &str) -> Ran {
    let now = shell.cx.now;
    let iso = clock::iso8601(now - now.rem_euclid(1000));
    let Some(format) = arguments
        .iter()
        .find_map(|argument| argument.strip_prefix('+'))
    else {
        return Ran::out(format!("{iso}\n"));
    };
    let mut text = String::new();
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            text.push(letter);
            continue;
        }
        match letters.next() {
            Some('Y') => text.push_str(&iso[..4]),
            Some('m') => text.push_str(&iso[5..7]),
            Some('d') => text.push_str(&iso[8..10]),
            Some('H') => text.push_str(&iso[11..13]),
            Some('M') => text.push_str(&iso[14..16]),
            Some('S') => text.push_str(&iso[17..19]),
            Some('F') => text.push_str(&iso[..10]),
            Some('T') => text.push_str(&iso[11..19]),
            Some('s') => text.push_str(&now.div_euclid(1000).to_string()),
            Some('%') => text.push('%'),
            other => {
                let other = other.map(String::from).unwrap_or_default();
                return super::misused("date", format!("%{other} is not simulated"));
            }
        }
    }
    Ran::out(text + "\n")
}

/// `command -v name`, or the command itself.
pub(super) fn command(shell: &mut Shell, arguments: &[String], input: &str) -> Ran {
    match arguments {
        [flag, names @ ..] if flag == "-v" => which(shell, names, input),
        [name, arguments @ ..] => super::run(shell, name, arguments, input),
        [] => Ran::status(0),
    }
}

pub(super) fn which(_: &mut Shell, arguments: &[String], _: &str) -> Ran {
    let known = arguments.iter().filter(|name| super::is_known(name));
    let found = lines(known.map(|name| format!("/usr/bin/{name}")));
    let status = u8::from(found.is_empty());
    Ran::out(found).with_status(status)
}

fn is_name(name: &str) -> bool {
    let in_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    name.starts_with(|letter: char| in_name(letter) && !letter.is_ascii_digit())
        && name.chars().all(in_name)
}
