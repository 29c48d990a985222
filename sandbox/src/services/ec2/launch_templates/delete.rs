//! Deleting launch templates and their versions.

use serde::Deserialize;
use serde_json::{Value, json};

use super::shown;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::faults::rehearsal;
use crate::services::ec2::launching::{template, version_number};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteLaunchTemplate {
    launch_template_id: Option<String>,
    launch_template_name: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

/// `DeleteLaunchTemplate` (EC2 API Reference): with all its versions, whoever still means to launch
/// from them.
pub(crate) fn delete_launch_template(
    cx: &mut Cx,
    input: DeleteLaunchTemplate,
) -> Result<Value, Fault> {
    let ec2 = &mut cx.region().ec2;
    let found = template(
        ec2,
        input.launch_template_id.as_deref(),
        input.launch_template_name.as_deref(),
    )?;
    let (id, answer) = (found.id.clone(), shown::template(ec2, found));
    rehearsal(input.dry_run)?;
    ec2.launch_templates.remove(&id);
    ec2.tags.remove(&id);
    Ok(json!({ "launchTemplate": answer }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteLaunchTemplateVersions {
    launch_template_id: Option<String>,
    launch_template_name: Option<String>,
    launch_template_version: Vec<String>,
    #[serde(default)]
    dry_run: bool,
}

/// `DeleteLaunchTemplateVersions` (EC2 API Reference): any but the default one; the answer says of
/// each what became of it.
pub(crate) fn delete_launch_template_versions(
    cx: &mut Cx,
    input: DeleteLaunchTemplateVersions,
) -> Result<Value, Fault> {
    let ec2 = &mut cx.region().ec2;
    let found = template(
        ec2,
        input.launch_template_id.as_deref(),
        input.launch_template_name.as_deref(),
    )?;
    rehearsal(input.dry_run)?;
    let (id, name) = (found.id.clone(), found.name.clone());
    let (mut deleted, mut kept) = (Vec::new(), Vec::new());
    for asked in &input.launch_template_version {
        let found = template(ec2, Some(&id), None)?;
        let item = |number: Option<u64>| {
            json!({
                "launchTemplateId": id,
                "launchTemplateName": name,
                "versionNumber": number,
            })
        };
        let refusal = match version_number(found, asked) {
            Ok(number) if number != found.default => {
                if let Some(template) = ec2.launch_templates.get_mut(&id) {
                    template.versions.remove(&number);
                }
                deleted.push(item(Some(number)));
                continue;
            }
            Ok(_) => (
                "unexpectedError",
                "Cannot delete the default version of the launch template.".to_owned(),
            ),
            Err(fault) => ("launchTemplateVersionDoesNotExist", fault.message),
        };
        let mut item = item(asked.parse().ok());
        item["responseError"] = json!({ "code": refusal.0, "message": refusal.1 });
        kept.push(item);
    }
    Ok(json!({
        "successfullyDeletedLaunchTemplateVersionSet": deleted,
        "unsuccessfullyDeletedLaunchTemplateVersionSet": kept,
    }))
}
