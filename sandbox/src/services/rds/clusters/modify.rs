//! `ModifyDBCluster`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::create::{Scaling, scaling};
use super::describe::described;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::rds::checks;
use crate::services::rds::connections::Password;
use crate::services::rds::engines::Step;
use crate::services::rds::faults::{cluster_state, combination, no_such_cluster};
use crate::services::rds::instances::{give_parameter_group, move_to_groups};
use crate::services::rds::life::{self, Status};
use crate::services::rds::state::Cluster;

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
    #[serde(default)]
    vpc_security_group_ids: Vec<String>,
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
    let clusters = &cx.region().rds.clusters;
    let mut cluster = clusters
        .get(&id)
        .cloned()
        .ok_or_else(|| no_such_cluster(&id))?;
    if !cluster.life.is(Status::Available) {
        return Err(cluster_state(format!(
            "DbCluster {id} is not in available state."
        )));
    }
    let mut status = Status::Modifying;
    if let Some(password) = &input.master_user_password {
        checks::password(password)?;
        status = Status::ResettingMasterCredentials;
    }
    change_access(cx, &mut cluster, &input)?;
    change_care(&mut cluster, &input)?;
    change_storage(&mut cluster, &input)?;
    change_observation(&mut cluster, &input)?;
    change_version(&mut cluster, &input)?;
    let mut lasts = life::SETTING;
    if input.apply_immediately
        && let Some(version) = cluster.pending_version.take()
    {
        cluster.parameter_group = cluster.engine.default_parameter_group(&version);
        cluster.engine_version = version;
        (status, lasts) = (Status::Upgrading, life::REPLACEMENT);
    }
    if input.parameter_group.is_some() {
        cluster.parameter_group = cluster.engine.parameter_group(
            "DBClusterParameterGroup",
            input.parameter_group,
            &cluster.engine_version,
        )?;
    }
    if let Some(password) = &input.master_user_password {
        cluster.password = Some(Password::new(cx, password));
    }
    let groups = cluster.security_groups.clone();
    let group_of_instances = cluster
        .engine
        .default_parameter_group(&cluster.engine_version);
    cx.region().rds.clusters.insert(id.clone(), cluster);
    move_to_groups(cx, &id, &groups);
    give_parameter_group(cx, &id, &group_of_instances);
    life::cluster(cx, &id, status, lasts);
    Ok(json!({ "DBCluster": described(cx, &id) }))
}

/// Who reaches the database, and how.
fn change_access(cx: &mut Cx, cluster: &mut Cluster, input: &ModifyDbCluster) -> Result<(), Fault> {
    if let Some(port) = input.port {
        cluster.port = checks::port(port)?;
    }
    if !input.vpc_security_group_ids.is_empty() {
        let group = cx.region().rds.subnet_groups.get(&cluster.subnet_group);
        let vpc = group.map(|group| group.vpc.clone()).unwrap_or_default();
        checks::security_groups(cx, &vpc, &input.vpc_security_group_ids)?;
        cluster
            .security_groups
            .clone_from(&input.vpc_security_group_ids);
    }
    if let Some(network) = &input.network_type {
        checks::network(network)?;
        cluster.network.clone_from(network);
    }
    cluster.iam_authentication = input
        .iam_authentication
        .unwrap_or(cluster.iam_authentication);
    cluster.http_endpoint = input.enable_http_endpoint.unwrap_or(cluster.http_endpoint);
    Ok(())
}

/// Backups, maintenance, and protection from deletion.
fn change_care(cluster: &mut Cluster, input: &ModifyDbCluster) -> Result<(), Fault> {
    if let Some(days) = input.backup_retention_period {
        cluster.backup_days = checks::backup_days(days)?;
    }
    if let Some(window) = &input.preferred_backup_window {
        checks::backup_window(window)?;
        cluster.backup_window.clone_from(window);
    }
    if let Some(window) = &input.preferred_maintenance_window {
        checks::maintenance_window(window)?;
        cluster.maintenance_window.clone_from(window);
    }
    cluster.deletion_protection = input
        .deletion_protection
        .unwrap_or(cluster.deletion_protection);
    cluster.copy_tags = input.copy_tags_to_snapshot.unwrap_or(cluster.copy_tags);
    Ok(())
}

/// Storage, and how far the instances scale.
fn change_storage(cluster: &mut Cluster, input: &ModifyDbCluster) -> Result<(), Fault> {
    if let Some(storage) = &input.storage_type {
        checks::storage(storage)?;
        cluster.storage.clone_from(storage);
    }
    if let Some(given) = &input.serverless_v2_scaling_configuration {
        cluster.serverless = Some(scaling(given)?);
    }
    Ok(())
}

/// Logs, monitoring and insights.
fn change_observation(cluster: &mut Cluster, input: &ModifyDbCluster) -> Result<(), Fault> {
    if let Some(change) = &input.cloudwatch_logs_export_configuration {
        for types in [&change.enable_log_types, &change.disable_log_types] {
            checks::log_exports(cluster.engine, &cluster.engine_version, types)?;
        }
        cluster
            .log_exports
            .retain(|kind| !change.disable_log_types.contains(kind));
        for kind in &change.enable_log_types {
            if !cluster.log_exports.contains(kind) {
                cluster.log_exports.push(kind.clone());
            }
        }
    }
    cluster.monitoring = cluster
        .monitoring
        .changed(input.monitoring_interval, input.monitoring_role_arn.clone())?;
    cluster.insights = cluster.insights.changed(
        input.database_insights_mode.clone(),
        input.enable_performance_insights,
        input.insights_key.clone(),
        input.performance_insights_retention_period,
    )?;
    Ok(())
}

/// A later engine version, which is pending until it is applied.
fn change_version(cluster: &mut Cluster, input: &ModifyDbCluster) -> Result<(), Fault> {
    let Some(version) = &input.engine_version else {
        return Ok(());
    };
    let version = cluster.engine.version(Some(version))?;
    cluster.pending_version = match cluster.engine.upgrade(&cluster.engine_version, version) {
        None => {
            return Err(combination(format!(
                "Cannot upgrade {} from {} to {version}",
                cluster.engine.name, cluster.engine_version
            )));
        }
        Some(Step::Major) if !input.allow_major_version_upgrade => {
            return Err(combination(
                "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.",
            ));
        }
        Some(Step::None) => None,
        Some(_) => Some(version.to_owned()),
    };
    Ok(())
}
