//! Names of log groups.

use super::CODE;
use super::state::LogGroup;
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

/// `arn:aws:logs:…:log-group:/ecs/app`
pub(super) fn arn(cx: &Cx, name: &str) -> String {
    cx.arn("logs", &format!("log-group:{name}"))
}
