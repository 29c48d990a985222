//! Where the requests go that arrive at a listener.
#![cfg_attr(
    not(test),
    expect(
        dead_code,
        reason = "nobody serves the simulated applications yet; tests ask"
    )
)]

use std::net::Ipv4Addr;

use crate::services::ec2::reach::{End, connects};
use crate::services::elb::health::Life;
pub(crate) use crate::services::elb::rules::Request;
use crate::services::elb::rules::meets;
use crate::services::elb::state::{ActionKind, Redirect};
use crate::state::Region;

/// What a listener does with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    /// To one of these target groups, each with its weight and those of its targets (id and port)
    /// that take requests. All weights nought, or no targets: 503.
    Forward(Vec<Share>),
    /// To another address; the words in `#{}` stand for what the request has.
    Redirect {
        status: u16,
        /// `PROTOCOL://HOST:PORT/PATH?QUERY`.
        to: String,
    },
    Respond {
        status: u16,
        content_type: Option<String>,
        body: String,
    },
}

/// A target group's share of a listener's requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) target_group: String,
    pub(crate) weight: u32,
    pub(crate) targets: Vec<(String, u16)>,
}

/// Where `request` goes that arrives at listener `arn`; `None` if the listener or its load balancer
/// does not answer (yet). Whether the load balancer's security groups let the client in is for
/// [`admits`] to say.
pub(crate) fn serve(region: &Region, arn: &str, request: &Request) -> Option<Route> {
    let elb = &region.elb;
    let listener = elb.listeners.get(arn)?;
    elb.load_balancers
        .get(&listener.load_balancer)
        .filter(|balancer| balancer.active)?;
    let rules = elb.rules_of(arn);
    let rule = rules.iter().find(|rule| {
        let mut conditions = rule.conditions.iter();
        conditions.all(|condition| meets(condition, request))
    });
    let action = rule.map_or(&listener.action, |rule| &rule.action);
    Some(match &action.kind {
        ActionKind::Forward { groups, .. } => Route::Forward(
            groups
                .iter()
                .map(|(arn, weight)| Share {
                    target_group: arn.clone(),
                    weight: *weight,
                    targets: takers(region, arn),
                })
                .collect(),
        ),
        ActionKind::Redirect(to) => redirected(to),
        ActionKind::FixedResponse {
            status,
            content_type,
            body,
        } => Route::Respond {
            status: status.parse().unwrap_or(200),
            content_type: content_type.clone(),
            body: body.clone().unwrap_or_default(),
        },
    })
}

/// Whether a load balancer's security groups let a client at `source` in to the listener's port.
pub(crate) fn admits(region: &Region, listener: &str, source: Ipv4Addr) -> bool {
    let Some(listener) = region.elb.listeners.get(listener) else {
        return false;
    };
    let Some(balancer) = region.elb.load_balancers.get(&listener.load_balancer) else {
        return false;
    };
    let client = End {
        groups: &[],
        address: source,
    };
    let node = End {
        groups: &balancer.security_groups,
        address: Ipv4Addr::UNSPECIFIED,
    };
    connects(&region.ec2, client, node, listener.port)
}

/// The targets of a group that take requests: the healthy ones, or if there are none, all that are
/// in use: the load balancer fails open.
fn takers(region: &Region, group: &str) -> Vec<(String, u16)> {
    let targets = region.elb.target_groups.get(group);
    let targets = targets.map(|group| &group.targets[..]).unwrap_or_default();
    let those = |takes: fn(&Life) -> bool| {
        targets
            .iter()
            .filter(|target| takes(&target.life))
            .map(|target| (target.id.clone(), target.port))
            .collect::<Vec<_>>()
    };
    let healthy = those(Life::is_healthy);
    if healthy.is_empty() {
        those(|life| matches!(life, Life::Watched(_)))
    } else {
        healthy
    }
}

fn redirected(to: &Redirect) -> Route {
    let Redirect {
        protocol,
        port,
        host,
        path,
        query,
        status,
    } = to;
    let query = if query.is_empty() {
        String::new()
    } else {
        format!("?{query}")
    };
    Route::Redirect {
        status: if status == "HTTP_301" { 301 } else { 302 },
        to: format!("{protocol}://{host}:{port}{path}{query}"),
    }
}
