//! What a role may do.

use aws_sdk_iam::types::{ContextEntry, ContextKeyTypeEnum, PolicyEvaluationDecisionType};
use serde_json::Value;

use super::policy::{self, Verdict};
use crate::cloud::clients::Clients;
use crate::cloud::{CloudError, CloudErrorKind};

/// A role, and what its inline policies say.
pub(super) struct Permissions<'a> {
    clients: &'a Clients,
    role_arn: &'a str,
    inline: Vec<Value>,
}

impl<'a> Permissions<'a> {
    /// `ListRolePolicies`, `GetRolePolicy`.
    pub(super) async fn of(
        clients: &'a Clients,
        role: &str,
        role_arn: &'a str,
    ) -> Result<Self, CloudError> {
        Ok(Self {
            clients,
            role_arn,
            inline: inline(clients, role).await?,
        })
    }

    /// IAM's decision on each action. The inline policies decide where they speak plainly, since
    /// that is where the workshop puts its permissions. The rest is put to IAM
    /// (`SimulatePrincipalPolicy`), or, where that API is not offered, counts as not allowed.
    pub(super) async fn decide(
        &self,
        actions: &[&str],
        resource: &str,
        passed_to: Option<&str>,
    ) -> Result<Vec<(String, PolicyEvaluationDecisionType)>, CloudError> {
        let mut decided = Vec::new();
        let mut open = Vec::new();
        for &action in actions {
            let decision = match policy::judge(&self.inline, action, resource) {
                Verdict::Allowed => PolicyEvaluationDecisionType::Allowed,
                Verdict::Denied => PolicyEvaluationDecisionType::ExplicitDeny,
                Verdict::Silent | Verdict::Unclear => {
                    open.push(action.to_owned());
                    continue;
                }
            };
            decided.push((action.to_owned(), decision));
        }
        if !open.is_empty() {
            decided.extend(self.simulate(open, resource, passed_to).await?);
        }
        Ok(decided)
    }

    async fn simulate(
        &self,
        actions: Vec<String>,
        resource: &str,
        passed_to: Option<&str>,
    ) -> Result<Vec<(String, PolicyEvaluationDecisionType)>, CloudError> {
        let context = passed_to.map(|service| {
            let entry = ContextEntry::builder()
                .context_key_name("iam:PassedToService")
                .context_key_type(ContextKeyTypeEnum::String)
                .context_key_values(service);
            vec![entry.build()]
        });
        let asked = self
            .clients
            .iam
            .simulate_principal_policy()
            .policy_source_arn(self.role_arn)
            .set_action_names(Some(actions.clone()))
            .resource_arns(resource)
            .set_context_entries(context)
            .send();
        match self
            .clients
            .ask("iam", "SimulatePrincipalPolicy", asked)
            .await
        {
            Ok(answer) => Ok(answer
                .evaluation_results
                .unwrap_or_default()
                .into_iter()
                .map(|result| (result.eval_action_name, result.eval_decision))
                .collect()),
            Err(error) if error.kind == CloudErrorKind::Unsupported => Ok(actions
                .into_iter()
                .map(|action| (action, PolicyEvaluationDecisionType::ImplicitDeny))
                .collect()),
            Err(error) => Err(error),
        }
    }
}

/// The documents of the role's inline policies.
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
