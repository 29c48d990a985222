//! Deployments by application, group and status, the newest first.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::release::deployment::{Deployment, Status};
use crate::services::codedeploy::{applications, faults, names};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListDeployments {
    application_name: Option<String>,
    deployment_group_name: Option<String>,
    external_id: Option<String>,
    #[serde(default)]
    include_only_statuses: Vec<Status>,
    create_time_range: Option<TimeRange>,
    next_token: Option<String>,
}

/// Both in seconds since the epoch.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct TimeRange {
    start: Option<f64>,
    end: Option<f64>,
}

/// `ListDeployments` (CodeDeploy API Reference): of a group with its
/// application, or of the whole Region.
pub(crate) fn list_deployments(cx: &mut Cx, input: ListDeployments) -> Result<Value, Fault> {
    match (&input.application_name, &input.deployment_group_name) {
        (Some(application), Some(group)) => {
            names::group(group)?;
            let application = applications::found(cx, application)?;
            if !application.groups.contains_key(group) {
                return Err(faults::no_such_group(group));
            }
        }
        (Some(_), None) => {
            let words = "The parameter deploymentGroupName is required.";
            return Err(Fault::new("DeploymentGroupNameRequiredException", words));
        }
        (None, Some(_)) => {
            let words = "The parameter applicationName is required.";
            return Err(Fault::new("ApplicationNameRequiredException", words));
        }
        (None, None) => {}
    }
    let range = input.create_time_range;
    let (start, end) = range.map_or((None, None), |range| (range.start, range.end));
    if start.zip(end).is_some_and(|(start, end)| start > end) {
        let words = "The start time must be earlier than the end time.";
        return Err(Fault::new("InvalidTimeRangeException", words));
    }
    let statuses = &input.include_only_statuses;
    let wanted = |it: &&Deployment| {
        // Milliseconds of our days are exact in a double.
        #[expect(clippy::cast_precision_loss, reason = "an instant is far below 2^53")]
        let created = it.created as f64 / 1000.0;
        input.application_name.as_ref().is_none_or(|name| it.application == *name)
            && input.deployment_group_name.as_ref().is_none_or(|name| it.group == *name)
            // Nothing here is made from outside.
            && input.external_id.is_none()
            && (statuses.is_empty() || statuses.contains(&it.status))
            && start.is_none_or(|start| created >= start)
            && end.is_none_or(|end| created <= end)
    };
    let deployments = cx.region().codedeploy.deployments.iter().rev();
    let ids = deployments.filter(wanted).map(|it| it.id.clone()).collect();
    let page = names::page(ids, input.next_token.as_deref())?;
    Ok(json!({ "deployments": page.items, "nextToken": page.next }))
}
