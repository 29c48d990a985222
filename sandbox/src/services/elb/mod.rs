//! Elastic Load Balancing, as far as it is Application Load Balancers: load balancers, their
//! listeners and rules, target groups and their targets.
//!
//! What takes time is in [`life`], the health of targets in [`health`]; [`traffic`] is what other
//! services ask, and [`probe`] what is asked of them.

mod actions;
mod arns;
mod attributes;
mod checks;
mod faults;
mod health;
mod life;
mod limits;
mod listeners;
mod listing;
mod load_balancers;
mod probe;
mod rules;
mod state;
mod tags;
mod target_groups;
mod targets;
pub(crate) mod traffic;

pub(crate) use health::observe;
pub(crate) use life::{Due, due};
pub(crate) use state::Elb;

use crate::protocol::{InputError, Wire};
use crate::service::{Service, operations};

pub(crate) static SERVICE: Service = Service {
    name: "elasticloadbalancing",
    wire: Wire::Query {
        version: "2015-12-01",
        namespace: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
        item: |_| "member",
    },
    refusal: InputError::query,
    secrets: &[],
    operations: operations! {
        "CreateLoadBalancer" => load_balancers::create_load_balancer,
        "DescribeLoadBalancers" => load_balancers::describe_load_balancers,
        "DeleteLoadBalancer" => load_balancers::delete_load_balancer,
        "SetSecurityGroups" => load_balancers::set_security_groups,
        "SetSubnets" => load_balancers::set_subnets,
        "SetIpAddressType" => load_balancers::set_ip_address_type,
        "ModifyLoadBalancerAttributes" => load_balancers::modify_load_balancer_attributes,
        "DescribeLoadBalancerAttributes" => load_balancers::describe_load_balancer_attributes,
        "CreateTargetGroup" => target_groups::create_target_group,
        "DescribeTargetGroups" => target_groups::describe_target_groups,
        "ModifyTargetGroup" => target_groups::modify_target_group,
        "DeleteTargetGroup" => target_groups::delete_target_group,
        "ModifyTargetGroupAttributes" => target_groups::modify_target_group_attributes,
        "DescribeTargetGroupAttributes" => target_groups::describe_target_group_attributes,
        "RegisterTargets" => targets::register_targets,
        "DeregisterTargets" => targets::deregister_targets,
        "DescribeTargetHealth" => targets::describe_target_health,
        "CreateListener" => listeners::create_listener,
        "DescribeListeners" => listeners::describe_listeners,
        "ModifyListener" => listeners::modify_listener,
        "DeleteListener" => listeners::delete_listener,
        "ModifyListenerAttributes" => listeners::modify_listener_attributes,
        "DescribeListenerAttributes" => listeners::describe_listener_attributes,
        "CreateRule" => rules::create_rule,
        "DescribeRules" => rules::describe_rules,
        "ModifyRule" => rules::modify_rule,
        "DeleteRule" => rules::delete_rule,
        "SetRulePriorities" => rules::set_rule_priorities,
        "AddTags" => tags::add_tags,
        "RemoveTags" => tags::remove_tags,
        "DescribeTags" => tags::describe_tags,
        "DescribeAccountLimits" => limits::describe_account_limits,
    },
};
