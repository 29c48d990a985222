//! The versions of a parameter.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{describe, read};
use crate::context::Cx;
use crate::fault::Fault;
use crate::page::page;
use crate::protocol::timestamp;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct GetParameterHistory {
    name: String,
    with_decryption: Option<bool>,
    max_results: Option<usize>,
    next_token: Option<String>,
}

/// `GetParameterHistory` (Systems Manager API Reference), oldest first.
pub(crate) fn get_parameter_history(
    cx: &mut Cx,
    input: GetParameterHistory,
) -> Result<Value, Fault> {
    let size = describe::size(input.max_results, 50)?;
    let parameter = cx
        .region()
        .ssm
        .parameters
        .get(&input.name)
        .ok_or_else(read::not_found)?
        .clone();
    let clear = input.with_decryption.unwrap_or(false);
    let versions = parameter.versions.iter().map(|version| {
        json!({
            "Name": input.name,
            "Type": parameter.kind.name(),
            "KeyId": version.key_id,
            "LastModifiedDate": timestamp(version.modified),
            "LastModifiedUser": version.user,
            "Description": version.description,
            "Value": read::value(cx, &input.name, parameter.kind, version, clear),
            "Version": version.number,
            "Labels": [],
            "Tier": version.tier.name(),
            "Policies": [],
            "DataType": version.data_type,
        })
    });
    let versions = versions.collect();
    let page = page(versions, input.next_token.as_deref(), size).ok_or_else(describe::bad_token)?;
    Ok(json!({"Parameters": page.items, "NextToken": page.next}))
}
