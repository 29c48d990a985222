//! The account's alias, of which it may have one.

use serde::Deserialize;
use serde_json::Value;

use super::listing::{Wanted, listing};
use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ListAccountAliases {
    marker: Option<String>,
    max_items: Option<u32>,
}

/// `ListAccountAliases` (IAM API Reference): nobody has given this account one.
pub(crate) fn list_account_aliases(_: &mut Cx, input: ListAccountAliases) -> Result<Value, Fault> {
    let wanted = Wanted {
        marker: input.marker,
        max_items: input.max_items,
    };
    listing("AccountAliases", Vec::new(), &wanted)
}
