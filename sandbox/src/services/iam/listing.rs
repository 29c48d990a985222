//! Lists with `Marker` and `MaxItems`, as all of IAM's are.

use serde_json::{Value, json};

use super::checks::CODE;
use crate::fault::Fault;
use crate::page::page;

/// Where a list goes on and how long the page may be.
pub(super) struct Wanted {
    pub(super) marker: Option<String>,
    pub(super) max_items: Option<u32>,
}

/// `{name: […], IsTruncated, Marker}`; a page has a hundred items unless told.
pub(super) fn listing(name: &str, items: Vec<Value>, wanted: &Wanted) -> Result<Value, Fault> {
    let size = wanted.max_items.unwrap_or(100);
    if !(1..=1000).contains(&size) {
        let rule = if size == 0 {
            "greater than or equal to 1"
        } else {
            "less than or equal to 1000"
        };
        let rule = format!("Member must have value {rule}");
        return Err(Fault::constraint(
            CODE,
            "maxItems",
            &size.to_string(),
            &rule,
        ));
    }
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let page = page(items, wanted.marker.as_deref(), size)
        .ok_or_else(|| Fault::new(CODE, "Invalid Marker."))?;
    Ok(json!({ name: page.items, "IsTruncated": page.next.is_some(), "Marker": page.next }))
}
