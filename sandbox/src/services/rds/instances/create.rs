//! `CreateDBInstance`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::described;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::network_interfaces::{self, Placement};
use crate::services::rds::checks;
use crate::services::rds::engines::Engine;
use crate::services::rds::faults::{cluster_state, combination, invalid, no_such_cluster};
use crate::services::rds::life::{self, Life, Status};
use crate::services::rds::state::{Cluster, Instance};
use crate::services::rds::tags;
use crate::tags::Tag;

/// How many instances a cluster can have: a writer and fifteen readers.
const MOST: usize = 16;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateDbInstance {
    #[serde(rename = "DBInstanceIdentifier")]
    id: String,
    #[serde(rename = "DBClusterIdentifier")]
    cluster: Option<String>,
    #[serde(rename = "DBInstanceClass")]
    class: String,
    engine: String,
    engine_version: Option<String>,
    license_model: Option<String>,
    availability_zone: Option<String>,
    #[serde(rename = "DBSubnetGroupName")]
    subnet_group: Option<String>,
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
    storage_encrypted: Option<bool>,
    #[serde(rename = "MultiAZ")]
    multi_az: Option<bool>,
    #[serde(default)]
    tags: Vec<Tag>,
    // What belongs to the cluster: known, so that RDS can say so.
    allocated_storage: Option<u32>,
    backup_retention_period: Option<u32>,
    #[serde(rename = "DBName")]
    database_name: Option<String>,
    deletion_protection: Option<bool>,
    #[serde(rename = "EnableIAMDatabaseAuthentication")]
    iam_authentication: Option<bool>,
    master_username: Option<String>,
    master_user_password: Option<String>,
    port: Option<u32>,
    preferred_backup_window: Option<String>,
    #[serde(default)]
    vpc_security_group_ids: Vec<String>,
}

/// `CreateDBInstance` (RDS API Reference): a member of an Aurora cluster, the first of which is
/// the writer. It may be asked for while its cluster is still creating.
pub(crate) fn create_db_instance(cx: &mut Cx, input: CreateDbInstance) -> Result<Value, Fault> {
    let (id, cluster) = new_member(cx, &input)?;
    let promotion_tier = input.promotion_tier.unwrap_or(1);
    if promotion_tier > 15 {
        return Err(invalid(format!(
            "Invalid promotion tier: {promotion_tier}. Valid values: 0 - 15"
        )));
    }
    let maintenance_window = input
        .preferred_maintenance_window
        .unwrap_or_else(|| cluster.maintenance_window.clone());
    checks::maintenance_window(&maintenance_window)?;
    let parameter_group = cluster.engine.parameter_group(
        "DBParameterGroup",
        input.parameter_group,
        &cluster.engine_version,
    )?;
    let certificate = certificate(input.certificate)?;
    let monitoring = cluster
        .monitoring
        .changed(input.monitoring_interval, input.monitoring_role_arn)?;
    let insights = cluster.insights.changed(
        input.database_insights_mode,
        input.enable_performance_insights,
        input.insights_key,
        input.performance_insights_retention_period,
    )?;
    let tags = tags::of_new(input.tags)?;
    let (zone, subnet) = place(cx, &cluster, input.availability_zone)?;
    let public = input.publicly_accessible.unwrap_or(false);
    let interface = network_interfaces::place(
        cx,
        &Placement {
            subnet: &subnet,
            groups: &cluster.security_groups,
            description: "RDSNetworkInterface",
            requester: "amazon-rds",
            public,
        },
    );
    let instance = Instance {
        id: id.clone(),
        resource_id: format!("db-{}", cx.id("", 26).to_uppercase()),
        cluster: cluster.id.clone(),
        life: Life {
            status: Status::Creating,
            until: None,
        },
        created: cx.now,
        class: input.class,
        pending_class: None,
        zone,
        public,
        promotion_tier,
        parameter_group,
        maintenance_window,
        minor_upgrades: input.auto_minor_version_upgrade.unwrap_or(true),
        copy_tags: input.copy_tags_to_snapshot.unwrap_or(false),
        certificate,
        monitoring,
        insights,
        interface,
        tags,
    };
    let rds = &mut cx.region().rds;
    rds.instances.insert(id.clone(), instance);
    if let Some(cluster) = rds.clusters.get_mut(&cluster.id) {
        cluster.writer.get_or_insert_with(|| id.clone());
    }
    life::instance(cx, &id, Status::Creating, life::INSTANCE_CREATION);
    Ok(json!({ "DBInstance": described(cx, &id) }))
}

/// Checks name, engine, class and cluster. Gives the name as RDS keeps it, and the cluster.
fn new_member(cx: &mut Cx, input: &CreateDbInstance) -> Result<(String, Cluster), Fault> {
    let id = checks::identifier("DBInstanceIdentifier", &input.id, 63)?;
    let engine = Engine::named(&input.engine)?;
    refuse_what_is_the_clusters(engine, input)?;
    let name = input
        .cluster
        .as_deref()
        .map(checks::name_of)
        .ok_or_else(|| {
            combination(format!(
                "The engine {} requires a DBClusterIdentifier.",
                engine.name
            ))
        })?;
    let rds = &cx.region().rds;
    if rds.instances.contains_key(&id) {
        return Err(Fault::new(
            "DBInstanceAlreadyExists",
            "DB instance already exists",
        ));
    }
    let cluster = rds
        .clusters
        .get(&name)
        .cloned()
        .ok_or_else(|| no_such_cluster(&name))?;
    check_against(&cluster, engine, input)?;
    if rds.members(&name).len() >= MOST {
        return Err(Fault::new(
            "InstanceQuotaExceeded",
            format!("Cannot create more than {MOST} DB instances in DB cluster {name}."),
        ));
    }
    engine.check_class(&input.class, &cluster.engine_version)?;
    if input.class == "db.serverless" && cluster.serverless.is_none() {
        return Err(combination(
            "Set the Serverless v2 scaling configuration on the parent DB cluster before creating a \
             Serverless v2 DB instance.",
        ));
    }
    Ok((id, cluster))
}

