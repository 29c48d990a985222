//! `CreateDBCluster`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::described;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::iam;
use crate::services::rds::checks;
use crate::services::rds::connections::Password;
use crate::services::rds::engines::Engine;
use crate::services::rds::faults::{combination, invalid};
use crate::services::rds::life::{self, Life, Status};
use crate::services::rds::observation::{Insights, Monitoring};
use crate::services::rds::state::{Cluster, Serverless};
use crate::services::rds::subnet_groups;
use crate::services::rds::tags;
use crate::tags::Tag;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateDbCluster {
    #[serde(rename = "DBClusterIdentifier")]
    id: String,
    engine: String,
    engine_version: Option<String>,
    engine_mode: Option<String>,
    engine_lifecycle_support: Option<String>,
    database_name: Option<String>,
    master_username: Option<String>,
    master_user_password: Option<String>,
    port: Option<u32>,
    #[serde(default)]
    vpc_security_group_ids: Vec<String>,
    #[serde(rename = "DBSubnetGroupName")]
    subnet_group: Option<String>,
    #[serde(default)]
    availability_zones: Vec<String>,
    #[serde(rename = "DBClusterParameterGroupName")]
    parameter_group: Option<String>,
    backup_retention_period: Option<u32>,
    preferred_backup_window: Option<String>,
    preferred_maintenance_window: Option<String>,
    storage_encrypted: Option<bool>,
    kms_key_id: Option<String>,
    storage_type: Option<String>,
    #[serde(rename = "EnableIAMDatabaseAuthentication")]
    iam_authentication: Option<bool>,
    #[serde(default)]
    enable_cloudwatch_logs_exports: Vec<String>,
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
    #[serde(default)]
    tags: Vec<Tag>,
}

/// `ServerlessV2ScalingConfiguration`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct Scaling {
    min_capacity: Option<f64>,
    max_capacity: Option<f64>,
    seconds_until_auto_pause: Option<u32>,
}

/// `CreateDBCluster` (RDS API Reference): the storage; instances are made apart. Parameters of
/// other engines, of replication and of managed passwords are refused as unknown.
pub(crate) fn create_db_cluster(cx: &mut Cx, input: CreateDbCluster) -> Result<Value, Fault> {
    let (id, engine, version) = new_cluster(cx, &input)?;
    let encrypted = is_encrypted(cx, &input)?;
    let tags = tags::of_new(input.tags)?;
    let port = checks::port(input.port.unwrap_or(engine.port.into()))?;
    let backup_days = checks::backup_days(input.backup_retention_period.unwrap_or(1))?;
    let backup_window = input
        .preferred_backup_window
        .unwrap_or_else(|| "03:07-03:37".to_owned());
    checks::backup_window(&backup_window)?;
    let maintenance_window = input
        .preferred_maintenance_window
        .unwrap_or_else(|| "sun:05:11-sun:05:41".to_owned());
    checks::maintenance_window(&maintenance_window)?;
    checks::log_exports(engine, version, &input.enable_cloudwatch_logs_exports)?;
    let parameter_group =
        engine.parameter_group("DBClusterParameterGroup", input.parameter_group, version)?;
    let storage = input.storage_type.unwrap_or_else(|| "aurora".to_owned());
    checks::storage(&storage)?;
    let network = input.network_type.unwrap_or_else(|| "IPV4".to_owned());
    checks::network(&network)?;
    let support = support(input.engine_lifecycle_support, engine, version)?;
    let serverless = input
        .serverless_v2_scaling_configuration
        .as_ref()
        .map(scaling)
        .transpose()?;
    let monitoring =
        Monitoring::default().changed(input.monitoring_interval, input.monitoring_role_arn)?;
    let insights = Insights::default().changed(
        input.database_insights_mode,
        input.enable_performance_insights,
        input.insights_key,
        input.performance_insights_retention_period,
    )?;
    let group = subnet_groups::found(cx, input.subnet_group.as_deref())?;
    let zones = zones(cx, &group.subnets, input.availability_zones)?;
    let security_groups = guards(cx, &group.vpc, input.vpc_security_group_ids)?;
    iam::caller_links(cx, "rds.amazonaws.com").map_err(|_| {
        let words = "Unable to create the resource. Verify that you have permission to create service \
                     linked role. Otherwise wait and try again later";
        Fault::new("InvalidParameterValue", words)
    })?;
    let password = input.master_user_password.as_deref();
    let password = password.map(|password| Password::new(cx, password));
    let cluster = Cluster {
        id: id.clone(),
        resource_id: format!("cluster-{}", cx.id("", 26).to_uppercase()),
        life: Life {
            status: Status::Creating,
            until: None,
        },
        created: cx.now,
        engine,
        engine_version: version.to_owned(),
        pending_version: None,
        database: input.database_name,
        user: input.master_username.unwrap_or_default(),
        password,
        port,
        security_groups,
        subnet_group: group.name.clone(),
        zones,
        parameter_group,
        backup_days,
        backup_window,
        maintenance_window,
        encrypted,
        iam_authentication: input.iam_authentication.unwrap_or(false),
        log_exports: input.enable_cloudwatch_logs_exports,
        deletion_protection: input.deletion_protection.unwrap_or(false),
        http_endpoint: input.enable_http_endpoint.unwrap_or(false),
        copy_tags: input.copy_tags_to_snapshot.unwrap_or(false),
        network,
        storage,
        serverless,
        monitoring,
        insights,
        support,
        writer: None,
        tags,
    };
    let rds = &mut cx.region().rds;
    rds.subnet_groups.entry(group.name.clone()).or_insert(group);
    rds.clusters.insert(id.clone(), cluster);
    life::cluster(cx, &id, Status::Creating, life::CLUSTER_CREATION);
    Ok(json!({ "DBCluster": described(cx, &id) }))
}

