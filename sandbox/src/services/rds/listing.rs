//! What the Describe operations have in common: one by name, or filtered, page by page.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::checks::name_of;
use super::faults::invalid;
use crate::fault::Fault;
use crate::page::page;

/// One of `Filters`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct Filter {
    name: String,
    values: Vec<String>,
}

/// What was asked for.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) filters: Vec<Filter>,
    pub(super) max_records: Option<usize>,
    pub(super) marker: Option<String>,
}

/// The names of what is to be described: the one asked for, by name or ARN, or all there are.
pub(super) fn chosen<T>(
    all: &BTreeMap<String, T>,
    asked: Option<&str>,
    absent: fn(&str) -> Fault,
) -> Result<Vec<String>, Fault> {
    match asked.map(name_of) {
        None => Ok(all.keys().cloned().collect()),
        Some(name) if all.contains_key(&name) => Ok(vec![name]),
        Some(name) => Err(absent(&name)),
    }
}

/// The answer: those of `items` that pass the filters, in the field `list`. `known` gives for each
/// documented filter the item's field that it looks at; a value may also be an ARN.
pub(super) fn answer(
    list: &str,
    known: &[(&str, &str)],
    items: Vec<Value>,
    asked: Asked,
) -> Result<Value, Fault> {
    let mut items = items;
    for filter in asked.filters {
        let (_, field) = known
            .iter()
            .find(|(name, _)| *name == filter.name)
            .ok_or_else(|| invalid(format!("Unrecognized filter name: {}", filter.name)))?;
        let wanted = |value: &str| {
            filter
                .values
                .iter()
                .any(|given| given == value || name_of(given) == value)
        };
        items.retain(|item| match &item[*field] {
            Value::Array(values) => values.iter().filter_map(Value::as_str).any(wanted),
            value => value.as_str().is_some_and(wanted),
        });
    }
    let size = asked.max_records.unwrap_or(100);
    if !(20..=100).contains(&size) {
        return Err(invalid(format!(
            "Invalid value {size} for MaxRecords. Must be between 20 and 100"
        )));
    }
    let page = page(items, asked.marker.as_deref(), size)
        .ok_or_else(|| invalid("The parameter Marker is not valid."))?;
    Ok(json!({ list: page.items, "Marker": page.next }))
}
