//! A database engine, and everything by which one differs from another.

use std::cmp::Ordering;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::{mysql, postgresql};
use crate::fault::Fault;
use crate::services::rds::faults::{combination, invalid, no_such_parameter_group};

/// The engines that are here, by AWS's names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Engine {
    AuroraMysql,
    /// Also the engine of what was stored when it was the only one.
    #[default]
    AuroraPostgresql,
}

/// The constants of an engine.
pub(crate) struct Profile {
    pub(crate) name: &'static str,
    pub(super) description: &'static str,
    pub(crate) license: &'static str,
    /// What a cluster snapshot calls the license.
    pub(crate) snapshot_license: &'static str,
    /// The port where none is named.
    pub(crate) port: u16,
    /// From old to new.
    pub(super) majors: &'static [Major],
    /// The version where none is named.
    pub(super) default_version: &'static str,
    /// The logs that a cluster can export.
    pub(crate) log_types: &'static [&'static str],
    /// How long the master user's name may be.
    pub(crate) longest_user: usize,
    /// How long the initial database's name may be.
    pub(crate) longest_database: usize,
    /// Users, roles and databases that the engine or RDS has already.
    pub(super) own_names: &'static [&'static str],
    /// The reserved words of its SQL, a space between them.
    pub(super) reserved_words: &'static str,
    pub(super) babelfish: bool,
    pub(super) parallel_query: bool,
}

/// A major version of an engine.
pub(super) struct Major {
    pub(super) name: &'static str,
    /// From old to new.
    pub(super) releases: &'static [Release],
    /// The instance classes that every one of the releases runs on.
    pub(super) classes: &'static [&'static str],
    /// Standard support is over, and only RDS Extended Support is left.
    pub(super) is_past_support: bool,
    /// Whether the HTTP endpoint, RDS Data API, is there.
    pub(super) data_api: bool,
}

/// A version that can be ordered.
pub(super) struct Release {
    pub(super) version: &'static str,
    pub(super) description: &'static str,
}

/// How far apart two versions are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    None,
    Minor,
    Major,
}

impl Deref for Engine {
    type Target = Profile;

    fn deref(&self) -> &Profile {
        self.profile()
    }
}

impl Engine {
    pub(super) const ALL: [Engine; 2] = [Engine::AuroraMysql, Engine::AuroraPostgresql];

