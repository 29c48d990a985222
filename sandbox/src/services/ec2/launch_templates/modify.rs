//! `ModifyLaunchTemplate`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::shown;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::faults::{missing, rehearsal};
use crate::services::ec2::launching::{template, version_number};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ModifyLaunchTemplate {
    launch_template_id: Option<String>,
    launch_template_name: Option<String>,
    set_default_version: Option<String>,
    #[serde(rename = "ClientToken")]
    _token: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

/// `ModifyLaunchTemplate` (EC2 API Reference): which version is the default one.
pub(crate) fn modify_launch_template(
    cx: &mut Cx,
    input: ModifyLaunchTemplate,
) -> Result<Value, Fault> {
    let ec2 = &mut cx.region().ec2;
    let found = template(
        ec2,
        input.launch_template_id.as_deref(),
        input.launch_template_name.as_deref(),
    )?;
    let asked = input
        .set_default_version
        .ok_or_else(|| missing("SetDefaultVersion"))?;
    let (id, number) = (found.id.clone(), version_number(found, &asked)?);
    rehearsal(input.dry_run)?;
    if let Some(template) = ec2.launch_templates.get_mut(&id) {
        template.default = number;
    }
    let found = template(ec2, Some(&id), None)?;
    Ok(json!({ "launchTemplate": shown::template(ec2, found) }))
}
