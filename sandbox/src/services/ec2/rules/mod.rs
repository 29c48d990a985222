//! The rules of security groups: let in and out, taken back, listed, changed.

mod authorize;
mod list;
mod modify;
mod revoke;
mod simple;

pub(super) use authorize::{authorize_egress, authorize_ingress};
pub(super) use list::describe_security_group_rules;
pub(super) use modify::modify_security_group_rules;
pub(super) use revoke::{revoke_egress, revoke_ingress};
