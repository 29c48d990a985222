//! The decision: a deny beats an allow, and nothing is a no.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::document::{Document, Statement};
use super::wildcard;

/// What is known of a request beyond its action and resource: keys in lower
/// case, each with its values.
pub(in crate::services::iam) type Context = BTreeMap<String, Vec<String>>;

pub(in crate::services::iam) struct Request<'a> {
    /// `ecr:PutImage`
    pub(in crate::services::iam) action: &'a str,
    /// An ARN, or `*`.
    pub(in crate::services::iam) resource: &'a str,
    pub(in crate::services::iam) context: &'a Context,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::services::iam) enum Decision {
    ImplicitDeny,
    Allowed,
    ExplicitDeny,
}

impl Decision {
    /// As `EvalDecision` writes it.
    pub(in crate::services::iam) fn name(self) -> &'static str {
        match self {
            Decision::ImplicitDeny => "implicitDeny",
            Decision::Allowed => "allowed",
            Decision::ExplicitDeny => "explicitDeny",
        }
    }
}

/// What one document says.
pub(in crate::services::iam) struct Verdict {
    pub(in crate::services::iam) decision: Decision,
    /// Whether a statement spoke.
    pub(in crate::services::iam) matched: bool,
    /// Keys that a statement for this action asked after and did not find.
    pub(in crate::services::iam) missing: BTreeSet<String>,
}

/// What several say together.
pub(in crate::services::iam) fn combine(decisions: impl Iterator<Item = Decision>) -> Decision {
    decisions.max().unwrap_or(Decision::ImplicitDeny)
}

/// Within a boundary only what both allow is allowed.
pub(in crate::services::iam) fn bounded(policies: Decision, boundary: Decision) -> Decision {
    match (policies, boundary) {
        (Decision::ExplicitDeny, _) | (_, Decision::ExplicitDeny) => Decision::ExplicitDeny,
        (Decision::Allowed, Decision::Allowed) => Decision::Allowed,
        _ => Decision::ImplicitDeny,
    }
}

impl Document {
    /// What a trust policy says to the service that wants the role.
    pub(in crate::services::iam) fn trusts(&self, service: &str, context: &Context) -> Decision {
        let request = Request {
            action: "sts:AssumeRole",
            resource: "*",
            context,
        };
        let named = |statement: &&Statement| {
            let is = |name: &str| name == "*" || name == service;
            statement.services.hold(is)
        };
        let statements = self.statements.iter().filter(named).cloned().collect();
        Document { statements }.evaluate(&request).decision
    }

    pub(in crate::services::iam) fn evaluate(&self, request: &Request) -> Verdict {
        let concerned = self
            .statements
            .iter()
            .filter(|statement| statement.concerns(request));
        let (mut decision, mut matched, mut missing) =
            (Decision::ImplicitDeny, false, BTreeSet::new());
        for statement in concerned {
            let keys = statement.conditions.iter().map(|condition| &condition.key);
            missing.extend(
                keys.filter(|key| !request.context.contains_key(*key))
                    .cloned(),
            );
            if statement
                .conditions
                .iter()
                .all(|condition| condition.holds(request.context))
            {
                let says = if statement.allow {
                    Decision::Allowed
                } else {
                    Decision::ExplicitDeny
                };
                decision = decision.max(says);
                matched = true;
            }
        }
        Verdict {
            decision,
            matched,
            missing,
        }
    }
}

impl Statement {
    /// Whether the action (in any case) and the resource are this statement's.
    fn concerns(&self, request: &Request) -> bool {
        let action = request.action.to_lowercase();
        self.actions
            .hold(|pattern| wildcard::matches(&pattern.to_lowercase(), &action))
            && self.resources.hold(|pattern| {
                filled(pattern, request.context)
                    .is_some_and(|pattern| wildcard::matches(&pattern, request.resource))
            })
    }
}

