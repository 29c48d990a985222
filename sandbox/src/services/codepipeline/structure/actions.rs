//! What holds for an action by itself.

use super::pipeline::role_arn;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::codepipeline::action_types::ActionType;
use crate::services::codepipeline::declaration::{Action, ActionTypeId, Category};
use crate::services::iam;

/// How long a configuration's value can be.
const LONGEST: usize = 50_000;

/// Whether there is such an action, and whether it has what it needs.
pub(super) fn check(cx: &Cx, action: &Action) -> Result<(), Fault> {
    let kind = ActionType::find(&action.action_type_id)
        .ok_or_else(|| unavailable(cx, &action.name, &action.action_type_id))?;
    counted(action, "input", action.input_artifacts.len(), kind.inputs)?;
    counted(
        action,
        "output",
        action.output_artifacts.len(),
        kind.outputs,
    )?;
    configuration(action, kind)?;
    if kind.provider == "CodeDeployToECS" {
        templates(action)?;
    }
    if kind.category == Category::Compute && action.commands.as_ref().is_none_or(Vec::is_empty) {
        return Err(fault(format!(
            "Action {} must have a non-empty commands field",
            action.name
        )));
    }
    if let Some(role) = &action.role_arn {
        role_arn("pipeline.stages.actions.roleArn", role)?;
        if !iam::role_exists(cx, role) {
            return Err(fault(format!(
                "CodePipeline is not authorized to perform AssumeRole on role {role} of action {}",
                action.name
            )));
        }
    }
    region(cx, action)
}

fn unavailable(cx: &Cx, action: &str, id: &ActionTypeId) -> Fault {
    let owner = serde_json::to_value(id.owner).unwrap_or_default();
    fault(format!(
        "ActionType (Category: '{:?}', Provider: '{}', Owner: '{}', Version: '{}') in action '{action}' is \
         not available in region '{}'",
        id.category,
        id.provider,
        owner.as_str().unwrap_or_default(),
        id.version,
        cx.region.to_uppercase().replace('-', "_")
    ))
}

fn counted(
    action: &Action,
    side: &str,
    count: usize,
    (fewest, most): (usize, usize),
) -> Result<(), Fault> {
    let name = &action.name;
    let limit = if count < fewest {
        format!("less than the minimum count ({fewest})")
    } else if count > most {
        format!("more than the maximum count ({most})")
    } else {
        return Ok(());
    };
    Err(fault(format!(
        "Action {name} declares {count} {side} artifacts which is {limit}"
    )))
}

fn configuration(action: &Action, kind: &ActionType) -> Result<(), Fault> {
    let (name, given) = (&action.name, &action.configuration);
    let missing = |key: &&&str| given.get(**key).is_none_or(String::is_empty);
    if let Some(key) = kind.required.iter().find(missing) {
        return Err(fault(format!(
            "Action configuration for action '{name}' is missing required configuration '{key}'"
        )));
    }
    if let Some(key) = given.keys().find(|key| !kind.takes(key)) {
        return Err(fault(format!(
            "Action configuration for action '{name}' contains unknown configuration '{key}'"
        )));
    }
    if let Some((key, _)) = given.iter().find(|(_, value)| value.len() > LONGEST) {
        return Err(fault(format!(
            "Action configuration '{key}' for action '{name}' exceeds the limit of {LONGEST} characters"
        )));
    }
    Ok(())
}

/// The artifacts that the configuration of an ECS blue/green action names are
/// among those that it is given; an image has both of its halves.
fn templates(action: &Action) -> Result<(), Fault> {
    let (name, given) = (&action.name, &action.configuration);
    let named = given.iter().filter(|(key, _)| key.contains("Artifact"));
    for (key, artifact) in named {
        if !action
            .input_artifacts
            .iter()
            .any(|input| input.name == *artifact)
        {
            return Err(fault(format!(
                "The artifact '{artifact}' in the configuration '{key}' of action '{name}' is not an input \
                 artifact of the action"
            )));
        }
    }
    for image in 1..=4 {
        let (artifact, container) = (
            format!("Image{image}ArtifactName"),
            format!("Image{image}ContainerName"),
        );
        if given.contains_key(&artifact) != given.contains_key(&container) {
            return Err(fault(format!(
                "Action configuration for action '{name}' must have both '{artifact}' and '{container}' or \
                 neither of them"
            )));
        }
    }
    Ok(())
}

fn region(cx: &Cx, action: &Action) -> Result<(), Fault> {
    match action.region.as_deref() {
        Some(other) if other != cx.region => Err(fault(format!(
            "Action {} is in region {other}: actions in other regions than the pipeline's, {}, are not \
             supported",
            action.name, cx.region
        ))),
        _ => Ok(()),
    }
}

fn fault(words: String) -> Fault {
    Fault::new("InvalidActionDeclarationException", words)
}
