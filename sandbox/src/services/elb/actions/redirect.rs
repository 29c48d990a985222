//! Redirecting to another address.

use serde::Deserialize;

use super::{Given, missing_config};
use crate::fault::Fault;
use crate::services::elb::checks::one_of;
use crate::services::elb::faults::{constraint, invalid};
use crate::services::elb::state::{Action, ActionKind, Redirect};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(in crate::services::elb) struct RedirectConfig {
    protocol: Option<String>,
    port: Option<String>,
    host: Option<String>,
    path: Option<String>,
    query: Option<String>,
    status_code: String,
}

pub(super) fn redirect(given: Given) -> Result<Action, Fault> {
    let config = given
        .redirect_config
        .ok_or_else(|| missing_config("redirect"))?;
    let or = |given: Option<String>, same: &str| given.unwrap_or_else(|| same.to_owned());
    let to = Redirect {
        protocol: or(config.protocol, "#{protocol}"),
        port: or(config.port, "#{port}"),
        host: or(config.host, "#{host}"),
        path: or(config.path, "/#{path}"),
        query: or(config.query, "#{query}"),
        status: config.status_code,
    };
    one_of("statusCode", &to.status, &["HTTP_301", "HTTP_302"])?;
    if !["HTTP", "HTTPS", "#{protocol}"].contains(&to.protocol.as_str()) {
        let rule = r"Member must satisfy regular expression pattern: ^(HTTPS?|#\{protocol\})$";
        return Err(constraint("protocol", &to.protocol, rule));
    }
    if to.port != "#{port}" && !to.port.parse::<u16>().is_ok_and(|port| port > 0) {
        return Err(invalid(format!(
            "The redirect port '{}' must be '#{{port}}' or in the range '1-65535'",
            to.port
        )));
    }
    if !to.path.starts_with('/') {
        return Err(invalid(format!(
            "The redirect path '{}' must begin with a '/' character",
            to.path
        )));
    }
    let same = to.protocol == "#{protocol}"
        && to.port == "#{port}"
        && to.host == "#{host}"
        && to.path == "/#{path}";
    if same {
        return Err(Fault::new(
            "InvalidLoadBalancerAction",
            "The redirect configuration is not valid because it creates a loop",
        ));
    }
    Ok(Action {
        order: given.order,
        kind: ActionKind::Redirect(to),
    })
}
