//! The caller's identity.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GetCallerIdentity {}

/// `GetCallerIdentity` (STS API Reference). The keys of an account are its root user's.
pub(crate) fn get_caller_identity(cx: &mut Cx, _: GetCallerIdentity) -> Result<Value, Fault> {
    let account = &cx.account.id;
    Ok(json!({"UserId": account, "Account": account, "Arn": cx.global_arn("iam", "root")}))
}
