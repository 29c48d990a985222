//! The ARNs of load balancers, target groups, listeners and rules.

use super::faults::invalid;
use crate::context::Cx;
use crate::fault::Fault;

/// What an ARN of this service names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    LoadBalancer,
    TargetGroup,
    Listener,
    Rule,
}

impl Kind {
    const ALL: [Kind; 4] = [
        Kind::LoadBalancer,
        Kind::TargetGroup,
        Kind::Listener,
        Kind::Rule,
    ];

    /// The first part of an ARN's resource.
    fn prefix(self) -> &'static str {
        match self {
            Kind::LoadBalancer => "loadbalancer/",
            Kind::TargetGroup => "targetgroup/",
            Kind::Listener => "listener/",
            Kind::Rule => "listener-rule/",
        }
    }

    /// The service's word for it.
    fn word(self) -> &'static str {
        match self {
            Kind::LoadBalancer => "load balancer",
            Kind::TargetGroup => "target group",
            Kind::Listener => "listener",
            Kind::Rule => "listener rule",
        }
    }
}

/// `arn:aws:elasticloadbalancing:REGION:ACCOUNT:KIND/PATH`.
pub(super) fn arn(cx: &Cx, kind: Kind, path: &str) -> String {
    cx.arn("elasticloadbalancing", &format!("{}{path}", kind.prefix()))
}

/// Refuses what cannot be the ARN of such a thing, whether or not there is one.
pub(super) fn check(kind: Kind, arn: &str) -> Result<(), Fault> {
    if kind_of(arn) == Some(kind) {
        return Ok(());
    }
    Err(invalid(format!(
        "'{arn}' is not a valid {} ARN",
        kind.word()
    )))
}

/// What `arn` names, if it is an ARN of this service.
pub(super) fn kind_of(arn: &str) -> Option<Kind> {
    let parts: Vec<_> = arn.splitn(6, ':').collect();
    let ["arn", _, "elasticloadbalancing", _, _, resource] = parts[..] else {
        return None;
    };
    Kind::ALL
        .into_iter()
        .find(|kind| resource.starts_with(kind.prefix()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_says_what_it_names() {
        let own = |resource: &str| {
            format!("arn:aws:elasticloadbalancing:eu-west-1:123456789012:{resource}")
        };
        for (resource, kind) in [
            ("loadbalancer/app/a/1", Some(Kind::LoadBalancer)),
            ("targetgroup/a/1", Some(Kind::TargetGroup)),
            ("listener/app/a/1/2", Some(Kind::Listener)),
            ("listener-rule/app/a/1/2/3", Some(Kind::Rule)),
            ("truststore/a/1", None),
        ] {
            assert_eq!(kind_of(&own(resource)), kind);
        }
        assert_eq!(kind_of("arn:aws:s3:::listener/a"), None);
        assert_eq!(kind_of("listener/app/a/1/2"), None);
    }
}