/// The pattern with its variables, `${aws:username}`; `None` if one is unknown.
fn filled<'a>(pattern: &'a str, context: &Context) -> Option<Cow<'a, str>> {
    if !pattern.contains("${") {
        return Some(Cow::Borrowed(pattern));
    }
    let (mut out, mut rest) = (String::new(), pattern);
    while let Some((before, from)) = rest.split_once("${") {
        let (name, after) = from.split_once('}')?;
        out.push_str(before);
        match name {
            "*" | "?" | "$" => out.push_str(name),
            name => out.push_str(context.get(&name.to_lowercase())?.first()?),
        }
        rest = after;
    }
    out.push_str(rest);
    Some(Cow::Owned(out))
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, parse};
    use super::*;

    fn decide(
        statements: &str,
        action: &str,
        resource: &str,
        context: &[(&str, &str)],
    ) -> Decision {
        let text = format!(r#"{{"Version": "2012-10-17", "Statement": {statements}}}"#);
        let context = context
            .iter()
            .map(|(key, value)| (key.to_lowercase(), vec![(*value).to_owned()]));
        let context = context.collect();
        parse(&text, Kind::Identity)
            .unwrap()
            .evaluate(&Request {
                action,
                resource,
                context: &context,
            })
            .decision
    }

    const PUSH: &str = r#"[
        {"Effect": "Allow", "Action": ["ecr:Put*", "ecr:UploadLayerPart"], "Resource": "arn:aws:ecr:*:1:repository/app"},
        {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"}
    ]"#;

    #[test]
    fn what_is_not_allowed_is_denied() {
        let app = "arn:aws:ecr:eu-west-1:1:repository/app";
        assert_eq!(decide(PUSH, "ecr:PutImage", app, &[]), Decision::Allowed);
        assert_eq!(decide(PUSH, "ECR:putimage", app, &[]), Decision::Allowed);
        assert_eq!(
            decide(
                PUSH,
                "ecr:PutImage",
                "arn:aws:ecr:eu-west-1:1:repository/app2",
                &[]
            ),
            Decision::ImplicitDeny
        );
        assert_eq!(
            decide(PUSH, "ecr:PutImage", "*", &[]),
            Decision::ImplicitDeny
        );
        assert_eq!(
            decide(PUSH, "ecr:DeleteRepository", app, &[]),
            Decision::ImplicitDeny
        );
        assert_eq!(
            decide(PUSH, "ecr:GetAuthorizationToken", "*", &[]),
            Decision::Allowed
        );
    }

    #[test]
    fn a_deny_beats_an_allow() {
        let statements = r#"[
            {"Effect": "Deny", "Action": "iam:*", "Resource": "*"},
            {"Effect": "Allow", "Action": "*", "Resource": "*"}
        ]"#;
        assert_eq!(
            decide(statements, "iam:CreateRole", "*", &[]),
            Decision::ExplicitDeny
        );
        assert_eq!(
            decide(statements, "ecs:CreateCluster", "*", &[]),
            Decision::Allowed
        );
    }

    #[test]
    fn not_action_and_not_resource() {
        let statements =
            r#"{"Effect": "Allow", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::secret"}"#;
        assert_eq!(
            decide(statements, "s3:GetObject", "arn:aws:s3:::open", &[]),
            Decision::Allowed
        );
        assert_eq!(
            decide(statements, "s3:GetObject", "arn:aws:s3:::secret", &[]),
            Decision::ImplicitDeny
        );
        assert_eq!(
            decide(statements, "iam:GetRole", "arn:aws:s3:::open", &[]),
            Decision::ImplicitDeny
        );
    }

    #[test]
    fn conditions_must_all_hold() {
        let statements = r#"{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*",
            "Condition": {"StringLike": {"iam:PassedToService": ["ecs-tasks.*"]}}}"#;
        let asked = |context: &[(&str, &str)]| {
            decide(statements, "iam:PassRole", "arn:aws:iam::1:role/x", context)
        };
        assert_eq!(
            asked(&[("iam:PassedToService", "ecs-tasks.amazonaws.com")]),
            Decision::Allowed
        );
        assert_eq!(
            asked(&[("iam:PassedToService", "ec2.amazonaws.com")]),
            Decision::ImplicitDeny
        );
        assert_eq!(asked(&[]), Decision::ImplicitDeny);
    }

    #[test]
    fn variables_stand_for_the_context() {
        let statements = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::home/${aws:username}/*"}"#;
        let asked = |context: &[(&str, &str)]| {
            decide(
                statements,
                "s3:GetObject",
                "arn:aws:s3:::home/eva/x",
                context,
            )
        };
        assert_eq!(asked(&[("aws:username", "eva")]), Decision::Allowed);
        assert_eq!(asked(&[("aws:username", "bob")]), Decision::ImplicitDeny);
        assert_eq!(asked(&[]), Decision::ImplicitDeny);
    }

    #[test]
    fn a_boundary_only_takes_away() {
        use Decision::{Allowed, ExplicitDeny, ImplicitDeny};
        assert_eq!(bounded(Allowed, Allowed), Allowed);
        assert_eq!(bounded(Allowed, ImplicitDeny), ImplicitDeny);
        assert_eq!(bounded(ImplicitDeny, Allowed), ImplicitDeny);
        assert_eq!(bounded(Allowed, ExplicitDeny), ExplicitDeny);
        assert_eq!(
            combine([ImplicitDeny, Allowed, ExplicitDeny].into_iter()),
            ExplicitDeny
        );
        assert_eq!(combine(std::iter::empty()), ImplicitDeny);
    }
}