/// Settings that all instances of a cluster share cannot be given to one.
fn refuse_what_is_the_clusters(engine: Engine, input: &CreateDbInstance) -> Result<(), Fault> {
    if input.multi_az == Some(true) {
        return Err(combination(format!(
            "VPC Multi-AZ DB Instances are not available for engine: {}",
            engine.name
        )));
    }
    let shared = [
        (
            input.backup_retention_period.is_some(),
            "backup retention period",
        ),
        (input.database_name.is_some(), "database name"),
        (input.deletion_protection.is_some(), "deletion protection"),
        (
            input.iam_authentication.is_some(),
            "IAM database authentication",
        ),
        (input.master_username.is_some(), "master user name"),
        (input.master_user_password.is_some(), "master user password"),
        (input.port.is_some(), "port number"),
        (input.preferred_backup_window.is_some(), "backup window"),
        (
            !input.vpc_security_group_ids.is_empty(),
            "vpc security group",
        ),
    ];
    if let Some((_, setting)) = shared.iter().find(|(given, _)| *given) {
        return Err(combination(format!(
            "The requested DB Instance will be a member of a DB Cluster. Set {setting} for the DB Cluster."
        )));
    }
    if input.allocated_storage.is_some() {
        return Err(combination(
            "The requested DB instance will be a member of a DB cluster. You don't need to set storage size.",
        ));
    }
    Ok(())
}

/// What is given again must be what the cluster has, and the cluster must be one that can grow.
fn check_against(cluster: &Cluster, engine: Engine, input: &CreateDbInstance) -> Result<(), Fault> {
    if engine != cluster.engine {
        return Err(combination(format!(
            "The engine name requested for your DB instance ({}) doesn't match the engine name of your \
             DB cluster ({}).",
            engine.name, cluster.engine.name
        )));
    }
    if matches!(
        cluster.life.status,
        Status::Deleting | Status::Stopping | Status::Stopped | Status::Starting
    ) {
        return Err(cluster_state(format!(
            "Cannot create a DB instance in DB cluster {}, because it is not in available state.",
            cluster.id
        )));
    }
    if let Some(version) = &input.engine_version
        && *version != cluster.engine_version
        && version != engine.major(&cluster.engine_version)
    {
        return Err(combination(format!(
            "The engine version that you requested for your DB instance ({version}) does not match the \
             engine version of your DB cluster ({}).",
            cluster.engine_version
        )));
    }
    if let Some(license) = &input.license_model {
        checks::one_of("LicenseModel", license, &[engine.license])?;
    }
    let other_group = input
        .subnet_group
        .as_ref()
        .is_some_and(|name| !name.eq_ignore_ascii_case(&cluster.subnet_group));
    if other_group {
        return Err(combination(
            "The DB subnet group that you requested for your DB instance does not match that of your DB cluster.",
        ));
    }
    if input
        .storage_encrypted
        .is_some_and(|encrypted| encrypted != cluster.encrypted)
    {
        return Err(combination(
            "The requested DB Instance will be a member of a DB Cluster. Set storage encryption for the DB Cluster.",
        ));
    }
    Ok(())
}

/// The zone and subnet of a new instance: the zone asked for, or the cluster's zone with the
/// fewest instances.
fn place(cx: &mut Cx, cluster: &Cluster, zone: Option<String>) -> Result<(String, String), Fault> {
    let region = cx.region();
    let subnets = region.rds.subnet_groups.get(&cluster.subnet_group);
    let subnets = subnets
        .map(|group| group.subnets.clone())
        .unwrap_or_default();
    let members = region.rds.members(&cluster.id);
    let crowd = |zone: &&String| {
        members
            .iter()
            .filter(|member| member.zone == **zone)
            .count()
    };
    let zone = zone
        .or_else(|| cluster.zones.iter().min_by_key(crowd).cloned())
        .unwrap_or_default();
    let subnet = subnets.into_iter().find(|id| {
        region
            .ec2
            .subnets
            .get(id)
            .is_some_and(|subnet| subnet.zone == zone)
    });
    match subnet {
        Some(subnet) => Ok((zone, subnet)),
        None => Err(Fault::new(
            "InvalidVPCNetworkStateFault",
            format!(
                "Cannot create a DB instance in {zone}: DB subnet group '{}' does not cover this Availability Zone.",
                cluster.subnet_group
            ),
        )),
    }
}

/// The certificate authority that signs the instance's certificate.
pub(super) fn certificate(given: Option<String>) -> Result<String, Fault> {
    const KNOWN: [&str; 3] = ["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"];
    match given {
        None => Ok(KNOWN[0].to_owned()),
        Some(name) if KNOWN.contains(&name.as_str()) => Ok(name),
        Some(name) => Err(Fault::not_found(
            "CertificateNotFound",
            format!("Certificate not found: {name}"),
        )),
    }
}
