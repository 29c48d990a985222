//! What can be ordered: engine versions and instance classes of Aurora PostgreSQL.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{combination, invalid};
use super::listing::{Asked, Filter, answer};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::zone_names;

/// The one engine that is here.
pub(super) const ENGINE: &str = "aurora-postgresql";

/// Versions by major version, each list from old to new
/// (Release Notes for Aurora PostgreSQL, "Amazon Aurora PostgreSQL updates").
const VERSIONS: [(&str, &[&str]); 4] = [
    ("14", &["14.17", "14.18"]),
    ("15", &["15.10", "15.12", "15.13"]),
    ("16", &["16.4", "16.6", "16.8", "16.9"]),
    ("17", &["17.4", "17.5"]),
];

/// What is taken where no version is named.
const DEFAULT: &str = "17.4";

/// Instance classes that every one of these versions runs on
/// (Amazon Aurora User Guide, "Supported DB engines for DB instance classes").
const CLASSES: [&str; 12] = [
    "db.serverless",
    "db.t3.medium",
    "db.t3.large",
    "db.t4g.medium",
    "db.t4g.large",
    "db.r5.large",
    "db.r6g.large",
    "db.r6g.xlarge",
    "db.r6i.large",
    "db.r7g.large",
    "db.r7g.xlarge",
    "db.r8g.large",
];

/// The engine must be the one that is here.
pub(super) fn check_engine(engine: &str) -> Result<(), Fault> {
    if engine == ENGINE {
        Ok(())
    } else {
        Err(invalid("Invalid DB engine"))
    }
}

/// The exact version that `given` means: itself, a major version's default, or the default.
pub(super) fn version(given: Option<&str>) -> Result<&'static str, Fault> {
    let Some(given) = given else {
        return Ok(DEFAULT);
    };
    if let Some((major, minors)) = VERSIONS.iter().find(|(major, _)| *major == given) {
        let newest = minors.last().copied().unwrap_or(DEFAULT);
        return Ok(if DEFAULT.starts_with(major) {
            DEFAULT
        } else {
            newest
        });
    }
    all_versions()
        .find(|(_, version)| *version == given)
        .map(|(_, version)| version)
        .ok_or_else(|| combination(format!("Cannot find version {given} for {ENGINE}")))
}

/// Whether a cluster can go from one version to the other, and if that is a major step.
pub(super) fn upgrade(from: &str, to: &str) -> Option<Step> {
    let place = |version: &str| all_versions().position(|(_, known)| known == version);
    match place(from)?.cmp(&place(to)?) {
        std::cmp::Ordering::Less if major(from) == major(to) => Some(Step::Minor),
        std::cmp::Ordering::Less => Some(Step::Major),
        std::cmp::Ordering::Equal => Some(Step::None),
        std::cmp::Ordering::Greater => None,
    }
}

/// How far apart two versions are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    None,
    Minor,
    Major,
}

/// The major version, `16` of `16.4`.
pub(super) fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or(version)
}

/// The parameter group, of clusters or of instances, that AWS keeps for a version.
pub(super) fn default_parameter_group(version: &str) -> String {
    format!("default.{ENGINE}{}", major(version))
}

/// The class must be one that the engine runs on.
pub(super) fn check_class(class: &str, version: &str) -> Result<(), Fault> {
    if CLASSES.contains(&class) {
        return Ok(());
    }
    if !class.starts_with("db.") || class.split('.').count() < 3 {
        return Err(invalid(format!("Invalid DB Instance class: {class}")));
    }
    Err(combination(format!(
        "RDS does not support creating a DB instance with the following combination: DBInstanceClass={class}, \
         Engine={ENGINE}, EngineVersion={version}, LicenseModel=postgresql-license. For supported \
         combinations of instance class and database engine version, see the documentation."
    )))
}

