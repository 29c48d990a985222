//! What the three roles have in common.

use aws_sdk_iam::types::Role;
use workshop::model::{Facts, Observation};

use super::reading::{Looked, absent, fact, workspace};
use super::{near, policy};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// A role with its ARN, whom it trusts and what is attached to it (`GetRole`,
/// `ListAttachedRolePolicies`). A missing one is looked for by a near name (`ListRoles`).
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    match find(clients, looked.name).await? {
        Some(role) => Ok(Observation::Present(facts(clients, &role).await)),
        None => Ok(near::global(looked, names(clients).await)),
    }
}

async fn find(clients: &Clients, name: &str) -> Result<Option<Role>, CloudError> {
    let asked = clients.iam.get_role().role_name(name).send();
    let found = absent(clients.ask("iam", "GetRole", asked).await)?;
    Ok(found.and_then(|answer| answer.role))
}

async fn facts(clients: &Clients, role: &Role) -> Facts {
    let trust = role
        .assume_role_policy_document()
        .and_then(policy::parse)
        .map(|document| policy::trusted_services(&document))
        .unwrap_or_default();
    Facts::new(role.arn())
        .with("arn", role.arn())
        .with_all("trust", trust)
        .with_fact("policies", fact(attached(clients, role.role_name()).await))
        .tagged(workspace(
            role.tags()
                .iter()
                .map(|tag| (Some(tag.key()), Some(tag.value()))),
        ))
}

/// The names of the managed policies that are attached.
async fn attached(clients: &Clients, role: &str) -> Result<Vec<String>, CloudError> {
    let asked = clients
        .iam
        .list_attached_role_policies()
        .role_name(role)
        .send();
    let answer = clients
        .ask("iam", "ListAttachedRolePolicies", asked)
        .await?;
    Ok(answer
        .attached_policies
        .unwrap_or_default()
        .into_iter()
        .filter_map(|policy| policy.policy_name)
        .collect())
}

/// The account's roles, the first thousand.
async fn names(clients: &Clients) -> Result<Vec<String>, CloudError> {
    let asked = clients.iam.list_roles().max_items(1000).send();
    let answer = clients.ask("iam", "ListRoles", asked).await?;
    Ok(answer
        .roles
        .into_iter()
        .map(|role| role.role_name)
        .collect())
}
