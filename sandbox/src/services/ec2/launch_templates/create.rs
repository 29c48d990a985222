//! `CreateLaunchTemplate`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::shown;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::faults::rehearsal;
use crate::services::ec2::launching::Parameters;
use crate::services::ec2::state::{LaunchTemplate, TemplateVersion};
use crate::services::ec2::tags::{self, TagSpecification};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateLaunchTemplate {
    launch_template_name: String,
    version_description: Option<String>,
    launch_template_data: Parameters,
    #[serde(default)]
    tag_specification: Vec<TagSpecification>,
    client_token: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

/// `CreateLaunchTemplate` (EC2 API Reference): its first version. What it names need not exist
/// before it is launched.
pub(crate) fn create_launch_template(
    cx: &mut Cx,
    input: CreateLaunchTemplate,
) -> Result<Value, Fault> {
    let name = input.launch_template_name;
    check_name(&name)?;
    check(&input.launch_template_data)?;
    check_description(input.version_description.as_deref())?;
    let tags = tags::of_new("launch-template", input.tag_specification)?;
    let ec2 = &cx.region().ec2;
    let mut others = ec2.launch_templates.values();
    if let Some(there) = others.find(|other| other.name == name) {
        if there.made_by(input.client_token.as_deref()).is_some() {
            return Ok(json!({ "launchTemplate": shown::template(ec2, there) }));
        }
        let words = "Launch template name already in use.";
        return Err(Fault::new(
            "InvalidLaunchTemplateName.AlreadyExistsException",
            words,
        ));
    }
    rehearsal(input.dry_run)?;
    let by = cx.account.iam.user.arn.clone();
    let version = TemplateVersion {
        description: input.version_description,
        created: cx.second(),
        by: by.clone(),
        parameters: input.launch_template_data,
        client_token: input.client_token,
    };
    let template = LaunchTemplate {
        id: cx.id("lt-", 17),
        name,
        created: cx.second(),
        by,
        default: 1,
        numbered: 1,
        versions: BTreeMap::from([(1, version)]),
    };
    let ec2 = &mut cx.region().ec2;
    ec2.tag(&template.id, tags);
    let answer = shown::template(ec2, &template);
    ec2.launch_templates.insert(template.id.clone(), template);
    Ok(json!({ "launchTemplate": answer }))
}

/// What a template must have to be one: something.
pub(super) fn check(parameters: &Parameters) -> Result<(), Fault> {
    if *parameters == Parameters::default() {
        let words = "The request must contain the parameter LaunchTemplateData";
        return Err(Fault::new("MissingParameter", words));
    }
    let by_interface = !parameters.network_interface.is_empty();
    if by_interface && !parameters.security_group_id.is_empty() {
        let words = "A network interface may not specify both a network interface and security groups on the \
                     instance level";
        return Err(Fault::new("InvalidParameterCombination", words));
    }
    Ok(())
}

pub(super) fn check_description(description: Option<&str>) -> Result<(), Fault> {
    if description.is_some_and(|words| words.chars().count() > 255) {
        let words = "The version description must be at most 255 characters long.";
        return Err(Fault::new("InvalidParameterValue", words));
    }
    Ok(())
}

/// Three to 128 letters, digits, and `().-/_`.
fn check_name(name: &str) -> Result<(), Fault> {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "().-/_".contains(letter);
    if (3..=128).contains(&name.len()) && name.chars().all(allowed) {
        return Ok(());
    }
    let words = "A launch template name must be between 3 and 128 characters, and may contain letters, numbers, \
                 and the following characters: - ( ) . / _";
    Err(Fault::new(
        "InvalidLaunchTemplateName.MalformedException",
        words,
    ))
}
