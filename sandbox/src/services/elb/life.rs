//! What takes time: provisioning, letting go, health checks and draining.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::health;
use crate::context::Cx;

/// A new load balancer, until its nodes take requests.
pub(super) const PROVISIONING: Duration = Duration::from_secs(150);
/// How long the interfaces of a load balancer outlive it.
pub(super) const RELEASE: Duration = Duration::from_mins(4);

/// What comes due in Elastic Load Balancing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Due {
    /// The load balancer of that ARN is active.
    LoadBalancer(String),
    /// A network interface is let go.
    Interface(String),
    /// A target of a target group turns healthy or unhealthy, or has drained.
    Target {
        group: String,
        id: String,
        port: u16,
    },
}

/// Lets it happen.
pub(crate) fn due(cx: &mut Cx, due: Due) {
    match due {
        Due::LoadBalancer(arn) => {
            if let Some(balancer) = cx.region().elb.load_balancers.get_mut(&arn) {
                balancer.active = true;
            }
        }
        Due::Interface(id) => {
            cx.region().ec2.network_interfaces.remove(&id);
        }
        Due::Target { group, id, port } => health::turn(cx, &group, &id, port),
    }
}