fn all_versions() -> impl Iterator<Item = (&'static str, &'static str)> {
    VERSIONS
        .iter()
        .flat_map(|(major, minors)| minors.iter().map(move |minor| (*major, *minor)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are the operation's flags"
)]
pub(crate) struct DescribeDbEngineVersions {
    engine: Option<String>,
    engine_version: Option<String>,
    #[serde(rename = "DBParameterGroupFamily")]
    family: Option<String>,
    #[serde(default)]
    default_only: bool,
    // There are no deprecated versions and no character sets or time zones to list.
    #[serde(default, rename = "IncludeAll")]
    _all: bool,
    #[serde(default, rename = "ListSupportedCharacterSets")]
    _character_sets: bool,
    #[serde(default, rename = "ListSupportedTimezones")]
    _timezones: bool,
    #[serde(default)]
    filters: Vec<Filter>,
    max_records: Option<usize>,
    marker: Option<String>,
}

/// `DescribeDBEngineVersions` (RDS API Reference).
pub(crate) fn describe_db_engine_versions(
    cx: &mut Cx,
    input: DescribeDbEngineVersions,
) -> Result<Value, Fault> {
    let wanted = |(of, version): &(&str, &str)| {
        let family = format!("{ENGINE}{of}");
        let default = match input.engine_version.as_deref() {
            // Of a major version its own default, otherwise the engine's.
            Some(given) if given == *of => self::version(Some(of)).is_ok_and(|it| it == *version),
            _ => *version == DEFAULT,
        };
        input
            .engine
            .as_deref()
            .is_none_or(|engine| engine == ENGINE)
            && input
                .engine_version
                .as_deref()
                .is_none_or(|given| given == *of || given == *version)
            && input.family.as_ref().is_none_or(|given| *given == family)
            && (!input.default_only || default)
    };
    let arn = format!("arn:aws:rds:{}::engine-version:{ENGINE}/", cx.region);
    let described = all_versions().filter(wanted).map(|(of, version)| {
        let targets = all_versions().filter(|(_, target)| {
            matches!(upgrade(version, target), Some(Step::Minor | Step::Major))
        });
        let targets = targets.map(|(target_major, target)| {
            json!({
                "Engine": ENGINE,
                "EngineVersion": target,
                "Description": description(target),
                "AutoUpgrade": false,
                "IsMajorVersionUpgrade": target_major != of,
            })
        });
        json!({
            "Engine": ENGINE,
            "MajorEngineVersion": of,
            "EngineVersion": version,
            "DBParameterGroupFamily": format!("{ENGINE}{of}"),
            "DBEngineDescription": "Aurora (PostgreSQL)",
            "DBEngineVersionDescription": description(version),
            "DBEngineVersionArn": format!("{arn}{version}"),
            "ValidUpgradeTarget": targets.collect::<Value>(),
            "ExportableLogTypes": ["iam-db-auth-error", "instance", "postgresql"],
            "SupportsLogExportsToCloudwatchLogs": true,
            "SupportsReadReplica": false,
            "SupportedEngineModes": ["provisioned"],
            "SupportedFeatureNames": [],
            "Status": "available",
            "SupportsParallelQuery": false,
            "SupportsGlobalDatabases": true,
            "TagList": [],
            "SupportsBabelfish": true,
            "SupportsLimitlessDatabase": false,
            "SupportsCertificateRotationWithoutRestart": true,
            "SupportedCACertificateIdentifiers": ["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"],
            "SupportsLocalWriteForwarding": true,
            "SupportsIntegrations": false,
            "ServerlessV2FeaturesSupport": { "MinCapacity": 0.0, "MaxCapacity": 256.0 },
        })
    });
    let filters = [
        ("db-parameter-group-family", "DBParameterGroupFamily"),
        ("engine", "Engine"),
        ("engine-mode", "SupportedEngineModes"),
        ("engine-version", "EngineVersion"),
        ("status", "Status"),
    ];
    answer(
        "DBEngineVersions",
        &filters,
        described.collect(),
        Asked {
            filters: input.filters,
            max_records: input.max_records,
            marker: input.marker,
        },
    )
}

fn description(version: &str) -> String {
    format!("Aurora PostgreSQL (Compatible with PostgreSQL {version})")
}

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
    check_engine(&input.engine)?;
    let fits =
        |given: &Option<String>, value: &str| given.as_deref().is_none_or(|given| given == value);
    let zones: Value = zone_names(cx.region)
        .map(|name| json!({ "Name": name }))
        .collect();
    let versions = all_versions()
        .map(|(_, version)| version)
        .filter(|version| fits(&input.engine_version, version));
    let options = versions.flat_map(|version| {
        let classes = CLASSES.iter().filter(|class| fits(&input.class, class));
        classes.map(move |class| (version, *class))
    });
    let wanted = fits(&input.license_model, "postgresql-license") && input.vpc != Some(false);
    let described = options.filter(|_| wanted).map(|(version, class)| {
        json!({
            "Engine": ENGINE,
            "EngineVersion": version,
            "DBInstanceClass": class,
            "LicenseModel": "postgresql-license",
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
            "SupportsHttpEndpoint": true,
        })
    });
    answer(
        "OrderableDBInstanceOptions",
        &[],
        described.collect(),
        Asked {
            filters: input.filters,
            max_records: input.max_records,
            marker: input.marker,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_major_version_means_its_default() {
        assert_eq!(version(None).unwrap(), DEFAULT);
        assert_eq!(version(Some("17")).unwrap(), DEFAULT);
        assert_eq!(version(Some("16")).unwrap(), "16.9");
        assert_eq!(version(Some("16.4")).unwrap(), "16.4");
        assert!(version(Some("16.99")).is_err());
    }

    #[test]
    fn versions_only_go_up() {
        assert_eq!(upgrade("16.4", "16.8"), Some(Step::Minor));
        assert_eq!(upgrade("16.4", "17.4"), Some(Step::Major));
        assert_eq!(upgrade("16.4", "16.4"), Some(Step::None));
        assert_eq!(upgrade("16.8", "16.4"), None);
    }
}
