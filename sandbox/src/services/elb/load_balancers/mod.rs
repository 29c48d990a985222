//! Load balancers, a file for each of their operations.

mod attributes;
mod create;
mod delete;
mod describe;
mod modify;
mod place;

pub(crate) use attributes::{describe_load_balancer_attributes, modify_load_balancer_attributes};
pub(crate) use create::create_load_balancer;
pub(crate) use delete::delete_load_balancer;
pub(crate) use describe::describe_load_balancers;
pub(crate) use modify::{set_ip_address_type, set_security_groups, set_subnets};

use super::arns::{self, Kind};
use super::faults::no_such_load_balancer;
use super::state::{Elb, LoadBalancer};
use crate::fault::Fault;

/// The load balancer of that ARN.
pub(super) fn found<'a>(elb: &'a mut Elb, arn: &str) -> Result<&'a mut LoadBalancer, Fault> {
    arns::check(Kind::LoadBalancer, arn)?;
    elb.load_balancers
        .get_mut(arn)
        .ok_or_else(|| no_such_load_balancer(arn))
}
