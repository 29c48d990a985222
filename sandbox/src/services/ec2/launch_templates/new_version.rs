//! `CreateLaunchTemplateVersion`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::create::{check, check_description};
use super::shown;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::faults::rehearsal;
use crate::services::ec2::launching::{Parameters, template, version_number};
use crate::services::ec2::state::TemplateVersion;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateLaunchTemplateVersion {
    launch_template_id: Option<String>,
    launch_template_name: Option<String>,
    source_version: Option<String>,
    version_description: Option<String>,
    launch_template_data: Parameters,
    client_token: Option<String>,
    // An alias stays what it is: AWS resolves it when it launches.
    #[serde(default, rename = "ResolveAlias")]
    _resolve: bool,
    #[serde(default)]
    dry_run: bool,
}

/// `CreateLaunchTemplateVersion` (EC2 API Reference): with a source, what is given goes before it.
pub(crate) fn create_launch_template_version(
    cx: &mut Cx,
    input: CreateLaunchTemplateVersion,
) -> Result<Value, Fault> {
    check_description(input.version_description.as_deref())?;
    let (now, by) = (cx.second(), cx.account.iam.user.arn.clone());
    let ec2 = &mut cx.region().ec2;
    let found = template(
        ec2,
        input.launch_template_id.as_deref(),
        input.launch_template_name.as_deref(),
    )?;
    if let Some((number, version)) = found.made_by(input.client_token.as_deref()) {
        return Ok(json!({ "launchTemplateVersion": shown::version(found, number, version) }));
    }
    let mut parameters = input.launch_template_data;
    if let Some(source) = &input.source_version {
        let number = version_number(found, source)?;
        parameters = parameters.over(found.versions[&number].parameters.clone());
    }
    check(&parameters)?;
    rehearsal(input.dry_run)?;
    let version = TemplateVersion {
        description: input.version_description,
        created: now,
        by,
        parameters,
        client_token: input.client_token,
    };
    let id = found.id.clone();
    let Some(template) = ec2.launch_templates.get_mut(&id) else {
        return Ok(Value::Null);
    };
    template.numbered += 1;
    let answer = shown::version(template, template.numbered, &version);
    template.versions.insert(template.numbered, version);
    Ok(json!({ "launchTemplateVersion": answer }))
}
