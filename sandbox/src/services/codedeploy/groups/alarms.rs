//! What stops a deployment, what rolls it back, who hears of it.

use std::collections::BTreeSet;

use super::settings::Settings;
use crate::fault::Fault;

/// How many alarms and how many triggers a group can have (CodeDeploy quotas).
const MOST_ALARMS: usize = 50;
const MOST_TRIGGERS: usize = 10;

/// What a trigger can be told of.
const EVENTS: [&str; 10] = [
    "DeploymentStart",
    "DeploymentSuccess",
    "DeploymentFailure",
    "DeploymentStop",
    "DeploymentRollback",
    "DeploymentReady",
    "InstanceStart",
    "InstanceSuccess",
    "InstanceFailure",
    "InstanceReady",
];

/// Whether alarms, automatic rollback and triggers can be set so.
pub(in crate::services::codedeploy) fn check(settings: &Settings) -> Result<(), Fault> {
    alarms(settings)?;
    triggers(settings)?;
    match &settings.rollback {
        Some(rollback) if rollback.enabled && rollback.events.is_empty() => Err(Fault::new(
            "InvalidAutoRollbackConfigException",
            "The automatic rollback configuration is enabled, but no event types were listed.",
        )),
        _ => Ok(()),
    }
}

fn alarms(settings: &Settings) -> Result<(), Fault> {
    let Some(configuration) = &settings.alarms else {
        return Ok(());
    };
    if configuration.alarms.len() > MOST_ALARMS {
        let words = format!(
            "The maximum number of alarms for a deployment group ({MOST_ALARMS}) was exceeded."
        );
        return Err(Fault::new("AlarmsLimitExceededException", words));
    }
    let invalid = |words: &str| Err(Fault::new("InvalidAlarmConfigException", words));
    let mut names = BTreeSet::new();
    for alarm in &configuration.alarms {
        let name = alarm.name.as_deref().unwrap_or_default();
        if !(1..=255).contains(&name.chars().count()) {
            return invalid(
                "The alarm name is empty or null or exceeds the limit of 255 characters.",
            );
        }
        if !names.insert(name) {
            return invalid("Two alarms with the same name have been specified.");
        }
    }
    if configuration.enabled && names.is_empty() {
        return invalid("The alarm configuration is enabled, but the alarm list is empty.");
    }
    Ok(())
}

fn triggers(settings: &Settings) -> Result<(), Fault> {
    if settings.triggers.len() > MOST_TRIGGERS {
        return Err(Fault::new(
            "TriggerTargetsLimitExceededException",
            "The maximum allowed number of triggers was exceeded.",
        ));
    }
    for trigger in &settings.triggers {
        let named = trigger
            .trigger_name
            .as_ref()
            .is_some_and(|name| !name.is_empty());
        let target = trigger.trigger_target_arn.as_ref();
        let told = target.is_some_and(|arn| arn.starts_with("arn:aws:sns:"));
        let known = |event: &String| EVENTS.contains(&event.as_str());
        let events = !trigger.trigger_events.is_empty() && trigger.trigger_events.iter().all(known);
        if !(named && told && events) {
            return Err(Fault::new(
                "InvalidTriggerConfigException",
                "The trigger was specified in an invalid format: it must have a name, the ARN of an \
                 SNS topic and known event types.",
            ));
        }
    }
    Ok(())
}
