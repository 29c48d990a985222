//! What CodeDeploy remembers in one Region.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::groups::Settings;
use crate::clock::Millis;
use crate::release::deployment::Deployment;
use crate::tags::Tags;

/// CodeDeploy in one Region.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct CodeDeploy {
    /// By name.
    pub(super) applications: BTreeMap<String, Application>,
    /// The account's own deployment configurations, by name.
    pub(super) configs: BTreeMap<String, Config>,
    /// In the order in which they were created.
    #[serde(default)]
    pub(crate) deployments: Vec<Deployment>,
}

/// An application: a name for what is deployed, and its groups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Application {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) created: Millis,
    pub(super) platform: Platform,
    pub(super) tags: Tags,
    /// By name.
    pub(super) groups: BTreeMap<String, Group>,
}

/// `computePlatform`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Platform {
    Server,
    Lambda,
    #[serde(rename = "ECS")]
    Ecs,
}

/// A deployment group: where an application is deployed to, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) settings: Settings,
    pub(super) tags: Tags,
}

/// A deployment configuration: how fast traffic shifts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Config {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) created: Millis,
    pub(super) platform: Platform,
    pub(crate) routing: Option<Routing>,
    pub(super) hosts: Option<HealthyHosts>,
}

/// `trafficRoutingConfig`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Routing {
    #[serde(rename = "type")]
    pub(crate) kind: RoutingKind,
    pub(crate) time_based_canary: Option<Canary>,
    pub(crate) time_based_linear: Option<Linear>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum RoutingKind {
    AllAtOnce,
    TimeBasedCanary,
    TimeBasedLinear,
}

/// The percentage first, the rest after the minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Canary {
    pub(crate) canary_percentage: u32,
    pub(crate) canary_interval: u32,
}

/// The percentage every so many minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Linear {
    pub(crate) linear_percentage: u32,
    pub(crate) linear_interval: u32,
}

/// `minimumHealthyHosts`, of the platform `Server`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct HealthyHosts {
    #[serde(rename = "type")]
    pub(crate) kind: HostsKind,
    pub(crate) value: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum HostsKind {
    HostCount,
    FleetPercent,
}
