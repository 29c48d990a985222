//! Answering in a target's stead.

use serde::Deserialize;

use super::{Given, missing_config};
use crate::fault::Fault;
use crate::services::elb::faults::constraint;
use crate::services::elb::state::{Action, ActionKind};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(in crate::services::elb) struct FixedResponseConfig {
    message_body: Option<String>,
    status_code: String,
    content_type: Option<String>,
}

pub(super) fn fixed_response(given: Given) -> Result<Action, Fault> {
    let config = given
        .fixed_response_config
        .ok_or_else(|| missing_config("fixed-response"))?;
    let status = config.status_code;
    let good = status.len() == 3
        && status.starts_with(['2', '4', '5'])
        && status.bytes().all(|byte| byte.is_ascii_digit());
    if !good {
        let rule = r"Member must satisfy regular expression pattern: ^(2|4|5)\d\d$";
        return Err(constraint("statusCode", &status, rule));
    }
    if let Some(kind) = &config.content_type {
        const KINDS: [&str; 5] = [
            "text/plain",
            "text/css",
            "text/html",
            "application/javascript",
            "application/json",
        ];
        if !KINDS.contains(&kind.as_str()) {
            return Err(Fault::new(
                "InvalidLoadBalancerAction",
                format!("The ContentType must be one of: '{}'", KINDS.join("', '")),
            ));
        }
    }
    if let Some(body) = &config.message_body
        && body.chars().count() > 1024
    {
        let rule = "Member must have length less than or equal to 1024";
        return Err(constraint("messageBody", body, rule));
    }
    Ok(Action {
        order: given.order,
        kind: ActionKind::FixedResponse {
            status,
            content_type: config.content_type,
            body: config.message_body,
        },
    })
}
