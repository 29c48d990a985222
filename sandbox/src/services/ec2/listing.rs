//! What the Describe operations have in common: ids, filters, pages.

use serde_json::{Value, json};

use super::faults::invalid;
use super::filters::{Filter, Selection, Table};
use crate::fault::Fault;
use crate::page::page;

/// What was asked for: everything, or some of it, page by page.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) ids: Vec<String>,
    pub(super) filters: Vec<Filter>,
    pub(super) max_results: Option<usize>,
    pub(super) next_token: Option<String>,
}

/// How a kind of resource is listed.
pub(super) struct Kind {
    /// The field of the answer that holds the list.
    pub(super) list: &'static str,
    /// The field of an item that holds its id.
    pub(super) id: &'static str,
    /// The refusal of an id that does not exist.
    pub(super) unknown: fn(&str) -> Fault,
    /// The documented filters.
    pub(super) filters: Table,
    /// How many results fit a page: the bounds of `MaxResults`.
    pub(super) page: (usize, usize),
}

impl Kind {
    /// The answer: those of `items` that were asked for. An id that is named must exist.
    pub(super) fn answer(&self, items: Vec<Value>, asked: Asked) -> Result<Value, Fault> {
        let selection = Selection::new(asked.filters, self.filters)?;
        let (least, most) = self.page;
        if let Some(size) = asked.max_results
            && !(least..=most).contains(&size)
        {
            return Err(invalid(format!(
                "Value ( {size} ) for parameter maxResults is invalid. Expecting a value between {least} and {most}."
            )));
        }
        if let Some(unknown) = asked
            .ids
            .iter()
            .find(|id| items.iter().all(|item| item[self.id] != ***id))
        {
            return Err((self.unknown)(unknown));
        }
        let named =
            |item: &Value| asked.ids.is_empty() || asked.ids.iter().any(|id| item[self.id] == **id);
        let chosen: Vec<_> = items
            .into_iter()
            .filter(|item| named(item) && selection.accepts(item))
            .collect();
        let page = page(
            chosen,
            asked.next_token.as_deref(),
            asked.max_results.unwrap_or(most),
        )
        .ok_or_else(|| invalid("The pagination token is invalid."))?;
        Ok(json!({ self.list: page.items, "nextToken": page.next }))
    }
}
