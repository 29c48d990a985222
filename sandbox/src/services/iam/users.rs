//! The one user there is: the administrator whose keys the account's are.

use serde::Deserialize;
use serde_json::{Value, json};

use super::checks;
use super::state::User;
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct GetUser {
    user_name: Option<String>,
}

/// `GetUser` (IAM API Reference): without a name, the caller.
pub(crate) fn get_user(cx: &mut Cx, input: GetUser) -> Result<Value, Fault> {
    if let Some(asked) = &input.user_name {
        checks::name("userName", asked, 128)?;
    }
    let User {
        name,
        id,
        arn,
        created,
        ..
    } = &cx.account.iam.user;
    if let Some(asked) = input.user_name.filter(|asked| asked != name) {
        let words = format!("The user with name {asked} cannot be found.");
        return Err(Fault::not_found("NoSuchEntity", words));
    }
    let user = json!({
        "Path": "/", "UserName": name, "UserId": id, "Arn": arn, "CreateDate": timestamp(*created),
    });
    Ok(json!({ "User": user }))
}
