//! The commands there are.

mod aws;
mod docker;
mod environment;
mod files;
mod programs;
mod sed;
mod test;
mod text;

use std::fmt::{Display, Write};

use super::execute::{Ran, Shell};

/// What a command is: its arguments and its input, what it did.
type Work = fn(&mut Shell, &[String], &str) -> Ran;

/// Every command that does something, by name.
const COMMANDS: &[(&str, Work)] = &[
    (":", |_, _, _| Ran::status(0)),
    ("[", test::brackets),
    ("[[", test::double_brackets),
    ("aws", aws::aws),
    ("base64", text::base64),
    ("cat", text::cat),
    ("cd", files::cd),
    ("command", environment::command),
    ("cp", files::cp),
    ("cut", text::cut),
    ("date", environment::date),
    ("docker", docker::docker),
    ("echo", text::echo),
    ("env", environment::env),
    ("exit", environment::exit),
    ("export", environment::export),
    ("false", |_, _, _| Ran::status(1)),
    ("grep", text::grep),
    ("head", text::head),
    ("ls", files::ls),
    ("mkdir", files::mkdir),
    ("mv", files::mv),
    ("printenv", environment::env),
    ("printf", text::printf),
    ("pwd", files::pwd),
    ("rm", files::rm),
    ("sed", sed::sed),
    ("set", |_, _, _| Ran::status(0)),
    ("sleep", environment::sleep),
    ("tail", text::tail),
    ("tee", text::tee),
    ("test", test::test),
    ("touch", files::touch),
    ("tr", text::tr),
    ("true", |_, _, _| Ran::status(0)),
    ("unset", environment::unset),
    ("wc", text::wc),
    ("which", environment::which),
];

/// Whether there is a command or program of that name.
fn is_known(name: &str) -> bool {
    COMMANDS.iter().any(|(known, _)| *known == name) || programs::is_known(name)
}

pub(super) fn run(shell: &mut Shell, name: &str, arguments: &[String], input: &str) -> Ran {
    shell.takes(1);
    if let Some((_, work)) = COMMANDS.iter().find(|(known, _)| *known == name) {
        return work(shell, arguments, input);
    }
    let unknown = || Ran::failed(127, format!("sh: {name}: command not found"));
    programs::run(shell, name, arguments).unwrap_or_else(unknown)
}

/// A line each.
fn lines<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    let mut text = String::new();
    for item in items {
        // Writing to memory cannot fail.
        let _ = writeln!(text, "{item}");
    }
    text
}

/// What is wrong with a command's use, in its own name.
fn misused(name: &str, words: impl std::fmt::Display) -> Ran {
    Ran::failed(2, format!("{name}: {words}"))
}
