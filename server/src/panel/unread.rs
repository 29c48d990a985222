//! A file of the repository that is not there, or that cannot be read. That is wrong, and a row of
//! its own says so. What would stand in it is not wrong by that: nobody can tell.

use workshop::blueprint::{Kind, find};
use workshop::model::{Fact, Facts, Trouble};

/// Why what stands in `file` cannot be told.
pub(super) fn unread(file: &str) -> Fact {
    Fact::Unknown(Trouble {
        sentence: format!("It would stand in {file}, which is not there or cannot be read."),
        remedy: format!(
            "Put {file} right first, as the row about the file says, then check again."
        ),
    })
}

/// `facts`, and that the settings of `kind` that are `meant` cannot be told.
pub(super) fn with_unread(
    facts: Facts,
    kind: Kind,
    file: &str,
    meant: impl Fn(&str) -> bool,
) -> Facts {
    let settings = find(kind).settings.iter().map(|setting| setting.key);
    settings
        .filter(|setting| meant(setting))
        .fold(facts, |facts, setting| {
            facts.with_fact(setting, unread(file))
        })
}
