//! What Elastic Load Balancing remembers in one Region.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::health::Life;
use crate::clock::Millis;
use crate::tags::Tags;

/// The load balancers of one Region and what belongs to them, each by its ARN.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Elb {
    pub(super) load_balancers: BTreeMap<String, LoadBalancer>,
    pub(super) target_groups: BTreeMap<String, TargetGroup>,
    pub(super) listeners: BTreeMap<String, Listener>,
    pub(super) rules: BTreeMap<String, Rule>,
}

impl Elb {
    /// The ARNs of the load balancers.
    pub(crate) fn arns(&self) -> Vec<String> {
        self.load_balancers.keys().cloned().collect()
    }

    pub(super) fn load_balancer_named(&self, name: &str) -> Option<&LoadBalancer> {
        self.load_balancers
            .values()
            .find(|balancer| balancer.name == name)
    }

    pub(super) fn target_group_named(&self, name: &str) -> Option<&TargetGroup> {
        self.target_groups.values().find(|group| group.name == name)
    }

    /// The listeners of load balancer `arn`, in the order of their ports.
    pub(super) fn listeners_of(&self, arn: &str) -> Vec<&Listener> {
        let mut listeners: Vec<_> = self
            .listeners
            .values()
            .filter(|listener| listener.load_balancer == arn)
            .collect();
        listeners.sort_by_key(|listener| listener.port);
        listeners
    }

    /// The rules of listener `arn` beside its default one, in the order of their priorities.
    pub(super) fn rules_of(&self, arn: &str) -> Vec<&Rule> {
        let mut rules: Vec<_> = self
            .rules
            .values()
            .filter(|rule| rule.listener == arn)
            .collect();
        rules.sort_by_key(|rule| rule.priority);
        rules
    }

    /// The load balancer with a listener or a rule that forwards to target group `arn`, be it with
    /// a weight of nought. A target group never has two.
    pub(super) fn load_balancer_of(&self, arn: &str) -> Option<&LoadBalancer> {
        let listener = self
            .listeners
            .values()
            .find(|listener| listener.action.forwards_to(arn));
        let by_rule = || {
            let rule = self
                .rules
                .values()
                .find(|rule| rule.action.forwards_to(arn))?;
            self.listeners.get(&rule.listener)
        };
        self.load_balancers
            .get(&listener.or_else(by_rule)?.load_balancer)
    }
}

/// An Application Load Balancer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LoadBalancer {
    pub(super) arn: String,
    pub(super) name: String,
    pub(super) dns_name: String,
    pub(super) scheme: String,
    pub(super) ip_address_type: String,
    pub(super) vpc: String,
    pub(super) subnets: Vec<String>,
    pub(super) security_groups: Vec<String>,
    pub(super) created: Millis,
    /// `false` while it is being provisioned.
    pub(super) active: bool,
    /// Its network interfaces in EC2, by subnet.
    pub(super) interfaces: BTreeMap<String, String>,
    /// Those attributes that were set.
    pub(super) attributes: Attributes,
    pub(super) tags: Tags,
}

impl LoadBalancer {
    /// `app/NAME/ID`: what the ARNs of its listeners and its interfaces' descriptions have of it.
    pub(super) fn path(&self) -> &str {
        self.arn
            .split_once(":loadbalancer/")
            .map_or("", |(_, path)| path)
    }
}

/// Attributes by key.
pub(super) type Attributes = BTreeMap<String, String>;

/// A target group: who answers requests, and how it is known that they do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TargetGroup {
    pub(super) arn: String,
    pub(super) name: String,
    pub(super) protocol: String,
    pub(super) protocol_version: String,
    pub(super) port: u16,
    pub(super) vpc: String,
    pub(super) target_type: String,
    pub(super) ip_address_type: String,
    pub(super) health_check: HealthCheck,
    pub(super) attributes: Attributes,
    pub(super) targets: Vec<Target>,
    pub(super) tags: Tags,
}

/// How a target group's targets are checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct HealthCheck {
    pub(super) protocol: String,
    /// `traffic-port`, or a number.
    pub(super) port: String,
    pub(super) path: String,
    /// Seconds.
    pub(super) interval: u32,
    /// Seconds.
    pub(super) timeout: u32,
    pub(super) healthy_threshold: u32,
    pub(super) unhealthy_threshold: u32,
    /// The status codes that count as success: `200`, `200,302`, `200-399`.
    pub(super) matcher: String,
}

/// A registered target; the same id may be there with several ports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Target {
    pub(super) id: String,
    pub(super) port: u16,
    /// The zone given at registration, of an address outside the VPC.
    pub(super) zone: Option<String>,
    pub(super) life: Life,
}

/// A port of a load balancer, and what happens to the requests that no rule takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Listener {
    pub(super) arn: String,
    pub(super) load_balancer: String,
    pub(super) protocol: String,
    pub(super) port: u16,
    pub(super) action: Action,
    /// The ARN of its default rule, which has the same action.
    pub(super) default_rule: String,
    pub(super) attributes: Attributes,
    pub(super) tags: Tags,
}

/// A rule of a listener: requests that meet every condition are handled by the action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rule {
    pub(super) arn: String,
    pub(super) listener: String,
    pub(super) priority: u32,
    pub(super) conditions: Vec<Condition>,
    pub(super) action: Action,
    pub(super) tags: Tags,
}

/// A condition: one of the values must match the field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Condition {
    /// `host-header`, `path-pattern` …
    pub(super) field: String,
    pub(super) values: Vec<String>,
    /// The header's name, for `http-header`.
    pub(super) header: Option<String>,
    /// Keys and values, for `query-string`.
    pub(super) pairs: Vec<(Option<String>, String)>,
}

/// What is done with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Action {
    /// As it was given; with a single action it changes nothing.
    pub(super) order: Option<u32>,
    pub(super) kind: ActionKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum ActionKind {
    Forward {
        /// Target groups and their weights.
        groups: Vec<(String, u32)>,
        /// For how many seconds a client stays with its target group.
        stickiness: Option<u32>,
    },
    Redirect(Redirect),
    FixedResponse {
        status: String,
        content_type: Option<String>,
        body: Option<String>,
    },
}

/// Where a redirect leads; `#{host}` and its like stand for what the request has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Redirect {
    pub(super) protocol: String,
    pub(super) port: String,
    pub(super) host: String,
    pub(super) path: String,
    pub(super) query: String,
    /// `HTTP_301` or `HTTP_302`.
    pub(super) status: String,
}

impl Action {
    /// The target groups that it forwards to, with their weights.
    pub(super) fn groups(&self) -> &[(String, u32)] {
        match &self.kind {
            ActionKind::Forward { groups, .. } => groups,
            _ => &[],
        }
    }

    pub(super) fn forwards_to(&self, group: &str) -> bool {
        self.groups().iter().any(|(arn, _)| arn == group)
    }
}
