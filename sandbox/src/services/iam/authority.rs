//! What a role may do, asked by the services that act in its name.
//!
//! A service that is handed a role first asks whether the role [`trusts`] it,
//! and then, for all that it does with the role, whether the role [`may`].

use super::policy::{self, Context, Decision, Kind, Request};
use super::roles;
use super::sources::Sources;
use super::state::Role;
use crate::context::Cx;

/// Whether there is a role of that ARN.
pub(crate) fn role_exists(cx: &Cx, role: &str) -> bool {
    find(cx, role).is_some()
}

/// Whether the role of that ARN lets the service (`codedeploy.amazonaws.com`)
/// assume it for its resource of the ARN `source`; a role that does not exist
/// lets nobody.
pub(crate) fn trusts(cx: &Cx, role: &str, service: &str, source: &str) -> bool {
    // What a service says for whom it asks, against the confused deputy.
    let deputy = [
        ("aws:SourceAccount", cx.account.id.as_str()),
        ("aws:SourceArn", source),
    ];
    let context = context(cx, &deputy);
    let document = find(cx, role).and_then(|role| policy::parse(&role.trust, Kind::Trust).ok());
    document.is_some_and(|document| document.trusts(service, &context) == Decision::Allowed)
}

/// Whether the role of that ARN may do `action` on `resource` (an ARN, or `*`
/// where the action has none), with the condition keys that the service knows:
/// `may(cx, role, "iam:PassRole", other, &[("iam:PassedToService", "ecs-tasks.amazonaws.com")])`.
pub(crate) fn may(
    cx: &Cx,
    role: &str,
    action: &str,
    resource: &str,
    keys: &[(&str, &str)],
) -> bool {
    decision(cx, role, action, resource, keys) == Decision::Allowed
}

/// As [`may`]; if not, the sentence with which AWS refuses the role's session
/// (IAM User Guide, "Troubleshoot access denied error messages").
pub(crate) fn authorize(
    cx: &Cx,
    role: &str,
    session: &str,
    action: &str,
    resource: &str,
    keys: &[(&str, &str)],
) -> Result<(), String> {
    let because = match decision(cx, role, action, resource, keys) {
        Decision::Allowed => return Ok(()),
        Decision::ExplicitDeny => "with an explicit deny in an identity-based policy".to_owned(),
        Decision::ImplicitDeny => {
            format!("because no identity-based policy allows the {action} action")
        }
    };
    let name = role.rsplit('/').next().unwrap_or(role);
    let account = &cx.account.id;
    Err(format!(
        "User: arn:aws:sts::{account}:assumed-role/{name}/{session} is not authorized to perform: \
         {action} on resource: {resource} {because}"
    ))
}

fn decision(cx: &Cx, role: &str, action: &str, resource: &str, keys: &[(&str, &str)]) -> Decision {
    let Some(sources) = find(cx, role).and_then(|role| Sources::of(cx, &role.arn).ok()) else {
        return Decision::ImplicitDeny;
    };
    let mut known = vec![("aws:PrincipalArn", role)];
    known.extend(keys);
    let context = context(cx, &known);
    let request = Request {
        action,
        resource,
        context: &context,
    };
    sources.decide(&sources.verdicts(&request), &request)
}

/// The keys given, and those that every request has.
pub(super) fn context(cx: &Cx, keys: &[(&str, &str)]) -> Context {
    let account = cx.account.id.as_str();
    let always = [
        ("aws:RequestedRegion", cx.region),
        ("aws:PrincipalAccount", account),
        ("aws:ResourceAccount", account),
        ("aws:SecureTransport", "true"),
    ];
    always
        .iter()
        .chain(keys)
        .map(|(key, value)| (key.to_lowercase(), vec![(*value).to_owned()]))
        .collect()
}

