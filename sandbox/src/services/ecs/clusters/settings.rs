//! What a cluster can be set to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::{invalid, one_of};

/// `ClusterSetting`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Setting {
    name: Option<String>,
    value: Option<String>,
}

/// `ClusterConfiguration`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Configuration {
    execute_command_configuration: Option<ExecuteCommand>,
    managed_storage_configuration: Option<ManagedStorage>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ExecuteCommand {
    kms_key_id: Option<String>,
    logging: Option<String>,
    log_configuration: Option<ExecuteCommandLog>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ExecuteCommandLog {
    cloud_watch_log_group_name: Option<String>,
    cloud_watch_encryption_enabled: Option<bool>,
    s3_bucket_name: Option<String>,
    s3_encryption_enabled: Option<bool>,
    s3_key_prefix: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ManagedStorage {
    kms_key_id: Option<String>,
    fargate_ephemeral_storage_kms_key_id: Option<String>,
}

/// `serviceConnectDefaults`: a Cloud Map namespace, by name or ARN.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct ConnectDefaults {
    pub(super) namespace: String,
}

/// Settings by name; what is not given is as the account has it.
pub(super) fn settings(
    cx: &mut Cx,
    given: Vec<Setting>,
) -> Result<BTreeMap<String, String>, Fault> {
    let default = cx.region().ecs.settings.get("containerInsights").cloned();
    let insights = default.unwrap_or_else(|| "disabled".to_owned());
    let mut settings = BTreeMap::from([("containerInsights".to_owned(), insights)]);
    settings.extend(checked(given)?);
    Ok(settings)
}

/// Settings by name, checked.
pub(super) fn checked(given: Vec<Setting>) -> Result<Vec<(String, String)>, Fault> {
    given
        .into_iter()
        .map(|Setting { name, value }| {
            let (name, value) = (name.unwrap_or_default(), value.unwrap_or_default());
            if name != "containerInsights" {
                return Err(invalid(format!("Invalid cluster setting name: {name}")));
            }
            one_of("value", &value, &["enabled", "disabled", "enhanced"])?;
            Ok((name, value))
        })
        .collect()
}

/// The configuration, checked, as it is kept.
pub(super) fn configuration(given: Option<Configuration>) -> Result<Option<Value>, Fault> {
    let Some(given) = given else { return Ok(None) };
    if let Some(command) = &given.execute_command_configuration {
        let logging = command.logging.as_deref().unwrap_or("DEFAULT");
        one_of("logging", logging, &["NONE", "DEFAULT", "OVERRIDE"])?;
        if (logging == "OVERRIDE") != command.log_configuration.is_some() {
            return Err(invalid(
                "A logConfiguration must be specified if and only if logging is OVERRIDE.",
            ));
        }
    }
    Ok(Some(json!(given)))
}
