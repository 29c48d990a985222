//! `ecsTaskExecutionRole`: a role, and whether it may read the database's password.

use aws_sdk_iam::types::PolicyEvaluationDecisionType;
use serde_json::Value;
use workshop::model::Observation;

use super::policy::{self, Verdict};
use super::reading::{Looked, fact};
use super::role;
use crate::cloud::clients::Clients;
use crate::cloud::{CloudError, CloudErrorKind};

/// What ECS does before it starts a task that names a parameter as a secret.
const ACTION: &str = "ssm:GetParameters";

/// The role, and the fact `read_password`: IAM's own word for its decision (`allowed`,
/// `implicitDeny`, `explicitDeny`).
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    Ok(match role::look(looked).await? {
        Observation::Present(facts) => {
            let decision = decision(looked, &facts.identifier).await;
            Observation::Present(
                facts.with_fact("read_password", fact(decision.map(|word| vec![word]))),
            )
        }
        other => other,
    })
}

/// The inline policies decide where they speak plainly, since that is where the workshop puts the
/// permission. Anything else is put to IAM (`SimulatePrincipalPolicy`), or, where that API is not
/// offered, counts as not allowed.
async fn decision(looked: &Looked<'_>, role_arn: &str) -> Result<String, CloudError> {
    let parameter = parameter_arn(looked);
    let documents = inline(&looked.here, looked.name).await?;
    let decided = match policy::judge(&documents, ACTION, &parameter) {
        Verdict::Allowed => PolicyEvaluationDecisionType::Allowed,
        Verdict::Denied => PolicyEvaluationDecisionType::ExplicitDeny,
        Verdict::Silent | Verdict::Unclear => {
            match simulate(&looked.here, role_arn, &parameter).await {
                Err(error) if error.kind == CloudErrorKind::Unsupported => {
                    PolicyEvaluationDecisionType::ImplicitDeny
                }
                other => other?,
            }
        }
    };
    Ok(decided.as_str().to_owned())
}

fn parameter_arn(looked: &Looked<'_>) -> String {
    looked
        .variables
        .fill_loosely("arn:aws:ssm:{{region}}:{{account}}:parameter{{db_password_parameter}}")
}

/// The documents of the role's inline policies (`ListRolePolicies`, `GetRolePolicy`).
async fn inline(clients: &Clients, role: &str) -> Result<Vec<Value>, CloudError> {
    let asked = clients.iam.list_role_policies().role_name(role).send();
    let names = clients.ask("iam", "ListRolePolicies", asked).await?;
    let mut documents = Vec::new();
    for name in names.policy_names {
        let asked = clients
            .iam
            .get_role_policy()
            .role_name(role)
            .policy_name(name)
            .send();
        let policy = clients.ask("iam", "GetRolePolicy", asked).await?;
        documents.extend(policy::parse(&policy.policy_document));
    }
    Ok(documents)
}

async fn simulate(
    clients: &Clients,
    role_arn: &str,
    resource: &str,
) -> Result<PolicyEvaluationDecisionType, CloudError> {
    let asked = clients
        .iam
        .simulate_principal_policy()
        .policy_source_arn(role_arn)
        .action_names(ACTION)
        .resource_arns(resource)
        .send();
    let answer = clients.ask("iam", "SimulatePrincipalPolicy", asked).await?;
    Ok(answer
        .evaluation_results
        .unwrap_or_default()
        .into_iter()
        .next()
        .map_or(PolicyEvaluationDecisionType::ImplicitDeny, |result| {
            result.eval_decision
        }))
}
