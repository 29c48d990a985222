//! Log events: written, read, searched.

mod filter;
mod get;
mod pattern;
mod put;
mod write;

pub(super) use filter::filter_log_events;
pub(super) use get::get_log_events;
pub(super) use put::put_log_events;
pub(crate) use write::{exists, open, write};
