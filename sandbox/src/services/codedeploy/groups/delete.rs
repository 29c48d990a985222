//! A deployment group, deleted.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::codedeploy::names;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DeleteDeploymentGroup {
    application_name: String,
    deployment_group_name: String,
}

/// `DeleteDeploymentGroup` (CodeDeploy API Reference): one that is not there is
/// none to delete.
pub(crate) fn delete_deployment_group(
    cx: &mut Cx,
    input: DeleteDeploymentGroup,
) -> Result<Value, Fault> {
    names::application(&input.application_name)?;
    names::group(&input.deployment_group_name)?;
    let applications = &mut cx.region().codedeploy.applications;
    if let Some(application) = applications.get_mut(&input.application_name) {
        application.groups.remove(&input.deployment_group_name);
    }
    Ok(json!({ "hooksNotCleanedUp": [] }))
}
