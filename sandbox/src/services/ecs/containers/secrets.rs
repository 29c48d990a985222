//! Secrets of containers, from the Parameter Store.

use super::Agent;
use crate::context::Cx;
use crate::services::ecs::shapes::ContainerDefinition;
use crate::services::{iam, ssm};

/// Fetches a container's secrets, name and value; or why the agent cannot, in its words.
pub(super) fn fetch(
    cx: &mut Cx,
    agent: &Agent,
    container: &ContainerDefinition,
) -> Result<Vec<(String, String)>, String> {
    let mut values = Vec::new();
    for secret in container.secrets.iter().flatten() {
        let value = one(cx, agent, &secret.value_from)?;
        values.push((secret.name.clone(), value));
    }
    Ok(values)
}

fn one(cx: &mut Cx, agent: &Agent, from: &str) -> Result<String, String> {
    let region = cx.region;
    if from.starts_with("arn:aws:secretsmanager:") {
        return Err(format!(
            "ResourceInitializationError: Fetching secret data from AWS Secrets Manager in region {region}: \
             secret {from}: ResourceNotFoundException: Secrets Manager can't find the specified secret."
        ));
    }
    let start = format!(
        "ResourceInitializationError: Fetching secret data from SSM Parameter Store in {region}:"
    );
    let own = cx.arn("ssm", "parameter/");
    let path = from
        .strip_prefix(&own)
        .unwrap_or(from)
        .trim_start_matches('/');
    let arn = format!("{own}{path}");
    let Agent { role, session } = agent;
    iam::authorize(cx, role, session, "ssm:GetParameters", &arn, &[]).map_err(|words| {
        let request = cx.account.ids.uuid();
        format!("{start} AccessDeniedException: {words} status code: 400, request id: {request}")
    })?;
    ssm::plain(cx, from).ok_or_else(|| format!("{start} invalid parameters: {from}"))
}
