//! How `CodeBuild` lists: a hundred at a time, either way round.

use serde::Deserialize;

use super::faults::invalid;
use crate::fault::Fault;
use crate::page::{Page, page};

/// How many a page has, and how many a batch may name.
const SIZE: usize = 100;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum SortOrder {
    #[default]
    Ascending,
    Descending,
}

pub(super) fn hundred<T>(items: Vec<T>, token: Option<&str>) -> Option<Page<T>> {
    page(items, token, SIZE)
}

/// The bounds of a batch's names.
pub(super) fn named(member: &str, names: &[String]) -> Result<(), Fault> {
    if !(1..=SIZE).contains(&names.len()) {
        return Err(invalid(format!(
            "Invalid input: {member} must have between 1 and {SIZE} items"
        )));
    }
    match names.iter().find(|name| name.is_empty()) {
        Some(_) => Err(invalid(format!(
            "Invalid input: {member} must not have empty items"
        ))),
        None => Ok(()),
    }
}
