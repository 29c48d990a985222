//! The roles that ECS is handed, and its own.

use super::faults::invalid;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::iam;

/// Whom ECS's own role trusts.
const SERVICE: &str = "ecs.amazonaws.com";

/// Whom task roles and execution roles must trust.
const TASKS: &str = "ecs-tasks.amazonaws.com";

/// Sees to it that `AWSServiceRoleForECS` is there, as ECS does when it is first used.
pub(super) fn service_linked(cx: &mut Cx) {
    iam::service_linked(cx, SERVICE);
}

/// As [`service_linked`], in the name of the caller: `CreateCluster` does without it where the
/// caller may not make it (ECS API Reference, `CreateCluster`).
pub(super) fn attempt_service_linked(cx: &mut Cx) {
    let _ = iam::caller_links(cx, SERVICE);
}

/// As [`attempt_service_linked`], for what cannot do without it.
pub(super) fn require_service_linked(cx: &mut Cx) -> Result<(), Fault> {
    iam::caller_links(cx, SERVICE).map_err(|_| {
        invalid(
            "Unable to assume the service linked role. Please verify that the ECS service linked role \
             exists.",
        )
    })?;
    Ok(())
}

/// The ARN of a role that may be given by its name only.
pub(super) fn arn(cx: &Cx, role: &str) -> String {
    if role.starts_with("arn:") {
        role.to_owned()
    } else {
        cx.global_arn("iam", &format!("role/{role}"))
    }
}

/// Whether ECS could assume the role for a task; if not, what it says.
pub(super) fn check_assumable(cx: &Cx, role: &str) -> Result<(), String> {
    let role = arn(cx, role);
    if iam::trusts(cx, &role, TASKS, &cx.arn("ecs", "*")) {
        return Ok(());
    }
    Err(format!(
        "ECS was unable to assume the role '{role}' that was provided for this task. Please verify that the \
         role being passed has the proper trust relationship and permissions and that your IAM user has \
         permissions to pass this role."
    ))
}
