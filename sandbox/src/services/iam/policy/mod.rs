//! Policies: read, checked, evaluated (IAM User Guide, "Policy evaluation logic").

mod conditions;
mod document;
mod evaluate;
mod parse;
mod wildcard;

pub(super) use document::{Document, Kind};
pub(super) use evaluate::{Context, Decision, Request, Verdict, bounded, combine};
pub(super) use parse::parse;
