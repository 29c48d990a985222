//! Target groups, a file for each of their operations.

mod attributes;
mod create;
mod delete;
mod describe;
mod health_check;
mod modify;

pub(crate) use attributes::{describe_target_group_attributes, modify_target_group_attributes};
pub(crate) use create::create_target_group;
pub(crate) use delete::delete_target_group;
pub(crate) use describe::describe_target_groups;
pub(crate) use modify::modify_target_group;

pub(super) use attributes::draining_time;
pub(super) use health_check::accepts;

use super::arns::{self, Kind};
use super::faults::no_such_target_group;
use super::state::{Elb, TargetGroup};
use crate::fault::Fault;

/// The target group of that ARN.
pub(super) fn found<'a>(elb: &'a mut Elb, arn: &str) -> Result<&'a mut TargetGroup, Fault> {
    arns::check(Kind::TargetGroup, arn)?;
    elb.target_groups
        .get_mut(arn)
        .ok_or_else(|| no_such_target_group(arn))
}
