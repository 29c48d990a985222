//! Tokens for `docker login`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::invalid;
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;

/// How long a token is good for: a person's time, not a machine's.
const GOOD_FOR: i64 = 12 * 60 * 60 * 1000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct GetAuthorizationToken {
    #[serde(default)]
    registry_ids: Vec<String>,
}

/// `GetAuthorizationToken` (ECR API Reference): `AWS:` and a password, in base64.
pub(crate) fn get_authorization_token(
    cx: &mut Cx,
    input: GetAuthorizationToken,
) -> Result<Value, Fault> {
    if input.registry_ids.iter().any(|id| *id != cx.account.id) {
        return Err(invalid(
            "registryIds",
            "Member must be the registry of this account",
        ));
    }
    let token = STANDARD.encode(format!("AWS:{}", cx.id("", 64)));
    Ok(json!({
        "authorizationData": [{
            "authorizationToken": token,
            "expiresAt": timestamp(cx.now.saturating_add(GOOD_FOR)),
            "proxyEndpoint": format!("https://{}.dkr.ecr.{}.amazonaws.com", cx.account.id, cx.region),
        }],
    }))
}
