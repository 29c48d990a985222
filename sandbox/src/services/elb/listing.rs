//! The pages of the Describe operations.

use serde_json::{Value, json};

use super::checks::between;
use super::faults::invalid;
use crate::fault::Fault;
use crate::page::page;

/// The page of `items` that was asked for, in the field `list`.
pub(super) fn answer(
    list: &str,
    items: Vec<Value>,
    marker: Option<&str>,
    size: Option<u32>,
) -> Result<Value, Fault> {
    let size = size.unwrap_or(400);
    between("pageSize", size, 1, 400)?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let page = page(items, marker, size).ok_or_else(|| {
        invalid(format!(
            "'{}' is not a valid marker",
            marker.unwrap_or_default()
        ))
    })?;
    Ok(json!({ list: page.items, "NextMarker": page.next }))
}
