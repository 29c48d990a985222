//! Whether the caller may launch what a template says (Amazon EC2 Auto Scaling User Guide, "Control
//! Amazon EC2 launch template usage in Auto Scaling groups"): who hands a template to another
//! service needs the permissions to launch it.

use super::check::found;
use super::template::TemplateChoice;
use crate::context::Cx;
use crate::services::iam::{self, Denial};

/// Whether the caller may launch instances by this version of a template.
pub(crate) fn caller_launches(cx: &Cx, template: &TemplateChoice) -> Result<(), Denial> {
    let id = format!("launch-template/{}", template.id);
    for resource in [id.as_str(), "instance/*"] {
        iam::caller_may(cx, "ec2:RunInstances", &cx.arn("ec2", resource), &[])?;
    }
    if !template.parameters.tag_specification.is_empty() {
        let why = (
            "ec2:CreateAction".to_owned(),
            vec!["RunInstances".to_owned()],
        );
        let instance = cx.arn("ec2", "instance/*");
        iam::caller_may(cx, "ec2:CreateTags", &instance, &[why])?;
    }
    // A profile that is none is for the check of the parameters to tell.
    let profile = template.parameters.iam_instance_profile.as_ref();
    let profile = profile.and_then(|profile| found(cx, profile).ok().flatten());
    match profile.and_then(|profile| profile.role) {
        Some(role) => iam::caller_passes(cx, &role, "ec2.amazonaws.com"),
        None => Ok(()),
    }
}
