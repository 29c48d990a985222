//! Deleting service-linked roles, which takes a while and asks the service first.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{roles, service_linked};
use crate::agenda;
use crate::context::Cx;
use crate::fault::Fault;
use crate::state::Region;

/// How long the service takes to say whether it still needs the role.
const TAKES: Duration = Duration::from_secs(20);

/// A deletion, under way or over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Deletion {
    role: String,
    outcome: Option<Outcome>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Outcome {
    Succeeded,
    /// What still needs the role: ARNs, by Region.
    InUse(Vec<(String, Vec<String>)>),
}

/// What comes due in IAM: the end of a deletion, by its task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Due(String);

/// Ends a deletion: the role goes, unless its service still has something in the account.
pub(crate) fn due(cx: &mut Cx, due: Due) {
    let Due(task) = due;
    let Some(deletion) = cx.account.iam.deletions.get(&task) else {
        return;
    };
    let name = deletion.role.clone();
    let used = cx
        .account
        .iam
        .roles
        .get(&name)
        .map(|role| usage(cx, &role.path))
        .unwrap_or_default();
    let outcome = if used.is_empty() {
        cx.account.iam.roles.remove(&name);
        Outcome::Succeeded
    } else {
        Outcome::InUse(used)
    };
    if let Some(deletion) = cx.account.iam.deletions.get_mut(&task) {
        deletion.outcome = Some(outcome);
    }
}

/// What needs the role of that path, `/aws-service-role/SERVICE/`, by Region.
fn usage(cx: &Cx, path: &str) -> Vec<(String, Vec<String>)> {
    let service = path.split('/').nth(2).unwrap_or_default();
    let account = &cx.account.id;
    // A line for each service that makes its role by `service_linked`.
    let arns = |name: &str, region: &Region| -> Vec<String> {
        match service {
            "autoscaling.amazonaws.com" => region.autoscaling.arns(),
            "elasticloadbalancing.amazonaws.com" => region.elb.arns(),
            "rds.amazonaws.com" => {
                let names = region.rds.cluster_names();
                let arn = |id| format!("arn:aws:rds:{name}:{account}:cluster:{id}");
                names.map(arn).collect()
            }
            _ => Vec::new(),
        }
    };
    let regions = cx.account.regions.iter();
    regions
        .map(|(name, region)| (name.clone(), arns(name, region)))
        .filter(|(_, arns)| !arns.is_empty())
        .collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteServiceLinkedRole {
    role_name: String,
}

/// `DeleteServiceLinkedRole` (IAM API Reference): begins a deletion.
pub(crate) fn delete_service_linked_role(
    cx: &mut Cx,
    input: DeleteServiceLinkedRole,
) -> Result<Value, Fault> {
    let role = roles::find(cx, &input.role_name)?;
    if !service_linked::is_linked(role) {
        let words = format!("{} is not a service-linked role.", role.name);
        return Err(Fault::new("InvalidInput", words));
    }
    let of_role = format!("task{}{}/", role.path, role.name);
    let under_way = cx.account.iam.deletions.iter();
    let mut under_way =
        under_way.filter(|(task, it)| task.starts_with(&of_role) && it.outcome.is_none());
    if let Some((task, _)) = under_way.next() {
        return Ok(json!({ "DeletionTaskId": task }));
    }
    let task = format!("{of_role}{}", cx.account.ids.uuid());
    let deletion = Deletion {
        role: input.role_name,
        outcome: None,
    };
    cx.account.iam.deletions.insert(task.clone(), deletion);
    let at = cx.after(TAKES);
    cx.plan(at, agenda::Due::Iam(Due(task.clone())));
    Ok(json!({ "DeletionTaskId": task }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct GetServiceLinkedRoleDeletionStatus {
    deletion_task_id: String,
}

/// `GetServiceLinkedRoleDeletionStatus` (IAM API Reference).
pub(crate) fn get_service_linked_role_deletion_status(
    cx: &mut Cx,
    input: GetServiceLinkedRoleDeletionStatus,
) -> Result<Value, Fault> {
    let task = &input.deletion_task_id;
    if !task.starts_with("task/") {
        let words = format!("The specified deletion task id {task} is invalid.");
        return Err(Fault::new("InvalidInput", words));
    }
    let deletion = cx.account.iam.deletions.get(task).ok_or_else(|| {
        let words = format!("The deletion task {task} cannot be found.");
        Fault::not_found("NoSuchEntity", words)
    })?;
    Ok(match &deletion.outcome {
        None => json!({ "Status": "IN_PROGRESS" }),
        Some(Outcome::Succeeded) => json!({ "Status": "SUCCEEDED" }),
        Some(Outcome::InUse(used)) => {
            let used = used
                .iter()
                .map(|(region, arns)| json!({ "Region": region, "Resources": arns }));
            json!({
                "Status": "FAILED",
                "Reason": {
                    "Reason": "A service-linked role is in use by resources in your account.",
                    "RoleUsageList": used.collect::<Value>(),
                },
            })
        }
    })
}
