//! `ModifyDBInstance`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::create::certificate;
use super::describe::described;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::network_interfaces;
use crate::services::rds::checks;
use crate::services::rds::faults::{combination, instance_state, invalid, no_such_instance};
use crate::services::rds::life::{self, Status};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ModifyDbInstance {
    #[serde(rename = "DBInstanceIdentifier")]
    id: String,
    #[serde(default)]
    apply_immediately: bool,
    #[serde(rename = "DBInstanceClass")]
    class: Option<String>,
    publicly_accessible: Option<bool>,
    promotion_tier: Option<u32>,
    #[serde(rename = "DBParameterGroupName")]
    parameter_group: Option<String>,
    preferred_maintenance_window: Option<String>,
    auto_minor_version_upgrade: Option<bool>,
    copy_tags_to_snapshot: Option<bool>,
    #[serde(rename = "CACertificateIdentifier")]
    certificate: Option<String>,
    monitoring_interval: Option<u32>,
    monitoring_role_arn: Option<String>,
    database_insights_mode: Option<String>,
    enable_performance_insights: Option<bool>,
    #[serde(rename = "PerformanceInsightsKMSKeyId")]
    insights_key: Option<String>,
    performance_insights_retention_period: Option<u32>,
    // What belongs to the cluster: known, so that RDS can say so.
    backup_retention_period: Option<u32>,
    #[serde(rename = "DBPortNumber")]
    port: Option<u32>,
    deletion_protection: Option<bool>,
    #[serde(rename = "EnableIAMDatabaseAuthentication")]
    iam_authentication: Option<bool>,
    engine_version: Option<String>,
    master_user_password: Option<String>,
    preferred_backup_window: Option<String>,
    #[serde(default)]
    vpc_security_group_ids: Vec<String>,
}

/// `ModifyDBInstance` (RDS API Reference). A new class waits for the maintenance window unless it
/// is to be applied immediately; everything else is applied at once.
pub(crate) fn modify_db_instance(cx: &mut Cx, input: ModifyDbInstance) -> Result<Value, Fault> {
    let id = checks::name_of(&input.id);
    let rds = &cx.region().rds;
    let mut instance = rds
        .instances
        .get(&id)
        .cloned()
        .ok_or_else(|| no_such_instance(&id))?;
    let cluster = rds.clusters.get(&instance.cluster);
    let (engine, version) = cluster
        .map(|cluster| (cluster.engine, cluster.engine_version.clone()))
        .unwrap_or_default();
    refuse_what_is_the_clusters(&input)?;
    if !instance.life.is(Status::Available) {
        return Err(instance_state(
            "Database instance is not in available state.",
        ));
    }
    if let Some(class) = input.class {
        engine.check_class(&class, &version)?;
        instance.pending_class = (class != instance.class).then_some(class);
    }
    if let Some(tier) = input.promotion_tier {
        if tier > 15 {
            return Err(invalid(format!(
                "Invalid promotion tier: {tier}. Valid values: 0 - 15"
            )));
        }
        instance.promotion_tier = tier;
    }
    if let Some(window) = input.preferred_maintenance_window {
        checks::maintenance_window(&window)?;
        instance.maintenance_window = window;
    }
    if input.parameter_group.is_some() {
        instance.parameter_group =
            engine.parameter_group("DBParameterGroup", input.parameter_group, &version)?;
    }
    if input.certificate.is_some() {
        instance.certificate = certificate(input.certificate)?;
    }
    instance.monitoring = instance
        .monitoring
        .changed(input.monitoring_interval, input.monitoring_role_arn)?;
    instance.insights = instance.insights.changed(
        input.database_insights_mode,
        input.enable_performance_insights,
        input.insights_key,
        input.performance_insights_retention_period,
    )?;
    instance.minor_upgrades = input
        .auto_minor_version_upgrade
        .unwrap_or(instance.minor_upgrades);
    instance.copy_tags = input.copy_tags_to_snapshot.unwrap_or(instance.copy_tags);
    instance.public = input.publicly_accessible.unwrap_or(instance.public);
    let lasts = match instance.pending_class.take_if(|_| input.apply_immediately) {
        Some(class) => {
            instance.class = class;
            life::REPLACEMENT
        }
        None => life::SETTING,
    };
    if let Some(interface) = &instance.interface {
        network_interfaces::publish(cx, interface, instance.public);
    }
    cx.region().rds.instances.insert(id.clone(), instance);
    life::instance(cx, &id, Status::Modifying, lasts);
    Ok(json!({ "DBInstance": described(cx, &id) }))
}

fn refuse_what_is_the_clusters(input: &ModifyDbInstance) -> Result<(), Fault> {
    let shared = [
        (input.backup_retention_period.is_some(), "backup retention"),
        (input.port.is_some(), "port"),
        (input.deletion_protection.is_some(), "deletion protection"),
        (
            input.iam_authentication.is_some(),
            "IAM database authentication",
        ),
        (input.engine_version.is_some(), "the DB engine version"),
        (input.master_user_password.is_some(), "master user password"),
        (input.preferred_backup_window.is_some(), "backup window"),
        (
            !input.vpc_security_group_ids.is_empty(),
            "vpc security group",
        ),
    ];
    match shared.iter().find(|(given, _)| *given) {
        Some((_, setting)) => Err(combination(format!(
            "The specified DB Instance is a member of a cluster. Modify {setting} for the DB Cluster \
             using the ModifyDbCluster API"
        ))),
        None => Ok(()),
    }
}

/// Puts the interfaces of all instances of `cluster` into `groups`.
pub(crate) fn move_to_groups(cx: &mut Cx, cluster: &str, groups: &[String]) {
    let region = cx.region();
    for instance in region.rds.members(cluster) {
        if let Some(id) = &instance.interface
            && let Some(interface) = region.ec2.network_interfaces.get_mut(id)
        {
            interface.groups = groups.to_vec();
        }
    }
}

/// Gives all instances of `cluster` the parameter group `name`: another major version has another.
pub(crate) fn give_parameter_group(cx: &mut Cx, cluster: &str, name: &str) {
    let instances = cx.region().rds.instances.values_mut();
    for instance in instances.filter(|instance| instance.cluster == cluster) {
        name.clone_into(&mut instance.parameter_group);
    }
}
