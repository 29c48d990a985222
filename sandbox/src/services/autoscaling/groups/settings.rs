//! The settings of a group, checked, and what they are when nothing was said.

use crate::fault::Fault;
use crate::services::autoscaling::faults::invalid;
use crate::services::autoscaling::state::Settings;

/// The termination policies there are (Amazon EC2 Auto Scaling User Guide, "Configure termination
/// policies").
const POLICIES: [&str; 7] = [
    "AllocationStrategy",
    "ClosestToNextInstanceHour",
    "Default",
    "NewestInstance",
    "OldestInstance",
    "OldestLaunchConfiguration",
    "OldestLaunchTemplate",
];

impl Settings {
    pub(super) fn check(&self) -> Result<(), Fault> {
        if let Some(kind) = self.health_check.as_deref() {
            // The others are of balancers and file systems that a group here has none of.
            if !["EC2", "ELB"].contains(&kind) {
                return Err(invalid(format!("Invalid HealthCheckType {kind}.")));
            }
        }
        let unknown = |policy: &&String| !POLICIES.contains(&policy.as_str());
        if let Some(policy) = self.termination_policies.iter().find(unknown) {
            return Err(invalid(format!(
                "'{policy}' is not a valid termination policy. The valid policies are: {}",
                POLICIES.join(", ")
            )));
        }
        let day = 24 * 60 * 60;
        if let Some(seconds) = self.lifetime
            && seconds != 0
            && !(day..=365 * day).contains(&seconds)
        {
            return Err(invalid(
                "Max instance lifetime must be 0, or between 86400 and 31536000 seconds.",
            ));
        }
        if let Some(kind) = self.capacity_type.as_deref()
            && !["units", "vcpu", "memory-mib"].contains(&kind)
        {
            return Err(invalid(format!("Invalid DesiredCapacityType {kind}.")));
        }
        Ok(())
    }

    /// These, and what they leave open as it was.
    pub(super) fn over(self, before: Settings) -> Settings {
        Settings {
            cooldown: self.cooldown.or(before.cooldown),
            health_check: self.health_check.or(before.health_check),
            grace: self.grace.or(before.grace),
            termination_policies: if self.termination_policies.is_empty() {
                before.termination_policies
            } else {
                self.termination_policies
            },
            protected: self.protected.or(before.protected),
            rebalance: self.rebalance.or(before.rebalance),
            lifetime: self.lifetime.or(before.lifetime),
            context: self.context.or(before.context),
            capacity_type: self.capacity_type.or(before.capacity_type),
            warmup: self.warmup.or(before.warmup),
            placement_group: self.placement_group.or(before.placement_group),
            role: self.role.or(before.role),
            maintenance: self.maintenance.or(before.maintenance),
            distribution: self.distribution.or(before.distribution),
        }
    }
}

/// Checks the bounds of a group and gives the capacity that it is to have.
pub(super) fn capacity(min: u32, max: u32, desired: Option<u32>) -> Result<u32, Fault> {
    if min > max {
        return Err(invalid(format!(
            "Max bound, {max}, must be greater than or equal to min bound, {min}"
        )));
    }
    let desired = desired.unwrap_or(min);
    if !(min..=max).contains(&desired) {
        return Err(invalid(format!(
            "Desired capacity:{desired} must be between the specified min size:{min} and max size:{max}"
        )));
    }
    Ok(desired)
}
