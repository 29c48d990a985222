//! The health check of a target group: its settings, their defaults and their limits
//! (User Guide for Application Load Balancers, "Health checks for your target groups").

use serde::Deserialize;

use crate::fault::Fault;
use crate::services::elb::checks::{between, one_of};
use crate::services::elb::faults::{configuration, invalid};
use crate::services::elb::state::HealthCheck;

/// What a request says of a health check.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) protocol: Option<String>,
    pub(super) port: Option<String>,
    pub(super) enabled: Option<bool>,
    pub(super) path: Option<String>,
    pub(super) interval: Option<u32>,
    pub(super) timeout: Option<u32>,
    pub(super) healthy_threshold: Option<u32>,
    pub(super) unhealthy_threshold: Option<u32>,
    pub(super) matcher: Option<Matcher>,
}

/// `Matcher`: the status codes that count as success.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct Matcher {
    http_code: Option<String>,
}

/// The health check of a target group of which nothing is said.
pub(super) fn default() -> HealthCheck {
    HealthCheck {
        protocol: "HTTP".to_owned(),
        port: "traffic-port".to_owned(),
        path: "/".to_owned(),
        interval: 30,
        timeout: 5,
        healthy_threshold: 5,
        unhealthy_threshold: 2,
        matcher: "200".to_owned(),
    }
}

impl Settings {
    /// `check` with these settings, checked; `target_type` is that of the target group.
    pub(super) fn over(self, check: HealthCheck, target_type: &str) -> Result<HealthCheck, Fault> {
        if self.enabled == Some(false) {
            return Err(configuration(format!(
                "Health check enabled must be true for target groups with target type '{target_type}'"
            )));
        }
        let matcher = self.matcher.and_then(|matcher| matcher.http_code);
        let check = HealthCheck {
            protocol: self.protocol.unwrap_or(check.protocol),
            port: self.port.unwrap_or(check.port),
            path: self.path.unwrap_or(check.path),
            interval: self.interval.unwrap_or(check.interval),
            timeout: self.timeout.unwrap_or(check.timeout),
            healthy_threshold: self.healthy_threshold.unwrap_or(check.healthy_threshold),
            unhealthy_threshold: self
                .unhealthy_threshold
                .unwrap_or(check.unhealthy_threshold),
            matcher: matcher.unwrap_or(check.matcher),
        };
        check_settings(&check)?;
        Ok(check)
    }
}

fn check_settings(check: &HealthCheck) -> Result<(), Fault> {
    one_of("healthCheckProtocol", &check.protocol, &["HTTP", "HTTPS"])?;
    let port = check.port.parse::<u16>();
    if check.port != "traffic-port" && !port.is_ok_and(|port| port > 0) {
        return Err(invalid(format!(
            "Health check port '{}' must be 'traffic-port' or in the range '1-65535'",
            check.port
        )));
    }
    if !check.path.starts_with('/') || check.path.chars().count() > 1024 {
        return Err(invalid(format!(
            "Health check path '{}' must begin with a '/' character, and can be at most 1024 characters in length",
            check.path
        )));
    }
    between("healthCheckIntervalSeconds", check.interval, 5, 300)?;
    between("healthCheckTimeoutSeconds", check.timeout, 2, 120)?;
    between("healthyThresholdCount", check.healthy_threshold, 2, 10)?;
    between("unhealthyThresholdCount", check.unhealthy_threshold, 2, 10)?;
    if check.timeout >= check.interval {
        return Err(invalid(format!(
            "Health check timeout '{}' must be smaller than the interval '{}'",
            check.timeout, check.interval
        )));
    }
    check_matcher(&check.matcher)
}

fn check_matcher(matcher: &str) -> Result<(), Fault> {
    let ranges = matcher.split(',').map(range).collect::<Option<Vec<_>>>();
    let ranges = ranges
        .filter(|ranges| ranges.iter().all(|(from, to)| from <= to))
        .ok_or_else(|| invalid("HttpCode must be like 200 | 200-399 | 200,201 ..."))?;
    let codes = ranges.into_iter().flat_map(|(from, to)| [from, to]);
    for code in codes {
        if !(200..=499).contains(&code) {
            return Err(invalid(format!(
                "Health check matcher HTTP code '{code}' must be within '200-499' inclusive"
            )));
        }
    }
    Ok(())
}

/// Whether a status code is one of those that `matcher` names.
pub(in crate::services::elb) fn accepts(matcher: &str, status: u16) -> bool {
    let mut ranges = matcher.split(',').filter_map(range);
    ranges.any(|(from, to)| (from..=to).contains(&status))
}

/// `200` or `200-399`.
fn range(text: &str) -> Option<(u16, u16)> {
    let code = |text: &str| {
        let text = text.trim();
        (text.len() == 3)
            .then(|| text.parse::<u16>().ok())
            .flatten()
    };
    match text.split_once('-') {
        Some((from, to)) => Some((code(from)?, code(to)?)),
        None => code(text).map(|code| (code, code)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matcher_is_codes_and_ranges() {
        for (matcher, status, accepted) in [
            ("200", 200, true),
            ("200", 201, false),
            ("200,302", 302, true),
            ("200-399", 302, true),
            ("200-299,404", 404, true),
            ("200-299,404", 403, false),
        ] {
            assert_eq!(accepts(matcher, status), accepted, "{matcher} {status}");
        }
        for bad in [
            "", "2xx", "200-", "600", "199", "399-200", "200;302", "0200",
        ] {
            assert!(check_matcher(bad).is_err(), "{bad}");
        }
    }
}
