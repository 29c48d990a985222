//! The text of the workshop. How it is written down: `app/content/FORMAT.md`.
//!
//! The Markdown is read once ([`parse`]) into [`Template`]s that are cut at their variables, so
//! that a request only joins strings ([`render`]).

mod files;
mod highlight;
mod html;
mod library;
mod parse;
mod render;
mod source;
mod template;
#[cfg(test)]
mod tests;

pub(crate) use library::{start, step};
pub(crate) use render::{Reader, calls};
