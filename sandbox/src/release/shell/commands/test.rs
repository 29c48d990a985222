//! `test`, and in brackets.

use crate::release::shell::execute::{Ran, Shell};

pub(super) fn brackets(shell: &mut Shell, arguments: &[String], input: &str) -> Ran {
    match arguments.split_last() {
        Some((last, arguments)) if last == "]" => test(shell, arguments, input),
        _ => Ran::failed(2, "sh: [: missing `]'"),
    }
}

pub(super) fn double_brackets(shell: &mut Shell, arguments: &[String], input: &str) -> Ran {
    match arguments.split_last() {
        Some((last, arguments)) if last == "]]" => test(shell, arguments, input),
        _ => Ran::failed(2, "sh: [[: missing `]]'"),
    }
}

pub(super) fn test(shell: &mut Shell, arguments: &[String], _: &str) -> Ran {
    let words = arguments.iter().map(String::as_str).collect::<Vec<_>>();
    match holds(shell, &words) {
        Ok(holds) => Ran::status(u8::from(!holds)),
        Err(problem) => Ran::failed(2, format!("sh: test: {problem}")),
    }
}

fn holds(shell: &Shell, words: &[&str]) -> Result<bool, String> {
    // `-o` binds less than `-a`, and neither is inside of a comparison.
    for (operator, both) in [("-o", false), ("-a", true)] {
        let at = words.iter().position(|word| *word == operator);
        if let Some(at) = at.filter(|at| *at > 0 && words.len() > 3) {
            let (one, other) = (holds(shell, &words[..at])?, holds(shell, &words[at + 1..])?);
            return Ok(if both { one && other } else { one || other });
        }
    }
    match words {
        [] => Ok(false),
        [text] | ["-n", text] => Ok(!text.is_empty()),
        ["!", rest @ ..] => Ok(!holds(shell, rest)?),
        ["-z", text] => Ok(text.is_empty()),
        ["-f" | "-r" | "-w", path] => Ok(shell.machine.is_file(path)),
        ["-d", path] => Ok(shell.machine.is_folder(path)),
        ["-e", path] => Ok(shell.machine.is_file(path) || shell.machine.is_folder(path)),
        ["-s", path] => Ok(shell
            .machine
            .read(path)
            .is_some_and(|text| !text.is_empty())),
        [one, "=" | "==", other] => Ok(one == other),
        [one, "!=", other] => Ok(one != other),
        [one, operator, other] => {
            let number = |text: &str| {
                let number = text.trim().parse::<i64>();
                number.map_err(|_| format!("{text}: integer expression expected"))
            };
            let compare = |test: fn(&i64, &i64) -> bool| Ok(test(&number(one)?, &number(other)?));
            match *operator {
                "-eq" => compare(i64::eq),
                "-ne" => compare(i64::ne),
                "-lt" => compare(i64::lt),
                "-le" => compare(i64::le),
                "-gt" => compare(i64::gt),
                "-ge" => compare(i64::ge),
                other => Err(format!("{other}: binary operator expected")),
            }
        }
        [operator, ..] => Err(format!("{operator}: unary operator expected")),
    }
}
