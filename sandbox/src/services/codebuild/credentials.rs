//! Credentials for Git hosts, one a host, for every project that names none of its own.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{invalid, not_in};
use super::state::Credentials;
use crate::context::Cx;
use crate::fault::Fault;

const HOSTS: [&str; 5] = [
    "GITHUB",
    "BITBUCKET",
    "GITHUB_ENTERPRISE",
    "GITLAB",
    "GITLAB_SELF_MANAGED",
];

const KINDS: [&str; 5] = [
    "OAUTH",
    "BASIC_AUTH",
    "PERSONAL_ACCESS_TOKEN",
    "CODECONNECTIONS",
    "SECRETS_MANAGER",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ImportSourceCredentials {
    // Who that is shows nowhere.
    #[serde(rename = "username")]
    _username: Option<String>,
    token: String,
    server_type: String,
    auth_type: String,
    #[serde(default = "yes")]
    should_overwrite: bool,
}

fn yes() -> bool {
    true
}

/// `ImportSourceCredentials` (`CodeBuild` API Reference): a token, or a connection's ARN.
pub(crate) fn import_source_credentials(
    cx: &mut Cx,
    input: ImportSourceCredentials,
) -> Result<Value, Fault> {
    let (host, kind) = (input.server_type, input.auth_type);
    if !HOSTS.contains(&host.as_str()) {
        return Err(not_in("serverType", &host, &HOSTS));
    }
    if !KINDS.contains(&kind.as_str()) {
        return Err(not_in("authType", &kind, &KINDS));
    }
    if input.token.is_empty() {
        return Err(invalid("Invalid token: it must not be empty"));
    }
    let connected = kind == "CODECONNECTIONS";
    if connected && cx.region().connections.get(&input.token).is_none() {
        return Err(invalid(format!(
            "Could not find connection {}",
            input.token
        )));
    }
    let there = cx.region().codebuild.credentials.get(&host);
    if there.is_some() && !input.should_overwrite {
        let words = format!("Source credentials for {host} already exist");
        return Err(Fault::new("ResourceAlreadyExistsException", words));
    }
    let arn = cx.arn(
        "codebuild",
        &format!("token/{}", host.to_lowercase().replace('_', "-")),
    );
    let credentials = Credentials {
        arn: arn.clone(),
        auth_type: kind,
        resource: connected.then_some(input.token),
    };
    cx.region().codebuild.credentials.insert(host, credentials);
    Ok(json!({ "arn": arn }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// `ListSourceCredentials` (`CodeBuild` API Reference).
#[expect(clippy::unnecessary_wraps, reason = "an operation like the others")]
pub(crate) fn list_source_credentials(cx: &mut Cx, _: Nothing) -> Result<Value, Fault> {
    let credentials = cx.region().codebuild.credentials.iter();
    let shown = credentials.map(|(host, credentials)| {
        json!({
            "arn": credentials.arn,
            "serverType": host,
            "authType": credentials.auth_type,
            "resource": credentials.resource,
        })
    });
    Ok(json!({ "sourceCredentialsInfos": shown.collect::<Vec<_>>() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeleteSourceCredentials {
    arn: String,
}

/// `DeleteSourceCredentials` (`CodeBuild` API Reference).
pub(crate) fn delete_source_credentials(
    cx: &mut Cx,
    input: DeleteSourceCredentials,
) -> Result<Value, Fault> {
    if !input.arn.starts_with("arn:aws:codebuild:") {
        return Err(invalid(format!("Invalid ARN: {}", input.arn)));
    }
    let credentials = &mut cx.region().codebuild.credentials;
    let before = credentials.len();
    credentials.retain(|_, credentials| credentials.arn != input.arn);
    if credentials.len() == before {
        let words = format!("Source credentials cannot be found: {}", input.arn);
        return Err(Fault::new("ResourceNotFoundException", words));
    }
    Ok(json!({ "arn": input.arn }))
}
