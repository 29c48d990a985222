//! `DescribeListeners`, and how a listener is described in every answer.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb::actions;
use crate::services::elb::arns::{self, Kind};
use crate::services::elb::faults::{invalid, no_such_load_balancer};
use crate::services::elb::listing::answer;
use crate::services::elb::state::Listener;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeListeners {
    load_balancer_arn: Option<String>,
    #[serde(default)]
    listener_arns: Vec<String>,
    marker: Option<String>,
    page_size: Option<u32>,
}

/// `DescribeListeners` (Elastic Load Balancing API Reference): those of a load balancer, or those
/// that are named, each of which must be there.
pub(crate) fn describe_listeners(cx: &mut Cx, input: DescribeListeners) -> Result<Value, Fault> {
    let elb = &cx.region().elb;
    let listeners = match (&input.load_balancer_arn, &input.listener_arns[..]) {
        (None, []) => {
            return Err(invalid(
                "You must specify either listener ARNs or a load balancer ARN",
            ));
        }
        (Some(_), [_, ..]) => {
            return Err(invalid(
                "Listener ARNs and a load balancer ARN cannot be specified at the same time",
            ));
        }
        (Some(arn), []) => {
            arns::check(Kind::LoadBalancer, arn)?;
            if !elb.load_balancers.contains_key(arn) {
                return Err(no_such_load_balancer(arn));
            }
            elb.listeners_of(arn)
        }
        (None, wanted) => {
            for arn in wanted {
                arns::check(Kind::Listener, arn)?;
            }
            let found = wanted.iter().map(|arn| elb.listeners.get(arn));
            found
                .collect::<Option<Vec<_>>>()
                .ok_or_else(|| Fault::new("ListenerNotFound", "One or more listeners not found"))?
        }
    };
    let items = listeners.into_iter().map(described).collect();
    answer("Listeners", items, input.marker.as_deref(), input.page_size)
}

/// A listener as the service describes it.
pub(super) fn described(listener: &Listener) -> Value {
    json!({
        "ListenerArn": listener.arn,
        "LoadBalancerArn": listener.load_balancer,
        "Port": listener.port,
        "Protocol": listener.protocol,
        "DefaultActions": actions::described(&listener.action),
    })
}
