//! Deleting parameters.

use serde::Deserialize;
use serde_json::{Value, json};

use super::read;
use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteParameter {
    name: String,
}

/// `DeleteParameter` (Systems Manager API Reference).
pub(crate) fn delete_parameter(cx: &mut Cx, input: DeleteParameter) -> Result<Value, Fault> {
    cx.region()
        .ssm
        .parameters
        .remove(&input.name)
        .ok_or_else(read::not_found)?;
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteParameters {
    names: Vec<String>,
}

/// `DeleteParameters` (Systems Manager API Reference): what is not there is listed as invalid.
pub(crate) fn delete_parameters(cx: &mut Cx, input: DeleteParameters) -> Result<Value, Fault> {
    read::named(&input.names)?;
    let parameters = &mut cx.region().ssm.parameters;
    let (deleted, invalid) = input
        .names
        .into_iter()
        .partition::<Vec<_>, _>(|name| parameters.remove(name).is_some());
    Ok(json!({"DeletedParameters": deleted, "InvalidParameters": invalid}))
}
