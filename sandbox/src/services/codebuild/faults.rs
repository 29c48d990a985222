//! `CodeBuild`'s refusals.

use crate::context::Cx;
use crate::fault::Fault;

/// The code of what does not fit the model or cannot be.
pub(super) const CODE: &str = "InvalidInputException";

pub(super) fn invalid(words: impl Into<String>) -> Fault {
    Fault::new(CODE, words)
}

/// A value that is not one of those there are.
pub(super) fn not_in(member: &str, value: &str, set: &[&str]) -> Fault {
    let rule = format!("Member must satisfy enum value set: [{}]", set.join(", "));
    Fault::constraint(CODE, member, value, &rule)
}

pub(super) fn no_such_project(cx: &Cx, name: &str) -> Fault {
    Fault::new(
        "ResourceNotFoundException",
        format!(
            "Project cannot be found: {}",
            cx.arn("codebuild", &format!("project/{name}"))
        ),
    )
}

pub(super) fn no_such_build(cx: &Cx, id: &str) -> Fault {
    let arn = cx.arn("codebuild", &format!("build/{id}"));
    Fault::new(
        "ResourceNotFoundException",
        format!("Build with id {arn} could not be found"),
    )
}
