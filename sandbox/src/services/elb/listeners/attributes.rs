//! `ModifyListenerAttributes` and `DescribeListenerAttributes`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::found;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb::attributes::{Allowed, Attribute, FLAG, Given, attribute, changed, list};

/// What an HTTP listener of an Application Load Balancer has: headers that it adds to responses
/// (Elastic Load Balancing API Reference, `ListenerAttribute`).
const KNOWN: &[Attribute] = &[
    attribute("routing.http.response.server.enabled", "true", FLAG),
    header("routing.http.response.strict_transport_security.header_value"),
    header("routing.http.response.access_control_allow_origin.header_value"),
    header("routing.http.response.access_control_allow_methods.header_value"),
    header("routing.http.response.access_control_allow_headers.header_value"),
    header("routing.http.response.access_control_allow_credentials.header_value"),
    header("routing.http.response.access_control_expose_headers.header_value"),
    header("routing.http.response.access_control_max_age.header_value"),
    header("routing.http.response.content_security_policy.header_value"),
    header("routing.http.response.x_content_type_options.header_value"),
    header("routing.http.response.x_frame_options.header_value"),
];

const fn header(key: &'static str) -> Attribute {
    attribute(key, "", Allowed::Text)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ModifyListenerAttributes {
    listener_arn: String,
    attributes: Vec<Given>,
}

/// `ModifyListenerAttributes` (Elastic Load Balancing API Reference): those that are not given stay
/// as they are.
pub(crate) fn modify_listener_attributes(
    cx: &mut Cx,
    input: ModifyListenerAttributes,
) -> Result<Value, Fault> {
    let listener = found(&mut cx.region().elb, &input.listener_arn)?;
    listener.attributes = changed("Listener", KNOWN, &listener.attributes, input.attributes)?;
    Ok(json!({ "Attributes": list(KNOWN, &listener.attributes) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeListenerAttributes {
    listener_arn: String,
}

/// `DescribeListenerAttributes` (Elastic Load Balancing API Reference).
pub(crate) fn describe_listener_attributes(
    cx: &mut Cx,
    input: DescribeListenerAttributes,
) -> Result<Value, Fault> {
    let listener = found(&mut cx.region().elb, &input.listener_arn)?;
    Ok(json!({ "Attributes": list(KNOWN, &listener.attributes) }))
}
