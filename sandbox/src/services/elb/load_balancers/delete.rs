//! `DeleteLoadBalancer`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::attributes::is_protected;
use super::place::release;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb::arns::{self, Kind};
use crate::services::elb::listeners;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteLoadBalancer {
    load_balancer_arn: String,
}

/// `DeleteLoadBalancer` (Elastic Load Balancing API Reference): its listeners go with it, its target
/// groups stay; what is not there is deleted already.
pub(crate) fn delete_load_balancer(cx: &mut Cx, input: DeleteLoadBalancer) -> Result<Value, Fault> {
    let arn = input.load_balancer_arn;
    arns::check(Kind::LoadBalancer, &arn)?;
    let elb = &mut cx.region().elb;
    let Some(balancer) = elb.load_balancers.get(&arn) else {
        return Ok(json!({}));
    };
    if is_protected(balancer) {
        return Err(Fault::new(
            "OperationNotPermitted",
            format!(
                "Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
            ),
        ));
    }
    let listening: Vec<_> = elb
        .listeners_of(&arn)
        .into_iter()
        .map(|listener| listener.arn.clone())
        .collect();
    for listener in &listening {
        listeners::forget(elb, listener);
    }
    if let Some(balancer) = elb.load_balancers.remove(&arn) {
        release(cx, balancer.interfaces.into_values());
    }
    Ok(json!({}))
}
