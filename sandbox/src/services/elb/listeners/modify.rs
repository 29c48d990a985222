//! `ModifyListener`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::create::{Certificate, check_protocol, duplicate, is_taken};
use super::describe::described;
use super::found;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb::actions;
use crate::services::elb::checks;
use crate::services::elb::faults::no_such_load_balancer;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ModifyListener {
    listener_arn: String,
    port: Option<u32>,
    protocol: Option<String>,
    ssl_policy: Option<String>,
    #[serde(default)]
    certificates: Vec<Certificate>,
    #[serde(default)]
    default_actions: Vec<actions::Given>,
}

/// `ModifyListener` (Elastic Load Balancing API Reference): what is not given stays as it is.
pub(crate) fn modify_listener(cx: &mut Cx, input: ModifyListener) -> Result<Value, Fault> {
    let elb = &mut cx.region().elb;
    let mut listener = found(elb, &input.listener_arn)?.clone();
    if let Some(protocol) = input.protocol {
        listener.protocol = protocol;
    }
    check_protocol(
        &listener.protocol,
        input.ssl_policy.as_deref(),
        &input.certificates,
    )?;
    if let Some(port) = input.port {
        listener.port = checks::port("port", port)?;
    }
    if is_taken(elb, &listener.load_balancer, listener.port, &listener.arn) {
        return Err(duplicate(&listener.load_balancer));
    }
    if !input.default_actions.is_empty() {
        let balancer = elb
            .load_balancers
            .get(&listener.load_balancer)
            .ok_or_else(|| no_such_load_balancer(&listener.load_balancer))?;
        listener.action = actions::read(elb, balancer, input.default_actions)?;
    }
    let answer = json!({ "Listeners": [described(&listener)] });
    elb.listeners.insert(listener.arn.clone(), listener);
    Ok(answer)
}
