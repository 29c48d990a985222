//! The launch template that a launch names, and the version of it that is meant.

use serde::{Deserialize, Serialize};

use super::Parameters;
use crate::fault::Fault;
use crate::services::ec2::faults::missing;
use crate::services::ec2::state::{Ec2, LaunchTemplate};

/// `LaunchTemplateSpecification`: the same fields in EC2 and in Auto Scaling.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct TemplateRef {
    pub(crate) launch_template_id: Option<String>,
    pub(crate) launch_template_name: Option<String>,
    /// A number, `$Latest` or `$Default`, which it is without one.
    pub(crate) version: Option<String>,
}

/// A version of a launch template.
pub(crate) struct TemplateChoice {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) version: u64,
    pub(crate) parameters: Parameters,
}

impl TemplateRef {
    /// The version that is meant now; `$Latest` is another one tomorrow.
    pub(crate) fn resolve(&self, ec2: &Ec2) -> Result<TemplateChoice, Fault> {
        let (id, name) = (&self.launch_template_id, &self.launch_template_name);
        let template = found(ec2, id.as_deref(), name.as_deref())?;
        let asked = self.version.as_deref().unwrap_or("$Default");
        let number = number(template, asked)?;
        Ok(TemplateChoice {
            id: template.id.clone(),
            name: template.name.clone(),
            version: number,
            parameters: template.versions[&number].parameters.clone(),
        })
    }
}

/// The template of that id or of that name.
pub(in crate::services::ec2) fn found<'a>(
    ec2: &'a Ec2,
    id: Option<&str>,
    name: Option<&str>,
) -> Result<&'a LaunchTemplate, Fault> {
    match (id, name) {
        (Some(_), Some(_)) => Err(Fault::new(
            "InvalidParameterCombination",
            "The parameter LaunchTemplateName cannot be used in combination with LaunchTemplateId.",
        )),
        (Some(id), None) if !id.starts_with("lt-") => {
            let words = format!("Invalid id: \"{id}\" (expecting \"lt-...\")");
            Err(Fault::new("InvalidLaunchTemplateId.Malformed", words))
        }
        (Some(id), None) => ec2.launch_templates.get(id).ok_or_else(|| no_such_id(id)),
        (None, Some(name)) => {
            let mut all = ec2.launch_templates.values();
            all.find(|template| template.name == *name)
                .ok_or_else(|| no_such_name(name))
        }
        (None, None) => Err(missing("LaunchTemplateId or LaunchTemplateName")),
    }
}

pub(in crate::services::ec2) fn no_such_id(id: &str) -> Fault {
    let words = format!("The specified launch template, with template ID {id}, does not exist.");
    Fault::new("InvalidLaunchTemplateId.NotFound", words)
}

fn no_such_name(name: &str) -> Fault {
    let words =
        format!("The specified launch template, with template name {name}, does not exist.");
    Fault::new("InvalidLaunchTemplateName.NotFoundException", words)
}

/// The number of the version that `asked` means, which there is.
pub(in crate::services::ec2) fn number(
    template: &LaunchTemplate,
    asked: &str,
) -> Result<u64, Fault> {
    let number = match asked {
        "$Default" => Some(template.default),
        "$Latest" => template.latest(),
        number => number.parse().ok(),
    };
    number
        .filter(|number| template.versions.contains_key(number))
        .ok_or_else(|| {
            let words = format!(
                "Could not find the specified version {asked} for the launch template with ID {}.",
                template.id
            );
            Fault::new("InvalidLaunchTemplateId.VersionNotFound", words)
        })
}
