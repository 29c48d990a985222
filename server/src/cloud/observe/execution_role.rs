//! `ecsTaskExecutionRole`: a role, and whether it may read the database's password.

use workshop::model::Observation;

use super::permissions::Permissions;
use super::reading::{Looked, fact};
use super::role;
use crate::cloud::CloudError;

/// What ECS does before it starts a task that names a parameter as a secret.
const ACTION: &str = "ssm:GetParameters";

/// The role, and the fact `read_password`: IAM's own word for its decision (`allowed`,
/// `implicitDeny`, `explicitDeny`).
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    Ok(match role::look(looked).await? {
        Observation::Present(facts) => {
            let decision = decision(looked, &facts.identifier).await;
            Observation::Present(facts.with_fact("read_password", fact(decision)))
        }
        other => other,
    })
}

async fn decision(looked: &Looked<'_>, role_arn: &str) -> Result<Vec<String>, CloudError> {
    let parameter = looked
        .variables
        .fill_loosely("arn:aws:ssm:{{region}}:{{account}}:parameter{{db_password_parameter}}");
    let role = Permissions::of(&looked.here, looked.name, role_arn).await?;
    let decided = role.decide(&[ACTION], &parameter, None).await?;
    Ok(decided
        .into_iter()
        .map(|(_, decision)| decision.as_str().to_owned())
        .collect())
}