/// Checks what makes a cluster one: its name, engine, master user and database. Gives the name as
/// RDS keeps it, the engine and its exact version.
fn new_cluster(
    cx: &mut Cx,
    input: &CreateDbCluster,
) -> Result<(String, Engine, &'static str), Fault> {
    let id = checks::identifier("DBClusterIdentifier", &input.id, 63)?;
    let engine = Engine::named(&input.engine)?;
    let version = engine.version(input.engine_version.as_deref())?;
    if let Some(mode) = &input.engine_mode {
        checks::one_of("EngineMode", mode, &["provisioned"])?;
    }
    let user = required("MasterUsername", input.master_username.as_ref())?;
    checks::user(engine, user)?;
    checks::password(required(
        "MasterUserPassword",
        input.master_user_password.as_ref(),
    )?)?;
    if let Some(name) = &input.database_name {
        checks::database(engine, name)?;
    }
    if cx.region().rds.clusters.contains_key(&id) {
        return Err(Fault::new(
            "DBClusterAlreadyExistsFault",
            "DB Cluster already exists",
        ));
    }
    Ok((id, engine, version))
}

fn required<'a>(parameter: &str, given: Option<&'a String>) -> Result<&'a str, Fault> {
    given
        .map(String::as_str)
        .filter(|value| !value.is_empty())
        .ok_or_else(|| {
            invalid(format!(
                "The parameter {parameter} must be provided and must not be blank."
            ))
        })
}

/// `EngineLifecycleSupport`: who opts out of RDS Extended Support gets no version that needs it.
fn support(given: Option<String>, engine: Engine, version: &str) -> Result<String, Fault> {
    const ENROLLED: &str = "open-source-rds-extended-support";
    const OPTED_OUT: &str = "open-source-rds-extended-support-disabled";
    let support = given.unwrap_or_else(|| ENROLLED.to_owned());
    checks::one_of("EngineLifecycleSupport", &support, &[ENROLLED, OPTED_OUT])?;
    if support == OPTED_OUT && engine.is_past_support(version) {
        return Err(combination(format!(
            "The engine version {version} of {} is past its end of standard support date and can't be used \
             with the EngineLifecycleSupport {OPTED_OUT}.",
            engine.name
        )));
    }
    Ok(support)
}

/// Whether the storage is encrypted; a key makes sense only if it is.
fn is_encrypted(cx: &mut Cx, input: &CreateDbCluster) -> Result<bool, Fault> {
    let encrypted = input.storage_encrypted.unwrap_or(false);
    if let Some(key) = &input.kms_key_id {
        if !encrypted {
            return Err(combination(
                "KmsKeyId can be specified only if StorageEncrypted is true.",
            ));
        }
        checks::key(&cx.region().rds, key)?;
    }
    Ok(encrypted)
}

/// The security groups: those given, or the VPC's default.
fn guards(cx: &mut Cx, vpc: &str, given: Vec<String>) -> Result<Vec<String>, Fault> {
    if given.is_empty() {
        let default = cx.region().ec2.group_named(vpc, "default");
        return Ok(default.map(|group| group.id.clone()).into_iter().collect());
    }
    checks::security_groups(cx, vpc, &given)?;
    Ok(given)
}

/// Up to three zones that the subnets cover; where none are named, the first three.
fn zones(cx: &mut Cx, subnets: &[String], given: Vec<String>) -> Result<Vec<String>, Fault> {
    let mut covered = cx.region().ec2.zones_of(subnets);
    covered.sort();
    covered.dedup();
    if given.len() > 3 {
        return Err(invalid(
            "AvailabilityZones must name at most three Availability Zones.",
        ));
    }
    if let Some(zone) = given.iter().find(|zone| !covered.contains(zone)) {
        return Err(Fault::new(
            "InvalidVPCNetworkStateFault",
            format!("Availability Zone {zone} is not covered by the DB subnet group."),
        ));
    }
    covered.retain(|zone| given.is_empty() || given.contains(zone));
    covered.truncate(3);
    Ok(covered)
}

/// Checks how far Serverless v2 instances scale.
pub(super) fn scaling(given: &Scaling) -> Result<Serverless, Fault> {
    let (Some(least), Some(most)) = (given.min_capacity, given.max_capacity) else {
        return Err(combination(
            "Set both MinCapacity and MaxCapacity in ServerlessV2ScalingConfiguration.",
        ));
    };
    let is_half_steps = |capacity: f64| (capacity * 2.0).fract() == 0.0;
    let fits = (0.0..=256.0).contains(&least) && (1.0..=256.0).contains(&most) && least <= most;
    if !fits || !is_half_steps(least) || !is_half_steps(most) {
        return Err(invalid(format!(
            "Invalid Serverless v2 capacity: {least} to {most}."
        )));
    }
    Ok(Serverless {
        least,
        most,
        pause_after: given.seconds_until_auto_pause,
    })
}
