//! What a role of the workshop's own making should be allowed to do, and whether it is.

use aws_sdk_iam::types::PolicyEvaluationDecisionType;
use workshop::blueprint::{Grant, Variables};
use workshop::model::{Fact, Facts, Trouble};

use super::permissions::Permissions;
use super::reading::Looked;

/// `facts` of the role that was looked at, with one for each setting that has grants: `allowed`, or
/// the actions that are not.
pub(super) async fn with_grants(looked: &Looked<'_>, mut facts: Facts, grants: &[Grant]) -> Facts {
    let arn = facts.identifier.clone();
    let role = Permissions::of(&looked.here, looked.name, &arn).await;
    let mut settings: Vec<_> = grants.iter().map(|grant| grant.setting).collect();
    settings.dedup();
    for setting in settings {
        let found = match &role {
            Ok(role) => of_setting(role, setting, grants, looked.variables).await,
            Err(error) => Fact::Unknown(error.trouble()),
        };
        facts = facts.with_fact(setting, found);
    }
    facts
}

/// Whether `role` may do all that the grants of `setting` say.
pub(super) async fn of_setting(
    role: &Permissions<'_>,
    setting: &str,
    grants: &[Grant],
    variables: &Variables,
) -> Fact {
    let mut refused = Vec::new();
    for grant in grants.iter().filter(|grant| grant.setting == setting) {
        for resource in grant.resources {
            let resource = match variables.fill(resource) {
                Ok(resource) => probe(&resource),
                Err(missing) => {
                    return Fact::Unknown(Trouble {
                        sentence: format!("What it would be used on cannot be told: {missing}."),
                        remedy: "Finish the steps before this one, then check again.".to_owned(),
                    });
                }
            };
            let actions = meant(grant, &resource);
            match role.decide(&actions, &resource, grant.passed_to).await {
                Ok(decided) => refused.extend(
                    decided
                        .into_iter()
                        .filter(|(_, it)| *it != PolicyEvaluationDecisionType::Allowed)
                        .map(|(action, _)| format!("{action} denied")),
                ),
                Err(error) => return Fact::Unknown(error.trouble()),
            }
        }
    }
    // An action may be asked about on several resources.
    refused.sort();
    refused.dedup();
    if refused.is_empty() {
        refused.push("allowed".to_owned());
    }
    Fact::Found(refused)
}

/// One of the resources that a pattern stands for: IAM is asked about a thing, not about a pattern.
fn probe(pattern: &str) -> String {
    if pattern == "*" {
        pattern.to_owned()
    } else {
        pattern.replace('*', "1")
    }
}

/// The actions that the resource can be used by: a connection has the old name of its service in
/// its ARN or the new one, and only the action with the same name counts.
fn meant(grant: &Grant, resource: &str) -> Vec<&'static str> {
    let service = resource.split(':').nth(2);
    let same =
        |action: &&&str| service.is_none_or(|service| action.split(':').next() == Some(service));
    grant.actions.iter().filter(same).copied().collect()
}

#[cfg(test)]
mod tests {
    use workshop::blueprint::resources::build_project::CONNECTION_GRANT;

    use super::*;

    #[test]
    fn the_action_is_named_as_the_connection_is() {
        let arn = "arn:aws:codestar-connections:eu-west-1:123456789012:connection/1";
        let actions = meant(&CONNECTION_GRANT, arn);
        assert_eq!(actions.len(), 3);
        assert!(
            actions
                .iter()
                .all(|action| action.starts_with("codestar-connections:"))
        );
    }

    #[test]
    fn a_pattern_is_asked_about_by_one_of_its_things() {
        assert_eq!(probe("*"), "*");
        assert_eq!(probe("arn:aws:s3:::bucket/*"), "arn:aws:s3:::bucket/1");
    }
}
