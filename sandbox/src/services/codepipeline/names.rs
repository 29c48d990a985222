//! What CodePipeline asks of names and of pages.

use super::faults::constraint;
use crate::fault::Fault;
use crate::page::{self, Page};

/// A name of a pipeline, stage or action.
pub(super) fn name(member: &str, value: &str) -> Result<(), Fault> {
    fits(member, value, ".@-_", "[A-Za-z0-9.@\\-_]+")
}

/// A name of an artifact.
pub(super) fn artifact(member: &str, value: &str) -> Result<(), Fault> {
    fits(member, value, "-_", "[a-zA-Z0-9_\\-]+")
}

/// A namespace or a variable's name.
pub(super) fn variable(member: &str, value: &str) -> Result<(), Fault> {
    fits(member, value, "@-_", "[A-Za-z0-9@\\-_]+")
}

fn fits(member: &str, value: &str, more: &str, pattern: &str) -> Result<(), Fault> {
    let rule = if value.is_empty() {
        "Member must have length greater than or equal to 1".to_owned()
    } else if value.chars().count() > 100 {
        "Member must have length less than or equal to 100".to_owned()
    } else if value
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || more.contains(letter))
    {
        return Ok(());
    } else {
        format!("Member must satisfy regular expression pattern: {pattern}")
    };
    Err(constraint(member, value, &rule))
}

/// An id of an execution, or a token of an approval.
pub(super) fn uuid(member: &str, value: &str) -> Result<(), Fault> {
    let parts = value.split('-').map(str::len).collect::<Vec<_>>();
    let digit = |letter: char| matches!(letter, '0'..='9' | 'a'..='f' | '-');
    if parts == [8, 4, 4, 4, 12] && value.chars().all(digit) {
        return Ok(());
    }
    let rule = "Member must satisfy regular expression pattern: \
                [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    Err(constraint(member, value, rule))
}

/// A page of a list, at most `most` long.
pub(super) fn page<T>(
    items: Vec<T>,
    size: Option<usize>,
    token: Option<&str>,
    most: usize,
) -> Result<Page<T>, Fault> {
    let size = size.unwrap_or(most);
    if !(1..=most).contains(&size) {
        let rule = format!("Member must have value between 1 and {most}");
        return Err(constraint("maxResults", &size.to_string(), &rule));
    }
    page::page(items, token, size).ok_or_else(|| {
        Fault::new(
            "InvalidNextTokenException",
            "The next token was specified in an invalid format.",
        )
    })
}
