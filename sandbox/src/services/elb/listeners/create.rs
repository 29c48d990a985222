//! `CreateListener`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::described;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb::actions;
use crate::services::elb::arns::{self, Kind};
use crate::services::elb::checks::{self, one_of};
use crate::services::elb::faults::{invalid, no_such_load_balancer};
use crate::services::elb::limits;
use crate::services::elb::state::{Attributes, Elb, Listener};
use crate::services::elb::tags;
use crate::tags::Tag;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateListener {
    load_balancer_arn: String,
    protocol: Option<String>,
    port: Option<u32>,
    ssl_policy: Option<String>,
    #[serde(default)]
    certificates: Vec<Certificate>,
    default_actions: Vec<actions::Given>,
    #[serde(default)]
    tags: Vec<Tag>,
}

/// A server certificate.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct Certificate {
    certificate_arn: Option<String>,
    #[serde(rename = "IsDefault")]
    _is_default: Option<bool>,
}

/// `CreateListener` (Elastic Load Balancing API Reference). Asked for again with the same settings,
/// it is the one that there is.
pub(crate) fn create_listener(cx: &mut Cx, input: CreateListener) -> Result<Value, Fault> {
    arns::check(Kind::LoadBalancer, &input.load_balancer_arn)?;
    let protocol = input
        .protocol
        .ok_or_else(|| invalid("A listener protocol must be specified"))?;
    let port = input
        .port
        .ok_or_else(|| invalid("A listener port must be specified"))?;
    let port = checks::port("port", port)?;
    let tags = tags::of_new(input.tags)?;
    let elb = &cx.region().elb;
    let balancer = elb
        .load_balancers
        .get(&input.load_balancer_arn)
        .ok_or_else(|| no_such_load_balancer(&input.load_balancer_arn))?;
    check_protocol(&protocol, input.ssl_policy.as_deref(), &input.certificates)?;
    let action = actions::read(elb, balancer, input.default_actions)?;
    let listeners = elb.listeners_of(&balancer.arn);
    if let Some(there) = listeners.iter().find(|listener| listener.port == port) {
        if there.protocol == protocol && there.action == action {
            return Ok(json!({ "Listeners": [described(there)] }));
        }
        return Err(duplicate(&balancer.arn));
    }
    if listeners.len() >= limits::LISTENERS {
        return Err(Fault::new(
            "TooManyListeners",
            "The maximum number of listeners per load balancer has been reached",
        ));
    }
    let balancer_path = balancer.path().to_owned();
    let path = format!("{balancer_path}/{}", cx.id("", 16));
    let rule = format!("{path}/{}", cx.id("", 16));
    let listener = Listener {
        arn: arns::arn(cx, Kind::Listener, &path),
        load_balancer: input.load_balancer_arn,
        protocol,
        port,
        action,
        default_rule: arns::arn(cx, Kind::Rule, &rule),
        attributes: Attributes::new(),
        tags,
    };
    let answer = json!({ "Listeners": [described(&listener)] });
    let elb = &mut cx.region().elb;
    elb.listeners.insert(listener.arn.clone(), listener);
    Ok(answer)
}

/// HTTP without a certificate, or HTTPS with one; this account has no certificates.
pub(super) fn check_protocol(
    protocol: &str,
    ssl_policy: Option<&str>,
    certificates: &[Certificate],
) -> Result<(), Fault> {
    one_of("protocol", protocol, &["HTTP", "HTTPS"])?;
    let secure = protocol == "HTTPS";
    match certificates.first() {
        None if secure => Err(invalid(
            "A certificate must be specified for HTTPS listeners",
        )),
        Some(_) if !secure => Err(invalid(
            "Certificates cannot be specified for HTTP listeners",
        )),
        None if ssl_policy.is_some() => Err(invalid(
            "An SSL policy cannot be specified for HTTP listeners",
        )),
        Some(certificate) => {
            let arn = certificate.certificate_arn.as_deref().unwrap_or_default();
            Err(Fault::new(
                "CertificateNotFound",
                format!("Certificate '{arn}' not found"),
            ))
        }
        None => Ok(()),
    }
}

/// There is a listener on that port already.
pub(super) fn duplicate(balancer: &str) -> Fault {
    Fault::new(
        "DuplicateListener",
        format!("A listener already exists on this port for this load balancer '{balancer}'"),
    )
}

/// Whether load balancer `balancer` listens on `port` with another listener than `but`.
pub(super) fn is_taken(elb: &Elb, balancer: &str, port: u16, but: &str) -> bool {
    elb.listeners_of(balancer)
        .iter()
        .any(|listener| listener.port == port && listener.arn != but)
}
