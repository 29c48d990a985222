//! `DescribeOrderableDBInstanceOptions`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::engine::Engine;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::zone_names;
use crate::services::rds::listing::{Asked, Filter, answer};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeOrderableDbInstanceOptions {
    engine: String,
    engine_version: Option<String>,
    #[serde(rename = "DBInstanceClass")]
    class: Option<String>,
    license_model: Option<String>,
    vpc: Option<bool>,
    #[serde(default)]
    filters: Vec<Filter>,
    max_records: Option<usize>,
    marker: Option<String>,
}

/// `DescribeOrderableDBInstanceOptions` (RDS API Reference). Engines that are not here have no
/// options, as on AWS one that no longer is offered.
pub(crate) fn describe_orderable_db_instance_options(
    cx: &mut Cx,
    input: DescribeOrderableDbInstanceOptions,
) -> Result<Value, Fault> {
    let engine = Engine::named(&input.engine)?;
    let fits =
        |given: &Option<String>, value: &str| given.as_deref().is_none_or(|given| given == value);
    let zones: Value = zone_names(cx.region)
        .map(|name| json!({ "Name": name }))
        .collect();
    let releases = engine
        .releases()
        .filter(|(_, release)| fits(&input.engine_version, release.version));
    let options = releases.flat_map(|(major, release)| {
        let classes = major.classes.iter();
        classes.map(move |class| (major, release.version, *class))
    });
    let wanted = fits(&input.license_model, engine.license) && input.vpc != Some(false);
    let options = options.filter(|(_, _, class)| wanted && fits(&input.class, class));
    let described = options.map(|(major, version, class)| {
        json!({
            "Engine": engine.name,
            "EngineVersion": version,
            "DBInstanceClass": class,
            "LicenseModel": engine.license,
            "AvailabilityZones": zones,
            "MultiAZCapable": false,
            "ReadReplicaCapable": false,
            "Vpc": true,
            "SupportsStorageEncryption": true,
            "StorageType": "aurora",
            "SupportsIops": false,
            "SupportsStorageThroughput": false,
            "SupportsEnhancedMonitoring": true,
            "SupportsIAMDatabaseAuthentication": true,
            "SupportsPerformanceInsights": true,
            "SupportedEngineModes": ["provisioned"],
            "SupportsStorageAutoscaling": false,
            "SupportsKerberosAuthentication": true,
            "OutpostCapable": false,
            "SupportsGlobalDatabases": true,
            "SupportedNetworkTypes": ["IPV4"],
            "SupportsClusters": true,
            "SupportsDedicatedLogVolume": false,
            "SupportsHttpEndpoint": major.data_api,
        })
    });
    let asked = Asked {
        filters: input.filters,
        max_records: input.max_records,
        marker: input.marker,
    };
    let described = described.collect();
    answer("OrderableDBInstanceOptions", &[], described, asked)
}
