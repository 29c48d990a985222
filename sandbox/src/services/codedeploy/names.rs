//! Names and pages, which all of CodeDeploy's lists have alike.

use crate::fault::Fault;
use crate::page::{self, Page};

/// How long a page is: the API leaves no choice.
const SIZE: usize = 100;

/// How many a batch may name.
pub(super) const BATCH: usize = 100;

/// A name: letters, digits and `+=,.@_-`, at most a hundred.
pub(super) fn name(value: &str, code: &'static str, kind: &str) -> Result<(), Fault> {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "+=,.@_-".contains(letter);
    if (1..=100).contains(&value.chars().count()) && value.chars().all(allowed) {
        return Ok(());
    }
    Err(Fault::new(
        code,
        format!(
            "The {kind} name {value} is not valid. It must have 1 to 100 letters, digits and the \
             characters + = , . @ _ -"
        ),
    ))
}

pub(super) fn application(value: &str) -> Result<(), Fault> {
    name(value, "InvalidApplicationNameException", "application")
}

pub(super) fn group(value: &str) -> Result<(), Fault> {
    let code = "InvalidDeploymentGroupNameException";
    name(value, code, "deployment group")
}

pub(super) fn config(value: &str) -> Result<(), Fault> {
    let code = "InvalidDeploymentConfigNameException";
    name(value, code, "deployment configuration")
}

/// Whether a batch is not too long.
pub(super) fn batch(names: &[String]) -> Result<(), Fault> {
    if names.len() <= BATCH {
        return Ok(());
    }
    let words = format!("The maximum number of names allowed is {BATCH}.");
    Err(Fault::new("BatchLimitExceededException", words))
}

/// The page of a list of names.
pub(super) fn page(names: Vec<String>, token: Option<&str>) -> Result<Page<String>, Fault> {
    page::page(names, token, SIZE).ok_or_else(|| {
        Fault::new(
            "InvalidNextTokenException",
            "The next token was specified in an invalid format.",
        )
    })
}
