//! `DescribeDBEngineVersions`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::engine::{Engine, Major, Release, Step};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::rds::listing::{Asked, Filter, answer};

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

/// `DescribeDBEngineVersions` (RDS API Reference). Engines that are not here have no versions.
pub(crate) fn describe_db_engine_versions(
    cx: &mut Cx,
    input: DescribeDbEngineVersions,
) -> Result<Value, Fault> {
    let engines = Engine::ALL.into_iter();
    let versions = engines.flat_map(|engine| {
        let releases = engine.releases();
        releases.map(move |(major, release)| (engine, major, release))
    });
    let described = versions
        .filter(|(engine, major, release)| input.asks_for(*engine, major, release))
        .map(|(engine, major, release)| described(cx, engine, major, release))
        .collect();
    let filters = [
        ("db-parameter-group-family", "DBParameterGroupFamily"),
        ("engine", "Engine"),
        ("engine-mode", "SupportedEngineModes"),
        ("engine-version", "EngineVersion"),
        ("status", "Status"),
    ];
    let asked = Asked {
        filters: input.filters,
        max_records: input.max_records,
        marker: input.marker,
    };
    answer("DBEngineVersions", &filters, described, asked)
}

impl DescribeDbEngineVersions {
    fn asks_for(&self, engine: Engine, major: &'static Major, release: &Release) -> bool {
        let is =
            |given: &Option<String>, value: &str| given.as_deref().is_none_or(|it| it == value);
        let of_major = self.engine_version.as_deref() == Some(major.name);
        // Of a major version its own default, otherwise the engine's.
        let default = if of_major {
            engine.default_of(major)
        } else {
            Some(engine.default_version)
        };
        is(&self.engine, engine.name)
            && (of_major || is(&self.engine_version, release.version))
            && is(&self.family, &engine.family(major))
            && (!self.default_only || default == Some(release.version))
    }
}

fn described(cx: &Cx, engine: Engine, major: &Major, release: &Release) -> Value {
    let (name, version) = (engine.name, release.version);
    let serverless = major.classes.contains(&"db.serverless");
    json!({
        "Engine": name,
        "MajorEngineVersion": major.name,
        "EngineVersion": version,
        "DBParameterGroupFamily": engine.family(major),
        "DBEngineDescription": engine.description,
        "DBEngineVersionDescription": release.description,
        "DBEngineVersionArn": format!("arn:aws:rds:{}::engine-version:{name}/{version}", cx.region),
        "ValidUpgradeTarget": upgrade_targets(engine, version),
        "ExportableLogTypes": engine.log_types,
        "SupportsLogExportsToCloudwatchLogs": true,
        "SupportsReadReplica": false,
        "SupportedEngineModes": ["provisioned"],
        "SupportedFeatureNames": [],
        "Status": "available",
        "SupportsParallelQuery": engine.parallel_query,
        "SupportsGlobalDatabases": true,
        "TagList": [],
        "SupportsBabelfish": engine.babelfish,
        "SupportsLimitlessDatabase": false,
        "SupportsCertificateRotationWithoutRestart": true,
        "SupportedCACertificateIdentifiers": ["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"],
        "SupportsLocalWriteForwarding": true,
        "SupportsIntegrations": false,
        "ServerlessV2FeaturesSupport": serverless.then(|| json!({ "MinCapacity": 0.0, "MaxCapacity": 256.0 })),
    })
}

/// The versions that a cluster of `version` can go to.
fn upgrade_targets(engine: Engine, version: &str) -> Value {
    let targets = engine.releases().filter_map(|(_, target)| {
        let step = engine.upgrade(version, target.version)?;
        (step != Step::None).then(|| {
            json!({
                "Engine": engine.name,
                "EngineVersion": target.version,
                "Description": target.description,
                "AutoUpgrade": false,
                "IsMajorVersionUpgrade": step == Step::Major,
            })
        })
    });
    targets.collect()
}
