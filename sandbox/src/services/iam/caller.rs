//! What the caller may do: the account's one user, an administrator until it is limited.

use super::authority;
use super::policy::{self, Decision, Kind, Request};
use super::service_linked::{self, service_linked};
use super::sources::Sources;
use crate::context::Cx;
use crate::state::Account;

/// A policy that is none, in IAM's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PolicyError(String);

impl Account {
    /// Lets the account's own user do what this policy (an IAM JSON document) allows and nothing
    /// else, or with `None` everything, as at the beginning.
    ///
    /// # Errors
    ///
    /// The document is not a valid policy of an identity.
    pub fn limit_caller(&mut self, policy: Option<&str>) -> Result<(), PolicyError> {
        if let Some(text) = policy {
            policy::parse(text, Kind::Identity).map_err(|fault| PolicyError(fault.message))?;
        }
        self.iam.user.policy = policy.map(str::to_owned);
        Ok(())
    }
}

/// A condition key of a request, with its values.
pub(crate) type Key = (String, Vec<String>);

/// What the caller is refused, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Denial {
    pub(crate) user: String,
    pub(crate) action: String,
    pub(crate) resource: String,
    /// Whether a statement says no, rather than none yes.
    pub(crate) explicit: bool,
}

/// Whether the caller's rights are limited at all.
pub(crate) fn is_limited(cx: &Cx) -> bool {
    cx.account.iam.user.policy.is_some()
}

/// Whether the caller may do `action` on `resource`, an ARN or `*`.
pub(crate) fn caller_may(
    cx: &Cx,
    action: &str,
    resource: &str,
    keys: &[Key],
) -> Result<(), Denial> {
    if !is_limited(cx) {
        return Ok(());
    }
    let user = &cx.account.iam.user;
    let known = [
        ("aws:PrincipalArn", user.arn.as_str()),
        ("aws:PrincipalType", "User"),
        ("aws:username", user.name.as_str()),
        ("aws:userid", user.id.as_str()),
    ];
    let mut context = authority::context(cx, &known);
    let given = keys.iter().cloned();
    context.extend(given.map(|(key, values)| (key.to_lowercase(), values)));
    let request = Request {
        action,
        resource,
        context: &context,
    };
    let decision = Sources::of(cx, &user.arn).map_or(Decision::ImplicitDeny, |sources| {
        sources.decide(&sources.verdicts(&request), &request)
    });
    match decision {
        Decision::Allowed => Ok(()),
        refused => Err(Denial {
            user: user.arn.clone(),
            action: action.to_owned(),
            resource: resource.to_owned(),
            explicit: refused == Decision::ExplicitDeny,
        }),
    }
}

/// Whether the caller may hand this role to a service (`ec2.amazonaws.com`).
pub(crate) fn caller_passes(cx: &Cx, role: &str, service: &str) -> Result<(), Denial> {
    let to = ("iam:PassedToService".to_owned(), vec![service.to_owned()]);
    caller_may(cx, "iam:PassRole", role, &[to])
}

/// Makes sure that there is the role of `service` and gives its ARN, as services do when somebody
/// first uses them. Where there is none yet, it is made in the name of the caller, who must be
/// allowed to.
pub(crate) fn caller_links(cx: &mut Cx, service: &str) -> Result<String, Denial> {
    if let Some(arn) = service_linked::missing(cx, service) {
        let for_whom = ("iam:AWSServiceName".to_owned(), vec![service.to_owned()]);
        caller_may(cx, "iam:CreateServiceLinkedRole", &arn, &[for_whom])?;
    }
    Ok(service_linked(cx, service))
}

/// The ARN of the role or instance profile of that ARN but for its path, if there is one.
pub(crate) fn with_path(cx: &Cx, arn: &str) -> Option<String> {
    let (_, entity) = arn.rsplit_once(':')?;
    let (kind, name) = entity.split_once('/')?;
    let iam = &cx.account.iam;
    match kind {
        "role" => iam.roles.get(name).map(|role| role.arn.clone()),
        "instance-profile" => iam.instance_profiles.get(name).map(|it| it.arn.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(policy: &str, action: &str) -> Option<bool> {
        let mut account = Account::new("123456789012", 1, 1, 0);
        account.limit_caller(Some(policy)).unwrap();
        let cx = Cx {
            account: &mut account,
            region: "eu-west-1",
            now: 0,
        };
        caller_may(&cx, action, "*", &[])
            .err()
            .map(|denial| denial.explicit)
    }

    #[test]
    fn the_caller_may_what_the_policy_says() {
        let policy = r#"{"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "ecs:*", "Resource": "*",
             "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1", "aws:username": "admin"}}},
            {"Effect": "Deny", "Action": "ecs:DeleteCluster", "Resource": "*"}
        ]}"#;
        assert_eq!(refused(policy, "ecs:CreateCluster"), None);
        assert_eq!(refused(policy, "ecs:DeleteCluster"), Some(true));
        assert_eq!(refused(policy, "ecr:CreateRepository"), Some(false));
    }

    #[test]
    fn what_is_no_policy_is_told() {
        let mut account = Account::new("123456789012", 1, 1, 0);
        let error = account.limit_caller(Some("{}")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "Policy document must be version 2012-10-17 or greater."
        );
        assert_eq!(account.limit_caller(None), Ok(()));
    }
}
