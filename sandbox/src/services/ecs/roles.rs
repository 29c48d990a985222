//! The roles that ECS is handed, and its own.

use crate::context::Cx;
use crate::services::iam;

/// Whom task roles and execution roles must trust.
const TASKS: &str = "ecs-tasks.amazonaws.com";

/// Sees to it that `AWSServiceRoleForECS` is there, as ECS does when it is first used.
pub(super) fn service_linked(cx: &mut Cx) {
    iam::service_linked(cx, "ecs.amazonaws.com");
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