fn find<'a>(cx: &'a Cx, arn: &str) -> Option<&'a Role> {
    let name = arn.rsplit('/').next().unwrap_or(arn);
    roles::find(cx, name).ok().filter(|role| role.arn == arn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Account;

    const ROLE: &str = "arn:aws:iam::123456789012:role/service-role/build";

    /// An account with one role, of this trust and this inline policy.
    fn account(trust: &str, statement: &str) -> Account {
        let mut account = Account::new("123456789012", 1, 1, 0);
        let document =
            |statement: &str| format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#);
        let role = Role {
            name: "build".to_owned(),
            path: "/service-role/".to_owned(),
            id: "AROA".to_owned(),
            arn: ROLE.to_owned(),
            created: 0,
            trust: document(trust),
            description: None,
            max_session: 3600,
            boundary: None,
            tags: crate::tags::Tags::new(),
            attached: Vec::new(),
            inline: [("inline".to_owned(), document(statement))].into(),
        };
        account.iam.roles.insert("build".to_owned(), role);
        account
    }

    fn ask<T>(trust: &str, statement: &str, question: impl Fn(&Cx) -> T) -> T {
        question(&Cx {
            account: &mut account(trust, statement),
            region: "eu-central-1",
            now: 0,
        })
    }

    const PASS: &str = r#"{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*",
        "Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}}"#;
    const TRUST: &str = r#"{"Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"Service": ["codebuild.amazonaws.com", "ec2.amazonaws.com"]}}"#;

    #[test]
    fn a_role_trusts_whom_it_names() {
        let trusts = |trust: &str, role, service| {
            ask(trust, PASS, |cx| {
                trusts(cx, role, service, "arn:aws:codebuild:::x")
            })
        };
        assert!(trusts(TRUST, ROLE, "codebuild.amazonaws.com"));
        assert!(!trusts(TRUST, ROLE, "codedeploy.amazonaws.com"));
        // Its path is part of its ARN.
        let elsewhere = "arn:aws:iam::123456789012:role/build";
        assert!(!trusts(TRUST, elsewhere, "codebuild.amazonaws.com"));
        let mine = TRUST.replace(
            r#""Action""#,
            r#""Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}, "Action""#,
        );
        assert!(trusts(&mine, ROLE, "codebuild.amazonaws.com"));
        assert!(!trusts(
            &mine.replace("789012", "0"),
            ROLE,
            "codebuild.amazonaws.com"
        ));
        let for_another = mine.replace("aws:SourceAccount", "aws:SourceArn");
        assert!(!trusts(&for_another, ROLE, "codebuild.amazonaws.com"));
        let other = TRUST.replace(r#""Principal""#, r#""NotPrincipal""#);
        assert!(!trusts(&other, ROLE, "codebuild.amazonaws.com"));
    }

    #[test]
    fn a_role_may_what_its_policies_allow() {
        let other = "arn:aws:iam::123456789012:role/other";
        let may = |service| {
            ask(TRUST, PASS, |cx| {
                may(
                    cx,
                    ROLE,
                    "iam:PassRole",
                    other,
                    &[("iam:PassedToService", service)],
                )
            })
        };
        assert!(may("ecs-tasks.amazonaws.com"));
        assert!(!may("ec2.amazonaws.com"));
    }

    #[test]
    fn a_refusal_says_who_what_and_why() {
        let refused = |statement: &str| {
            ask(TRUST, statement, |cx| {
                authorize(cx, ROLE, "s", "ecr:PutImage", "*", &[]).unwrap_err()
            })
        };
        assert_eq!(
            refused(PASS),
            "User: arn:aws:sts::123456789012:assumed-role/build/s is not authorized to perform: \
             ecr:PutImage on resource: * because no identity-based policy allows the ecr:PutImage action"
        );
        let deny = r#"{"Effect": "Deny", "Action": "ecr:*", "Resource": "*"}"#;
        assert!(refused(deny).ends_with("* with an explicit deny in an identity-based policy"));
    }
}
