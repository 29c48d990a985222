//! Lists with `NextToken` and `MaxRecords`, as all of Auto Scaling's are.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::invalid;
use crate::fault::Fault;
use crate::page::page;

/// One of `Filters`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct Filter {
    pub(super) name: String,
    #[serde(default)]
    pub(super) values: Vec<String>,
}

impl Filter {
    pub(super) fn has(&self, value: &str) -> bool {
        self.values.iter().any(|wanted| wanted == value)
    }
}

/// Where a list goes on and how long the page may be.
pub(super) struct Wanted {
    pub(super) token: Option<String>,
    pub(super) size: Option<usize>,
    /// The page's length unless told, and the longest there is.
    pub(super) usual: usize,
    pub(super) most: usize,
}

/// `{list: […], NextToken}`
pub(super) fn listing(list: &str, items: Vec<Value>, wanted: &Wanted) -> Result<Value, Fault> {
    let size = wanted.size.unwrap_or(wanted.usual);
    if !(1..=wanted.most).contains(&size) {
        return Err(invalid(format!(
            "The specified MaxRecords value {size} is invalid: it must be between 1 and {}.",
            wanted.most
        )));
    }
    let page = page(items, wanted.token.as_deref(), size)
        .ok_or_else(|| Fault::new("InvalidNextToken", "The token is not valid."))?;
    Ok(json!({ list: page.items, "NextToken": page.next }))
}

pub(super) fn unknown_filter(name: &str) -> Fault {
    invalid(format!("Invalid filter name: {name}"))
}
