//! Tags, in the form most services share: a list of `Key` and `Value`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Tags as they are kept.
pub(crate) type Tags = BTreeMap<String, String>;

/// A tag as it arrives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct Tag {
    pub(crate) key: String,
    #[serde(default)]
    pub(crate) value: String,
}

/// What arrived, as it is kept; of two with one key the later wins.
pub(crate) fn collect(tags: Vec<Tag>) -> Tags {
    tags.into_iter().map(|tag| (tag.key, tag.value)).collect()
}

/// What is kept, as it is sent.
pub(crate) fn list(tags: &Tags) -> Value {
    tags.iter()
        .map(|(key, value)| json!({"Key": key, "Value": value}))
        .collect()
}
