//! What Auto Scaling remembers in one Region.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::services::ec2::TemplateRef;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Autoscaling {
    pub(crate) groups: BTreeMap<String, Group>,
    /// What the groups did, deleted ones' too, the oldest first.
    pub(super) activities: Vec<Activity>,
}

impl Autoscaling {
    /// The ARNs of all groups.
    pub(crate) fn arns(&self) -> Vec<String> {
        self.groups
            .values()
            .map(|group| group.arn.clone())
            .collect()
    }

    /// The group that instance `id` is in.
    pub(crate) fn group_of(&self, id: &str) -> Option<&Group> {
        let mut groups = self.groups.values();
        groups.find(|group| group.member(id).is_some())
    }

    pub(super) fn activity(&mut self, id: &str) -> Option<&mut Activity> {
        self.activities
            .iter_mut()
            .find(|activity| activity.id == id)
    }
}

/// An Auto Scaling group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) arn: String,
    pub(crate) created: Millis,
    pub(crate) min: u32,
    pub(crate) max: u32,
    pub(crate) desired: u32,
    /// With the id and the name of the template.
    pub(crate) template: TemplateRef,
    /// Without any: the default ones of the zones.
    pub(crate) subnets: Vec<String>,
    pub(crate) zones: Vec<String>,
    pub(super) settings: Settings,
    pub(crate) tags: BTreeMap<String, GroupTag>,
    /// In the order in which they were launched.
    pub(crate) members: Vec<Member>,
    pub(crate) deleting: bool,
    /// Why it is about to change its size, in AWS's words.
    pub(super) cause: String,
    /// How many launches failed in a row.
    pub(super) failures: u32,
}

impl Group {
    /// Whether instances are protected from scale in when they are launched.
    pub(crate) fn protects_new_instances(&self) -> bool {
        self.settings.protected == Some(true)
    }

    pub(crate) fn member(&self, id: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.id == id)
    }

    /// Those that count: not on their way out.
    pub(super) fn staying(&self) -> impl Iterator<Item = &Member> {
        let staying = |member: &&Member| member.state != Lifecycle::Terminating;
        self.members.iter().filter(staying)
    }

    pub(super) fn size(&self) -> u32 {
        u32::try_from(self.staying().count()).unwrap_or(u32::MAX)
    }
}

/// What of a group is kept and given back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Settings {
    pub(super) cooldown: Option<u32>,
    pub(super) health_check: Option<String>,
    pub(super) grace: Option<u32>,
    pub(super) termination_policies: Vec<String>,
    pub(super) protected: Option<bool>,
    pub(super) rebalance: Option<bool>,
    pub(super) lifetime: Option<u32>,
    pub(super) context: Option<String>,
    pub(super) capacity_type: Option<String>,
    pub(super) warmup: Option<i32>,
    pub(super) placement_group: Option<String>,
    pub(super) role: Option<String>,
    pub(super) maintenance: Option<Maintenance>,
    pub(super) distribution: Option<Distribution>,
}

/// `InstanceMaintenancePolicy`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct Maintenance {
    pub(super) min_healthy_percentage: Option<i32>,
    pub(super) max_healthy_percentage: Option<i32>,
}

/// `AvailabilityZoneDistribution`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct Distribution {
    pub(super) capacity_distribution_strategy: Option<String>,
}

/// A tag of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GroupTag {
    pub(crate) value: String,
    /// Whether new instances get it too.
    pub(crate) propagate: bool,
}

/// An instance in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Member {
    pub(crate) id: String,
    pub(crate) zone: String,
    /// The instance type.
    pub(crate) kind: String,
    pub(crate) image: String,
    /// The template that it was launched from, its version as a number.
    pub(crate) template: TemplateRef,
    pub(crate) state: Lifecycle,
    pub(crate) healthy: bool,
    pub(crate) protected: bool,
    /// The activity that is under way with it.
    pub(super) activity: Option<String>,
}

/// Where an instance is in its life in the group
/// (Amazon EC2 Auto Scaling User Guide, "Instance lifecycle").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Lifecycle {
    Pending,
    InService,
    Terminating,
}

impl Lifecycle {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Lifecycle::Pending => "Pending",
            Lifecycle::InService => "InService",
            Lifecycle::Terminating => "Terminating",
        }
    }
}

/// A scaling activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Activity {
    pub(super) id: String,
    pub(super) group: String,
    pub(super) arn: String,
    pub(super) description: String,
    pub(super) cause: String,
    pub(super) details: String,
    pub(super) started: Millis,
    pub(super) ended: Option<Millis>,
    /// `PreInService`, `InProgress`, `Successful`, `Failed`.
    pub(super) status: String,
    pub(super) message: Option<String>,
}
