//! What the Auto Scaling group may still become, and who would see to it.

use super::Sights;
use super::capacity::Room;
use crate::blueprint::Kind;

/// Who would start more instances.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scaling {
    /// Managed scaling.
    On,
    /// Managed scaling, which does not count the tasks of a deployment.
    PassedBy,
    /// Nobody.
    Off,
}

/// What the group may still become.
pub(super) struct Growth {
    group: String,
    desired: Option<u32>,
    max: Option<u32>,
    /// How many more instances are needed; 0 where none would hold a task.
    pub(super) more: u32,
    pub(super) scaling: Scaling,
}

impl Growth {
    pub(super) fn of(sights: &Sights, room: &Room<'_>) -> Self {
        let more = match room.on_an_empty_instance() {
            Some(0) => 0,
            Some(each) => room.short().div_ceil(each),
            // Of an instance that is not there nobody knows the size.
            None => 1,
        };
        let provider = sights.value(Kind::DeployFiles, "appspec_provider");
        let is_on = sights.value(Kind::CapacityProvider, "scaling") == Some("ENABLED");
        let scaling = match (is_on, provider) {
            (true, Some(_)) => Scaling::On,
            (true, None) => Scaling::PassedBy,
            (false, _) => Scaling::Off,
        };
        let group = sights.value(Kind::CapacityProvider, "group");
        Self {
            group: group.unwrap_or("the Auto Scaling group").to_owned(),
            desired: sights.number(Kind::AutoScalingGroup, "desired"),
            max: sights.number(Kind::AutoScalingGroup, "max"),
            more,
            scaling,
        }
    }

    /// The number that the group was told to have, while fewer have registered.
    pub(super) fn coming(&self, registered: usize) -> Option<u32> {
        let registered = u32::try_from(registered).unwrap_or(u32::MAX);
        self.desired.filter(|desired| registered < *desired)
    }

    /// Whether managed scaling starts what is missing.
    pub(super) fn by_itself(&self) -> bool {
        self.scaling == Scaling::On && self.more > 0 && self.fits_into_the_group()
    }

    fn fits_into_the_group(&self) -> bool {
        let may = self.max.zip(self.desired);
        may.is_some_and(|(max, desired)| desired.saturating_add(self.more) <= max)
    }

    /// What a person does about it.
    pub(super) fn remedy(&self) -> String {
        let (Some(desired), true) = (self.desired, self.more > 0) else {
            return "Lower cpu and memory in taskdef.json, commit and push: no instance of this size holds such a task.".to_owned();
        };
        let (group, number) = (&self.group, desired.saturating_add(self.more));
        if self.fits_into_the_group() {
            format!(
                "Raise the desired capacity of {group} from {desired} to {number} and wait until the new instances have registered: `aws autoscaling set-desired-capacity --auto-scaling-group-name {group} --desired-capacity {number}`. Or stop what else runs in the cluster."
            )
        } else {
            format!(
                "Raise the maximum and the desired capacity of {group} to {number} and wait until the new instances have registered: `aws autoscaling update-auto-scaling-group --auto-scaling-group-name {group} --max-size {number} --desired-capacity {number}`. Or stop what else runs in the cluster."
            )
        }
    }
}