    fn profile(self) -> &'static Profile {
        match self {
            Engine::AuroraMysql => &mysql::PROFILE,
            Engine::AuroraPostgresql => &postgresql::PROFILE,
        }
    }

    /// The engine of that name, which must be one that is here.
    pub(crate) fn named(name: &str) -> Result<Engine, Fault> {
        Engine::ALL
            .into_iter()
            .find(|engine| engine.name == name)
            .ok_or_else(|| invalid("Invalid DB engine"))
    }

    /// Every release and its major version, from old to new.
    pub(super) fn releases(self) -> impl Iterator<Item = (&'static Major, &'static Release)> {
        let of = |major: &'static Major| major.releases.iter().map(move |release| (major, release));
        self.profile().majors.iter().flat_map(of)
    }

    /// The exact version that `given` means: itself, a major version's default, or the default.
    pub(crate) fn version(self, given: Option<&str>) -> Result<&'static str, Fault> {
        let profile = self.profile();
        let Some(given) = given else {
            return Ok(profile.default_version);
        };
        let major = profile.majors.iter().find(|major| major.name == given);
        let exact = || self.find(given).map(|(_, release)| release.version);
        major
            .and_then(|major| self.default_of(major))
            .or_else(exact)
            .ok_or_else(|| combination(format!("Cannot find version {given} for {}", self.name)))
    }

    /// The version of a major version that is taken where no other is named.
    pub(super) fn default_of(self, major: &'static Major) -> Option<&'static str> {
        let mut versions = major.releases.iter().map(|release| release.version);
        let default = versions.find(|version| *version == self.default_version);
        default.or_else(|| major.releases.last().map(|release| release.version))
    }

    fn find(self, version: &str) -> Option<(&'static Major, &'static Release)> {
        self.releases()
            .find(|(_, release)| release.version == version)
    }

    /// Whether a cluster can go from one version to the other, and if that is a major step.
    pub(crate) fn upgrade(self, from: &str, to: &str) -> Option<Step> {
        let place = |version: &str| {
            self.releases()
                .position(|(_, release)| release.version == version)
        };
        match place(from)?.cmp(&place(to)?) {
            Ordering::Less if self.major(from) == self.major(to) => Some(Step::Minor),
            Ordering::Less => Some(Step::Major),
            Ordering::Equal => Some(Step::None),
            Ordering::Greater => None,
        }
    }

    /// The major version: `16` of `16.4`, `8.0` of `8.0.mysql_aurora.3.10.3`.
    pub(crate) fn major(self, version: &str) -> &'static str {
        self.find(version).map_or("", |(major, _)| major.name)
    }

    /// Whether only RDS Extended Support is left for a version.
    pub(crate) fn is_past_support(self, version: &str) -> bool {
        self.find(version)
            .is_some_and(|(major, _)| major.is_past_support)
    }

    /// The family of parameter groups of a version: `aurora-postgresql16`.
    pub(super) fn family(self, major: &Major) -> String {
        format!("{}{}", self.name, major.name)
    }

    /// The parameter group, of clusters or of instances, that AWS keeps for a version.
    pub(crate) fn default_parameter_group(self, version: &str) -> String {
        format!("default.{}{}", self.name, self.major(version))
    }

    /// The parameter group of that name, or the version's own where none is named. There are only
    /// AWS's own. `kind` is `DBClusterParameterGroup` or `DBParameterGroup`.
    pub(crate) fn parameter_group(
        self,
        kind: &str,
        given: Option<String>,
        version: &str,
    ) -> Result<String, Fault> {
        let default = self.default_parameter_group(version);
        match given {
            Some(name) if name != default => Err(no_such_parameter_group(kind, &name)),
            _ => Ok(default),
        }
    }

    /// The option group that AWS keeps for a version.
    pub(crate) fn default_option_group(self, version: &str) -> String {
        let major = self.major(version).replace('.', "-");
        format!("default:{}-{major}", self.name)
    }

    /// The class must be one that the version runs on.
    pub(crate) fn check_class(self, class: &str, version: &str) -> Result<(), Fault> {
        let runs = |(major, _): (&Major, _)| major.classes.contains(&class);
        if self.find(version).is_some_and(runs) {
            return Ok(());
        }
        if class != "db.serverless" && (!class.starts_with("db.") || class.split('.').count() < 3) {
            return Err(invalid(format!("Invalid DB Instance class: {class}")));
        }
        let (name, license) = (self.name, self.license);
        Err(combination(format!(
            "RDS does not support creating a DB instance with the following combination: DBInstanceClass={class}, \
             Engine={name}, EngineVersion={version}, LicenseModel={license}. For supported \
             combinations of instance class and database engine version, see the documentation."
        )))
    }

    /// Whether no user and no database can have that name.
    pub(crate) fn reserves(self, name: &str) -> bool {
        let words = self.reserved_words.split_ascii_whitespace();
        let mut reserved = words.chain(self.own_names.iter().copied());
        reserved.any(|word| word.eq_ignore_ascii_case(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Engine::{AuroraMysql, AuroraPostgresql};

    #[test]
    fn names_are_those_of_the_wire() {
        for engine in Engine::ALL {
            assert_eq!(serde_json::to_value(engine).unwrap(), engine.name);
            assert_eq!(Engine::named(engine.name).unwrap(), engine);
            assert!(engine.find(engine.default_version).is_some());
        }
        assert!(Engine::named("mysql").is_err());
    }

    #[test]
    fn a_major_version_means_its_default() {
        let postgresql = |given| AuroraPostgresql.version(given).ok();
        assert_eq!(postgresql(None), Some("17.4"));
        assert_eq!(postgresql(Some("17")), Some("17.4"));
        assert_eq!(postgresql(Some("16")), Some("16.9"));
        assert_eq!(postgresql(Some("16.4")), Some("16.4"));
        assert_eq!(postgresql(Some("16.99")), None);
        assert_eq!(
            AuroraMysql.version(Some("8.0")).ok(),
            AuroraMysql.version(None).ok()
        );
    }

    #[test]
    fn versions_only_go_up() {
        let step = |from, to| AuroraPostgresql.upgrade(from, to);
        assert_eq!(step("16.4", "16.8"), Some(Step::Minor));
        assert_eq!(step("16.4", "17.4"), Some(Step::Major));
        assert_eq!(step("16.4", "16.4"), Some(Step::None));
        assert_eq!(step("16.8", "16.4"), None);
        assert_eq!(step("16.4", "8.0.mysql_aurora.3.10.3"), None);
    }
}
