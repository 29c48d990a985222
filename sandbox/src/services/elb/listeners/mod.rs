//! Listeners, a file for each of their operations.

mod attributes;
mod create;
mod delete;
mod describe;
mod modify;

pub(crate) use attributes::{describe_listener_attributes, modify_listener_attributes};
pub(crate) use create::create_listener;
pub(crate) use delete::delete_listener;
pub(crate) use describe::describe_listeners;
pub(crate) use modify::modify_listener;

pub(super) use delete::forget;

use super::arns::{self, Kind};
use super::faults::no_such_listener;
use super::state::{Elb, Listener};
use crate::fault::Fault;

/// The listener of that ARN.
pub(super) fn found<'a>(elb: &'a mut Elb, arn: &str) -> Result<&'a mut Listener, Fault> {
    arns::check(Kind::Listener, arn)?;
    elb.listeners
        .get_mut(arn)
        .ok_or_else(|| no_such_listener(arn))
}
