//! Repository policies and lifecycle policies: kept and given back. Nothing here asks them yet.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::invalid;
use super::repositories::found;
use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct SetRepositoryPolicy {
    registry_id: Option<String>,
    repository_name: String,
    policy_text: String,
    // It would let one lock oneself out, which no policy here can do.
    #[serde(default, rename = "force")]
    _force: bool,
}

/// The input of the operations that only name a repository.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Named {
    registry_id: Option<String>,
    repository_name: String,
}

/// `SetRepositoryPolicy` (ECR API Reference).
pub(crate) fn set_repository_policy(
    cx: &mut Cx,
    input: SetRepositoryPolicy,
) -> Result<Value, Fault> {
    let registry = cx.account.id.clone();
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    let statements = serde_json::from_str::<Value>(&input.policy_text)
        .ok()
        .and_then(|policy| policy.get("Statement").cloned());
    let statements = match statements {
        Some(Value::Array(statements)) => statements,
        Some(statement @ Value::Object(_)) => vec![statement],
        _ => Vec::new(),
    };
    let is_whole = |statement: &Value| {
        matches!(statement["Effect"].as_str(), Some("Allow" | "Deny"))
            && (statement.get("Principal").is_some() || statement.get("NotPrincipal").is_some())
            && (statement.get("Action").is_some() || statement.get("NotAction").is_some())
    };
    if statements.is_empty() || !statements.iter().all(is_whole) {
        return Err(invalid("PolicyText", "Invalid repository policy provided"));
    }
    repository.policy = Some(input.policy_text.clone());
    Ok(policy_answer(
        &registry,
        &input.repository_name,
        &input.policy_text,
    ))
}

/// `GetRepositoryPolicy` (ECR API Reference).
pub(crate) fn get_repository_policy(cx: &mut Cx, input: Named) -> Result<Value, Fault> {
    let registry = cx.account.id.clone();
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    let text = repository
        .policy
        .clone()
        .ok_or_else(|| no_policy(&registry, &input.repository_name))?;
    Ok(policy_answer(&registry, &input.repository_name, &text))
}

/// `DeleteRepositoryPolicy` (ECR API Reference).
pub(crate) fn delete_repository_policy(cx: &mut Cx, input: Named) -> Result<Value, Fault> {
    let registry = cx.account.id.clone();
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    let text = repository
        .policy
        .take()
        .ok_or_else(|| no_policy(&registry, &input.repository_name))?;
    Ok(policy_answer(&registry, &input.repository_name, &text))
}

fn policy_answer(registry: &str, name: &str, text: &str) -> Value {
    json!({ "registryId": registry, "repositoryName": name, "policyText": text })
}

fn no_policy(registry: &str, name: &str) -> Fault {
    Fault::new(
        "RepositoryPolicyNotFoundException",
        format!(
            "Repository policy does not exist for the repository with name '{name}' in the registry with id \
             '{registry}'"
        ),
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct PutLifecyclePolicy {
    registry_id: Option<String>,
    repository_name: String,
    lifecycle_policy_text: String,
}

/// `PutLifecyclePolicy` (ECR API Reference). AWS evaluates it within a day; here no image expires.
pub(crate) fn put_lifecycle_policy(cx: &mut Cx, input: PutLifecyclePolicy) -> Result<Value, Fault> {
    let registry = cx.account.id.clone();
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    check_lifecycle(&input.lifecycle_policy_text)?;
    repository.lifecycle = Some(input.lifecycle_policy_text.clone());
    Ok(lifecycle_answer(
        &registry,
        &input.repository_name,
        &input.lifecycle_policy_text,
    ))
}

/// `GetLifecyclePolicy` (ECR API Reference).
pub(crate) fn get_lifecycle_policy(cx: &mut Cx, input: Named) -> Result<Value, Fault> {
    let registry = cx.account.id.clone();
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    let text = repository
        .lifecycle
        .clone()
        .ok_or_else(|| no_lifecycle(&registry, &input.repository_name))?;
    Ok(lifecycle_answer(&registry, &input.repository_name, &text))
}

/// `DeleteLifecyclePolicy` (ECR API Reference).
pub(crate) fn delete_lifecycle_policy(cx: &mut Cx, input: Named) -> Result<Value, Fault> {
    let registry = cx.account.id.clone();
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    let text = repository
        .lifecycle
        .take()
        .ok_or_else(|| no_lifecycle(&registry, &input.repository_name))?;
    Ok(lifecycle_answer(&registry, &input.repository_name, &text))
}

fn lifecycle_answer(registry: &str, name: &str, text: &str) -> Value {
    json!({ "registryId": registry, "repositoryName": name, "lifecyclePolicyText": text })
}

fn no_lifecycle(registry: &str, name: &str) -> Fault {
    Fault::new(
        "LifecyclePolicyNotFoundException",
        format!(
            "Lifecycle policy does not exist for the repository with name '{name}' in the registry with id \
             '{registry}'"
        ),
    )
}

/// A lifecycle policy has rules, each with a priority of its own, a selection and an action
/// (ECR User Guide, "Lifecycle policy properties").
fn check_lifecycle(text: &str) -> Result<(), Fault> {
    let fault = |why: &str| {
        Fault::new(
            "InvalidParameterException",
            format!(
                "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: {why}'"
            ),
        )
    };
    let policy: Value =
        serde_json::from_str(text).map_err(|_| fault("string is not a JSON document"))?;
    let rules = policy["rules"].as_array().filter(|rules| !rules.is_empty());
    let rules =
        rules.ok_or_else(|| fault("object has missing required properties ([\"rules\"])"))?;
    let mut priorities = Vec::new();
    for rule in rules {
        let priority = rule["rulePriority"]
            .as_u64()
            .filter(|priority| *priority > 0);
        let priority = priority.ok_or_else(|| fault("rulePriority must be a positive integer"))?;
        if priorities.contains(&priority) {
            return Err(fault("rulePriority values must be unique"));
        }
        priorities.push(priority);
        let selection = &rule["selection"];
        let has_status = matches!(
            selection["tagStatus"].as_str(),
            Some("tagged" | "untagged" | "any")
        );
        let has_count = matches!(
            selection["countType"].as_str(),
            Some(
                "imageCountMoreThan"
                    | "sinceImagePushed"
                    | "sinceImagePulled"
                    | "sinceImageTransitioned"
            )
        ) && selection["countNumber"]
            .as_u64()
            .is_some_and(|count| count > 0);
        if !has_status || !has_count {
            return Err(fault(
                "selection needs tagStatus, countType and a positive countNumber",
            ));
        }
        if !matches!(
            rule["action"]["type"].as_str(),
            Some("expire" | "transition")
        ) {
            return Err(fault(
                "action.type must be one of [\"expire\", \"transition\"]",
            ));
        }
    }
    Ok(())
}
