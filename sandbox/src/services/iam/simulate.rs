//! What a principal may do.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};

use super::listing::{Wanted, listing};
use super::policy::{self, Context, Document, Kind, Request};
use super::{policies, roles};
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

/// A policy and where it came from.
struct Source {
    id: String,
    document: Document,
}

/// `SimulatePrincipalPolicy` (IAM API Reference), for roles and the user.
pub(crate) fn simulate_principal_policy(
    cx: &mut Cx,
    input: SimulatePrincipalPolicy,
) -> Result<Value, Fault> {
    let (mut sources, mut boundary) = policies_of(cx, &input.policy_source_arn)?;
    for (at, text) in input.policy_input_list.iter().enumerate() {
        let id = format!("PolicyInputList.{}", at + 1);
        sources.push(Source {
            id,
            document: policy::parse(text, Kind::Identity)?,
        });
    }
    for text in &input.permissions_boundary_policy_input_list {
        boundary = Some(policy::parse(text, Kind::Identity)?);
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
            evaluate(&sources, boundary.as_ref(), &request)
        })
        .collect();
    let wanted = Wanted {
        marker: input.marker,
        max_items: input.max_items,
    };
    listing("EvaluationResults", results, &wanted)
}

fn evaluate(sources: &[Source], boundary: Option<&Document>, request: &Request) -> Value {
    let decided = sources
        .iter()
        .map(|source| (&source.id, source.document.evaluate(request)));
    let decided = decided.collect::<Vec<_>>();
    let mut decision = policy::combine(decided.iter().map(|(_, verdict)| verdict.decision));
    if let Some(boundary) = boundary {
        decision = policy::bounded(decision, boundary.evaluate(request).decision);
    }
    let matched = decided
        .iter()
        .filter(|(_, verdict)| verdict.decision == decision && verdict.matched);
    let matched = matched
        .map(|(id, _)| json!({"SourcePolicyId": id, "SourcePolicyType": "IAM Policy"}))
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

/// The policies of a principal, and its boundary.
fn policies_of(cx: &Cx, arn: &str) -> Result<(Vec<Source>, Option<Document>), Fault> {
    let prefix = cx.global_arn("iam", "");
    let (kind, entity) = arn
        .strip_prefix(&prefix)
        .and_then(|rest| rest.split_once('/'))
        .map(|(kind, path)| (kind, path.rsplit('/').next().unwrap_or(path)))
        .filter(|(kind, entity)| matches!(*kind, "role" | "user") && !entity.is_empty())
        .ok_or_else(|| {
            let words =
                format!("Invalid Entity Arn: {arn} does not clearly define entity type and name.");
            Fault::new("InvalidInput", words)
        })?;
    let none = std::collections::BTreeMap::new();
    let (attached, inline, boundary) = if kind == "role" {
        let role = roles::find(cx, entity)?;
        (&role.attached, &role.inline, role.boundary.as_deref())
    } else {
        let user = &cx.account.iam.user;
        if user.arn != arn {
            let words = format!("The user with name {entity} cannot be found.");
            return Err(Fault::not_found("NoSuchEntity", words));
        }
        (&user.attached, &none, None)
    };
    let managed = attached.iter().filter_map(|arn| {
        let id = arn.rsplit('/').next().unwrap_or(arn).to_owned();
        policies::document(cx, arn).map(|document| (id, document))
    });
    let inline = inline
        .iter()
        .map(|(name, document)| (format!("{kind}_{entity}_{name}"), document.clone()));
    let sources = managed
        .chain(inline)
        .map(|(id, text)| {
            Ok(Source {
                id,
                document: policy::parse(&text, Kind::Identity)?,
            })
        })
        .collect::<Result<_, Fault>>()?;
    let boundary = boundary
        .and_then(|arn| policies::document(cx, arn))
        .map(|text| policy::parse(&text, Kind::Identity))
        .transpose()?;
    Ok((sources, boundary))
}
