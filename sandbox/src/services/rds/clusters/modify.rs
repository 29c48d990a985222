//! `ModifyDBCluster`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::create::{self, Scaling};
use super::describe::described;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::rds::checks;
use crate::services::rds::engines::{self, Step};
use crate::services::rds::faults::{cluster_state, combination, no_such_cluster};
use crate::services::rds::instances::move_to_groups;
use crate::services::rds::life::{self, Status};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ModifyDbCluster {
    #[serde(rename = "DBClusterIdentifier")]
    id: String,
    #[serde(default)]
    apply_immediately: bool,
    #[serde(default)]
    allow_major_version_upgrade: bool,
    engine_version: Option<String>,
    master_user_password: Option<String>,
    port: Option<u32>,
    vpc_security_group_ids: Option<Vec<String>>,
    #[serde(rename = "DBClusterParameterGroupName")]
    parameter_group: Option<String>,
    backup_retention_period: Option<u32>,
    preferred_backup_window: Option<String>,
    preferred_maintenance_window: Option<String>,
    storage_type: Option<String>,
    #[serde(rename = "EnableIAMDatabaseAuthentication")]
    iam_authentication: Option<bool>,
    cloudwatch_logs_export_configuration: Option<LogExports>,
    deletion_protection: Option<bool>,
    enable_http_endpoint: Option<bool>,
    copy_tags_to_snapshot: Option<bool>,
    network_type: Option<String>,
    serverless_v2_scaling_configuration: Option<Scaling>,
    monitoring_interval: Option<u32>,
    monitoring_role_arn: Option<String>,
    database_insights_mode: Option<String>,
    enable_performance_insights: Option<bool>,
    #[serde(rename = "PerformanceInsightsKMSKeyId")]
    insights_key: Option<String>,
    performance_insights_retention_period: Option<u32>,
}

/// `CloudwatchLogsExportConfiguration`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct LogExports {
    #[serde(default)]
    enable_log_types: Vec<String>,
    #[serde(default)]
    disable_log_types: Vec<String>,
}

/// `ModifyDBCluster` (RDS API Reference). A new engine version waits for the maintenance window
/// unless it is to be applied immediately; everything else is applied at once.
pub(crate) fn modify_db_cluster(cx: &mut Cx, input: ModifyDbCluster) -> Result<Value, Fault> {
    let id = checks::name_of(&input.id);
    let region = cx.region();
    let mut cluster = region
        .rds
        .clusters
        .get(&id)
        .cloned()
        .ok_or_else(|| no_such_cluster(&id))?;
    if !cluster.life.is(Status::Available) {
        return Err(cluster_state(format!(
            "DbCluster {id} is not in available state."
        )));
    }
    let vpc = region
        .rds
        .subnet_groups
        .get(&cluster.subnet_group)
        .map(|group| group.vpc.clone());
    let (mut status, mut lasts) = (Status::Modifying, life::SETTING);
    if let Some(password) = &input.master_user_password {
        checks::password(password)?;
        status = Status::ResettingMasterCredentials;
    }
    if let Some(port) = input.port {
        cluster.port = checks::port(port)?;
    }
    if let Some(groups) = input
        .vpc_security_group_ids
        .filter(|groups| !groups.is_empty())
    {
        checks::security_groups(cx, &vpc.unwrap_or_default(), &groups)?;
        cluster.security_groups = groups;
    }
    if let Some(days) = input.backup_retention_period {
        cluster.backup_days = checks::backup_days(days)?;
    }
    if let Some(window) = input.preferred_backup_window {
        checks::backup_window(&window)?;
        cluster.backup_window = window;
    }
    if let Some(window) = input.preferred_maintenance_window {
        checks::maintenance_window(&window)?;
        cluster.maintenance_window = window;
    }
    if let Some(storage) = input.storage_type {
        checks::one_of("StorageType", &storage, &["aurora", "aurora-iopt1"])?;
        cluster.storage = storage;
    }
    if let Some(network) = input.network_type {
        checks::one_of("NetworkType", &network, &["IPV4"])?;
        cluster.network = network;
    }
    if let Some(change) = input.cloudwatch_logs_export_configuration {
        checks::log_exports(&change.enable_log_types)?;
        checks::log_exports(&change.disable_log_types)?;
        cluster
            .log_exports
            .retain(|kind| !change.disable_log_types.contains(kind));
        for kind in change.enable_log_types {
            if !cluster.log_exports.contains(&kind) {
                cluster.log_exports.push(kind);
            }
        }
    }
    if let Some(scaling) = input.serverless_v2_scaling_configuration {
        cluster.serverless = Some(create::scaling(scaling)?);
    }
    if input.monitoring_interval.is_some() || input.monitoring_role_arn.is_some() {
        let interval = input
            .monitoring_interval
            .or(Some(cluster.monitoring.interval));
        let role = input
            .monitoring_role_arn
            .or_else(|| cluster.monitoring.role.clone());
        cluster.monitoring = create::monitoring(interval, role.filter(|_| interval != Some(0)))?;
    }
    let mode = input.database_insights_mode;
    let insights = (
        input.enable_performance_insights,
        input.insights_key,
        input.performance_insights_retention_period,
    );
    if mode.is_some() || insights != (None, None, None) {
        let (enabled, key, days) = insights;
        let enabled = enabled.or(Some(
            cluster.insights.enabled || mode.as_deref() == Some("advanced"),
        ));
        let mode = mode.unwrap_or_else(|| cluster.insights.mode.clone());
        cluster.insights = create::insights(Some(mode), enabled, key, days)?;
    }
    cluster.iam_authentication = input
        .iam_authentication
        .unwrap_or(cluster.iam_authentication);
    cluster.deletion_protection = input
        .deletion_protection
        .unwrap_or(cluster.deletion_protection);
    cluster.http_endpoint = input.enable_http_endpoint.unwrap_or(cluster.http_endpoint);
    cluster.copy_tags = input.copy_tags_to_snapshot.unwrap_or(cluster.copy_tags);
    if let Some(version) = input.engine_version {
        let version = engines::version(Some(&version))?;
        match engines::upgrade(&cluster.engine_version, version) {
            None => {
                return Err(combination(format!(
                    "Cannot upgrade {} from {} to {version}",
                    engines::ENGINE,
                    cluster.engine_version
                )));
            }
            Some(Step::Major) if !input.allow_major_version_upgrade => {
                return Err(combination(
                    "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.",
                ));
            }
            Some(Step::None) => cluster.pending_version = None,
            Some(_) => cluster.pending_version = Some(version.to_owned()),
        }
    }
    if input.apply_immediately
        && let Some(version) = cluster.pending_version.take()
    {
        cluster.parameter_group = engines::default_parameter_group(&version);
        cluster.engine_version = version;
        (status, lasts) = (Status::Upgrading, life::REPLACEMENT);
    }
    cluster.parameter_group = match input.parameter_group {
        Some(name) => create::parameter_group(Some(name), &cluster.engine_version)?,
        None => cluster.parameter_group,
    };
    let groups = cluster.security_groups.clone();
    cx.region().rds.clusters.insert(id.clone(), cluster);
    move_to_groups(cx, &id, &groups);
    life::cluster(cx, &id, status, lasts);
    Ok(json!({ "DBCluster": described(cx, &id) }))
}
