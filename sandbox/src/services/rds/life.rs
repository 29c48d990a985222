//! How databases change over time: statuses, how long each lasts, and what follows.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::state::Rds;
use crate::agenda;
use crate::clock::Millis;
use crate::context::Cx;

/// A new cluster's storage.
pub(super) const CLUSTER_CREATION: Duration = Duration::from_mins(3);
/// A new instance, from the machine to the endpoint.
pub(super) const INSTANCE_CREATION: Duration = Duration::from_mins(7);
/// The end of a cluster or an instance.
pub(super) const DELETION: Duration = Duration::from_mins(5);
/// A snapshot of a small cluster.
pub(super) const SNAPSHOT: Duration = Duration::from_mins(2);
/// A change that needs no other machine.
pub(super) const SETTING: Duration = Duration::from_secs(45);
/// A change of the machine or the engine.
pub(super) const REPLACEMENT: Duration = Duration::from_mins(6);
/// Stopping a cluster.
pub(super) const STOPPING: Duration = Duration::from_mins(5);
/// Starting it again.
pub(super) const STARTING: Duration = Duration::from_mins(7);

/// The status of a cluster, an instance or a snapshot
/// (Amazon Aurora User Guide, "Viewing DB cluster status" and "Viewing DB instance status").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Status {
    Creating,
    Available,
    Modifying,
    ResettingMasterCredentials,
    Upgrading,
    BackingUp,
    Stopping,
    Stopped,
    Starting,
    Deleting,
}

/// A status, and when it ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Life {
    pub(super) status: Status,
    pub(super) until: Option<Millis>,
}

impl Life {
    pub(super) fn lasting(status: Status, until: Millis) -> Life {
        Life {
            status,
            until: Some(until),
        }
    }

    pub(super) fn is(self, status: Status) -> bool {
        self.status == status
    }

    /// Whether the status has run its time; plans for a status that was cut short find it has not.
    fn is_over(self, now: Millis) -> bool {
        self.until.is_some_and(|until| until <= now)
    }

    /// What follows; nothing follows [`Status::Deleting`].
    fn next(self) -> Option<Life> {
        let status = match self.status {
            Status::Deleting => return None,
            Status::Stopping | Status::Stopped => Status::Stopped,
            _ => Status::Available,
        };
        Some(Life {
            status,
            until: None,
        })
    }
}

/// What comes due in RDS: the end of a status of the thing of that name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Due {
    Cluster(String),
    Instance(String),
    Snapshot(String),
}

/// Lets a status end.
pub(crate) fn due(cx: &mut Cx, due: Due) {
    let now = cx.now;
    let region = cx.region();
    let rds = &mut region.rds;
    match due {
        Due::Cluster(id) => {
            let Some(cluster) = rds
                .clusters
                .get_mut(&id)
                .filter(|cluster| cluster.life.is_over(now))
            else {
                return;
            };
            if let Some(life) = cluster.life.next() {
                cluster.life = life;
                return;
            }
            // Its instances began to go before it did, but at another speed they may last longer.
            match rds
                .members(&id)
                .iter()
                .filter_map(|member| member.life.until)
                .max()
            {
                Some(until) => lasting(cx, &id, Status::Deleting, until),
                None => drop(rds.clusters.remove(&id)),
            }
        }
        Due::Instance(id) => {
            let Some(instance) = rds
                .instances
                .get_mut(&id)
                .filter(|instance| instance.life.is_over(now))
            else {
                return;
            };
            if let Some(life) = instance.life.next() {
                instance.life = life;
                return;
            }
            if let Some(interface) = &instance.interface {
                region.ec2.network_interfaces.remove(interface);
            }
            forget(rds, &id);
        }
        Due::Snapshot(id) => {
            if let Some(snapshot) = rds
                .snapshots
                .get_mut(&id)
                .filter(|snapshot| snapshot.life.is_over(now))
                && let Some(life) = snapshot.life.next()
            {
                snapshot.life = life;
            }
        }
    }
}

/// Removes an instance; if it was the cluster's writer, another one is.
fn forget(rds: &mut Rds, id: &str) {
    let Some(instance) = rds.instances.remove(id) else {
        return;
    };
    let heir = heir(rds, &instance.cluster, id);
    if let Some(cluster) = rds.clusters.get_mut(&instance.cluster)
        && cluster.writer.as_deref() == Some(id)
    {
        cluster.writer = heir;
    }
}

/// Who takes over from the writer `leaving`: the available instance of the lowest promotion tier,
/// and of those the oldest (Amazon Aurora User Guide, "Fault tolerance for an Aurora DB cluster").
pub(super) fn heir(rds: &Rds, cluster: &str, leaving: &str) -> Option<String> {
    let mut candidates = rds.members(cluster);
    candidates.retain(|instance| instance.id != leaving && !instance.life.is(Status::Deleting));
    candidates
        .into_iter()
        .min_by_key(|instance| {
            (
                !instance.life.is(Status::Available),
                instance.promotion_tier,
            )
        })
        .map(|instance| instance.id.clone())
}

/// Puts cluster `id` into `status` for as long as that takes on AWS.
pub(super) fn cluster(cx: &mut Cx, id: &str, status: Status, lasts: Duration) {
    let until = cx.after(lasts);
    lasting(cx, id, status, until);
}

fn lasting(cx: &mut Cx, id: &str, status: Status, until: Millis) {
    if let Some(cluster) = cx.region().rds.clusters.get_mut(id) {
        cluster.life = Life::lasting(status, until);
        cx.plan(until, agenda::Due::Rds(Due::Cluster(id.to_owned())));
    }
}

/// Puts instance `id` into `status` for as long as that takes on AWS.
pub(super) fn instance(cx: &mut Cx, id: &str, status: Status, lasts: Duration) {
    let until = cx.after(lasts);
    if let Some(instance) = cx.region().rds.instances.get_mut(id) {
        instance.life = Life::lasting(status, until);
        cx.plan(until, agenda::Due::Rds(Due::Instance(id.to_owned())));
    }
}
