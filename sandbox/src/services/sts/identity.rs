//! The caller's identity.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GetCallerIdentity {}

/// `GetCallerIdentity` (STS API Reference): the user whose keys the account's are.
#[expect(
    clippy::unnecessary_wraps,
    reason = "an operation like any other, that never refuses"
)]
pub(crate) fn get_caller_identity(cx: &mut Cx, _: GetCallerIdentity) -> Result<Value, Fault> {
    let user = &cx.account.iam.user;
    Ok(json!({"UserId": user.id, "Account": cx.account.id, "Arn": user.arn}))
}
