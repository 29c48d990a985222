//! What it takes to launch an instance: what is asked for, and whether it can be had.

mod caller;
mod check;
mod network;
pub(super) mod parameters;
mod template;

pub(crate) use caller::caller_launches;
pub(crate) use check::{Checked, check};
pub(crate) use parameters::Parameters;
pub(crate) use template::{TemplateChoice, TemplateRef};
pub(super) use template::{
    found as template, no_such_id as no_such_template, number as version_number,
};
