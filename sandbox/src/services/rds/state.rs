//! What RDS remembers in one Region.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::connections::Password;
use super::engines::Engine;
use super::life::Life;
use super::observation::{Insights, Monitoring};
use crate::clock::Millis;
use crate::ids::Ids;
use crate::tags::Tags;

/// The databases of one Region.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Rds {
    pub(super) clusters: BTreeMap<String, Cluster>,
    pub(super) instances: BTreeMap<String, Instance>,
    pub(super) snapshots: BTreeMap<String, Snapshot>,
    pub(super) subnet_groups: BTreeMap<String, SubnetGroup>,
    /// The part of every endpoint that is this account's in this Region.
    pub(super) domain: String,
    /// The id of the key `alias/aws/rds`, which encrypts where no other is named.
    pub(super) key: String,
}

impl Rds {
    /// No databases yet.
    pub(crate) fn new(ids: &mut Ids) -> Rds {
        Rds {
            clusters: BTreeMap::new(),
            instances: BTreeMap::new(),
            snapshots: BTreeMap::new(),
            subnet_groups: BTreeMap::new(),
            domain: ids.hex("c", 11),
            key: ids.uuid(),
        }
    }

    /// The names of all clusters.
    pub(crate) fn cluster_names(&self) -> impl Iterator<Item = &String> {
        self.clusters.keys()
    }

    /// The instances of cluster `id`, the oldest first.
    pub(super) fn members(&self, id: &str) -> Vec<&Instance> {
        let mut members: Vec<_> = self
            .instances
            .values()
            .filter(|instance| instance.cluster == id)
            .collect();
        members.sort_by_key(|instance| (instance.created, instance.id.as_str()));
        members
    }

    /// In how many zones cluster `id` has instances.
    pub(super) fn zones_in_use(&self, id: &str) -> usize {
        let zones = self
            .members(id)
            .into_iter()
            .map(|instance| instance.zone.as_str());
        zones.collect::<BTreeSet<_>>().len()
    }
}

/// An Aurora cluster: the storage and the settings that its instances share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own on AWS"
)]
pub(crate) struct Cluster {
    pub(super) id: String,
    pub(super) resource_id: String,
    pub(super) life: Life,
    pub(super) created: Millis,
    #[serde(default)]
    pub(super) engine: Engine,
    pub(super) engine_version: String,
    pub(super) pending_version: Option<String>,
    pub(super) database: Option<String>,
    pub(super) user: String,
    #[serde(default)]
    pub(super) password: Option<Password>,
    pub(super) port: u16,
    pub(super) security_groups: Vec<String>,
    pub(super) subnet_group: String,
    pub(super) zones: Vec<String>,
    pub(super) parameter_group: String,
    pub(super) backup_days: u32,
    pub(super) backup_window: String,
    pub(super) maintenance_window: String,
    pub(super) encrypted: bool,
    pub(super) iam_authentication: bool,
    pub(super) log_exports: Vec<String>,
    pub(super) deletion_protection: bool,
    pub(super) http_endpoint: bool,
    pub(super) copy_tags: bool,
    pub(super) network: String,
    pub(super) storage: String,
    pub(super) serverless: Option<Serverless>,
    pub(super) monitoring: Monitoring,
    pub(super) insights: Insights,
    pub(super) support: String,
    /// The instance that takes writes.
    pub(super) writer: Option<String>,
    pub(super) tags: Tags,
}

/// How far an Aurora Serverless v2 instance scales, in Aurora capacity units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Serverless {
    pub(super) least: f64,
    pub(super) most: f64,
    pub(super) pause_after: Option<u32>,
}

/// An instance of a cluster: the machine that answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Instance {
    pub(super) id: String,
    pub(super) resource_id: String,
    pub(super) cluster: String,
    pub(super) life: Life,
    pub(super) created: Millis,
    pub(super) class: String,
    /// A class that waits for the maintenance window.
    pub(super) pending_class: Option<String>,
    pub(super) zone: String,
    pub(super) public: bool,
    pub(super) promotion_tier: u32,
    pub(super) parameter_group: String,
    pub(super) maintenance_window: String,
    pub(super) minor_upgrades: bool,
    pub(super) copy_tags: bool,
    pub(super) certificate: String,
    pub(super) monitoring: Monitoring,
    pub(super) insights: Insights,
    /// Its network interface, in EC2.
    pub(super) interface: Option<String>,
    pub(super) tags: Tags,
}

/// A snapshot of a cluster, as the cluster was when it was taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    pub(super) id: String,
    pub(super) life: Life,
    pub(super) created: Millis,
    pub(super) cluster: Cluster,
    pub(super) vpc: String,
    pub(super) tags: Tags,
}

/// The subnets in which a cluster may put its instances.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SubnetGroup {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) vpc: String,
    pub(super) subnets: Vec<String>,
    pub(super) tags: Tags,
}
