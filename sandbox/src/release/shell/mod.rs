//! The shell in which a build's commands run: a part of POSIX's, with the commands that a container
//! pipeline's buildspec uses.
//!
//! There are: quotation marks; variables, with defaults, parts, and prefixes and suffixes taken off;
//! `$(…)`; pipes; `&&`, `||`, `;`, `!`; redirections to and from files of the build; `if`; `for`;
//! groups and subshells; and the commands of [`commands`]. Programs that would do real work (`mvn`,
//! `npm` …) say that they ran and do next to nothing. Anything else is `command not found`, 127, as it would be on a
//! machine that has not got it; what can be read but is not simulated is said by name, 2.
//!
//! Nothing runs for ever: there is no `while`, and the number of commands and the sizes of texts and
//! files are bounded.

mod commands;
mod execute;
mod expand;
mod machine;
mod parse;
mod redirections;
mod syntax;
mod words;

use crate::context::Cx;
use execute::Shell;

pub(crate) use machine::{Machine, Surroundings};

/// What a line did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Done {
    pub(crate) status: u8,
    /// All that it wrote, in the order in which it wrote it.
    pub(crate) output: String,
    /// How long it took on AWS, in tenths of a second.
    pub(crate) took: u32,
}

/// Runs a line, or several, on the machine.
pub(crate) fn run(
    cx: &mut Cx,
    machine: &mut Machine,
    surroundings: &Surroundings,
    line: &str,
) -> Done {
    let list = match parse::parse(line) {
        Ok(list) => list,
        Err(unreadable) => {
            return Done {
                status: 2,
                output: format!("sh: {}\n", unreadable.0),
                took: 1,
            };
        }
    };
    let mut shell = Shell::new(cx, machine, surroundings);
    let ran = shell.list(&list, "");
    let status = shell.exit_status().unwrap_or(ran.status);
    Done {
        status,
        output: ran.all(),
        took: shell.took(),
    }
}
