//! What a principal may do.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};

use super::listing::{Wanted, listing};
use super::policy::{self, Context, Kind, Request};
use super::sources::{Source, Sources};
use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct SimulatePrincipalPolicy {
    policy_source_arn: String,
    action_names: Vec<String>,
    #[serde(default)]
    resource_arns: Vec<String>,
    #[serde(default)]
    context_entries: Vec<ContextEntry>,
    #[serde(default)]
    policy_input_list: Vec<String>,
    #[serde(default)]
    permissions_boundary_policy_input_list: Vec<String>,
    marker: Option<String>,
    max_items: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ContextEntry {
    context_key_name: String,
    #[serde(default)]
    context_key_values: Vec<String>,
    /// Text is compared as the operator wants it, so the type adds nothing.
    #[serde(rename = "ContextKeyType")]
    _context_key_type: Option<String>,
}

/// `SimulatePrincipalPolicy` (IAM API Reference), for roles and the user.
pub(crate) fn simulate_principal_policy(
    cx: &mut Cx,
    input: SimulatePrincipalPolicy,
) -> Result<Value, Fault> {
    let mut sources = Sources::of(cx, &input.policy_source_arn)?;
    for (at, text) in input.policy_input_list.iter().enumerate() {
        let id = format!("PolicyInputList.{}", at + 1);
        sources.policies.push(Source {
            id,
            document: policy::parse(text, Kind::Identity)?,
        });
    }
    for text in &input.permissions_boundary_policy_input_list {
        sources.boundary = Some(policy::parse(text, Kind::Identity)?);
    }
    if let Some(action) = input
        .action_names
        .iter()
        .find(|action| !action.contains(':'))
    {
        let words = format!(
            "Invalid Action: {action}. An action is a service and an operation, service:Operation."
        );
        return Err(Fault::new("InvalidInput", words));
    }
    let context = input.context_entries.into_iter();
    let context: Context = context
        .map(|entry| {
            (
                entry.context_key_name.to_lowercase(),
                entry.context_key_values,
            )
        })
        .collect();
    let resources = if input.resource_arns.is_empty() {
        vec!["*".to_owned()]
    } else {
        input.resource_arns
    };
    let asked = resources.iter().flat_map(|resource| {
        input
            .action_names
            .iter()
            .map(move |action| (action.as_str(), resource.as_str()))
    });
    let results = asked
        .map(|(action, resource)| {
            let request = Request {
                action,
                resource,
                context: &context,
            };
            evaluate(&sources, &request)
        })
        .collect();
    let wanted = Wanted {
        marker: input.marker,
        max_items: input.max_items,
    };
    listing("EvaluationResults", results, &wanted)
}

fn evaluate(sources: &Sources, request: &Request) -> Value {
    let decided = sources.verdicts(request);
    let decision = sources.decide(&decided, request);
    let matched = decided
        .iter()
        .filter(|(_, verdict)| verdict.decision == decision && verdict.matched);
    let matched = matched
        .map(|(source, _)| json!({"SourcePolicyId": source.id, "SourcePolicyType": "IAM Policy"}))
        .collect::<Vec<_>>();
    let missing = decided
        .iter()
        .flat_map(|(_, verdict)| &verdict.missing)
        .collect::<BTreeSet<_>>();
    json!({
        "EvalActionName": request.action,
        "EvalResourceName": request.resource,
        "EvalDecision": decision.name(),
        "MatchedStatements": matched,
        "MissingContextValues": missing,
    })
}
