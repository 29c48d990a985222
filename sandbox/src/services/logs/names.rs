//! Names of log groups and streams, and what else several operations read alike.

use super::CODE;
use super::state::LogGroup;
use crate::clock::Millis;
use crate::context::Cx;
use crate::fault::Fault;

/// The form that the model wants of any name.
pub(super) fn form(member: &str, name: &str) -> Result<(), Fault> {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "._-/#".contains(letter);
    let rule = if name.is_empty() {
        "Member must have length greater than or equal to 1"
    } else if name.len() > 512 {
        "Member must have length less than or equal to 512"
    } else if !name.chars().all(allowed) {
        r"Member must satisfy regular expression pattern: [\.\-_/#A-Za-z0-9]+"
    } else {
        return Ok(());
    };
    Err(Fault::constraint(CODE, member, name, rule))
}

/// The form of a stream's name, or of the beginning of one.
pub(super) fn stream_form(member: &str, name: &str) -> Result<(), Fault> {
    let rule = if name.is_empty() {
        "Member must have length greater than or equal to 1"
    } else if name.len() > 512 {
        "Member must have length less than or equal to 512"
    } else if name.contains([':', '*']) {
        "Member must satisfy regular expression pattern: [^:*]*"
    } else {
        return Ok(());
    };
    Err(Fault::constraint(CODE, member, name, rule))
}

/// The group's name, where an operation takes it or the group's ARN, but not both.
pub(super) fn either(
    cx: &Cx,
    name: Option<String>,
    identifier: Option<String>,
) -> Result<String, Fault> {
    match (name, identifier) {
        (None, Some(arn)) if arn.starts_with("arn:") => {
            let name = arn.strip_prefix(&self::arn(cx, ""));
            name.map(str::to_owned).ok_or_else(unknown)
        }
        (Some(name), None) | (None, Some(name)) => Ok(name),
        _ => {
            let words = "Exactly one of logGroupName and logGroupIdentifier must be specified.";
            Err(Fault::new(CODE, words))
        }
    }
}

/// How many are wanted, from one up to what the operation gives at most.
pub(super) fn limit(given: Option<usize>, most: usize) -> Result<usize, Fault> {
    let limit = given.unwrap_or(most);
    let rule = match limit {
        0 => "Member must have value greater than or equal to 1".to_owned(),
        limit if limit > most => format!("Member must have value less than or equal to {most}"),
        limit => return Ok(limit),
    };
    Err(Fault::constraint(CODE, "limit", &limit.to_string(), &rule))
}

pub(super) fn bad_token() -> Fault {
    Fault::new(CODE, "The specified nextToken is invalid.")
}

/// A sequence token: clients of old hand it back, nobody reads it.
pub(super) fn sequence_token(at: Millis) -> String {
    format!("{at:056}")
}

/// The group of that name, or the service's words for that there is none.
pub(super) fn find<'a>(cx: &'a mut Cx, name: &str) -> Result<&'a mut LogGroup, Fault> {
    form("logGroupName", name)?;
    cx.region().logs.groups.get_mut(name).ok_or_else(unknown)
}

pub(super) fn unknown() -> Fault {
    Fault::new(
        "ResourceNotFoundException",
        "The specified log group does not exist.",
    )
}

pub(super) fn unknown_stream() -> Fault {
    Fault::new(
        "ResourceNotFoundException",
        "The specified log stream does not exist.",
    )
}

/// `arn:aws:logs:…:log-group:/ecs/app`
pub(super) fn arn(cx: &Cx, name: &str) -> String {
    cx.arn("logs", &format!("log-group:{name}"))
}
