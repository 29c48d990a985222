//! The actions that there are.

use serde::Deserialize;
use serde_json::{Value, json};

use super::action_types::{ACTION_TYPES, ActionType};
use super::declaration::Owner;
use super::names;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::REGIONS;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListActionTypes {
    action_owner_filter: Option<Owner>,
    next_token: Option<String>,
    region_filter: Option<String>,
}

/// `ListActionTypes` (CodePipeline API Reference).
pub(crate) fn list_action_types(_: &mut Cx, input: ListActionTypes) -> Result<Value, Fault> {
    let region = input.region_filter.as_deref();
    if region.is_some_and(|region| !REGIONS.contains(&region)) {
        let words = "The region filter is not a valid region.";
        return Err(Fault::new("ValidationException", words));
    }
    let wanted = |kind: &&ActionType| {
        input
            .action_owner_filter
            .is_none_or(|owner| kind.owner == owner)
    };
    let kinds = ACTION_TYPES.iter().filter(wanted).map(described).collect();
    let page = names::page(kinds, None, input.next_token.as_deref(), 100)?;
    Ok(json!({ "actionTypes": page.items, "nextToken": page.next }))
}

fn described(kind: &ActionType) -> Value {
    let property = |required: bool| {
        move |name: &&str| {
            json!({
                "name": name,
                "required": required,
                "key": required,
                "secret": *name == "OAuthToken",
                "queryable": false,
            })
        }
    };
    let required = kind.required.iter().map(property(true));
    let properties = required.chain(kind.optional.iter().map(property(false)));
    let count =
        |(fewest, most): (usize, usize)| json!({ "minimumCount": fewest, "maximumCount": most });
    json!({
        "id": {
            "category": kind.category,
            "owner": kind.owner,
            "provider": kind.provider,
            "version": "1",
        },
        "settings": {},
        "actionConfigurationProperties": properties.collect::<Value>(),
        "inputArtifactDetails": count(kind.inputs),
        "outputArtifactDetails": count(kind.outputs),
    })
}
