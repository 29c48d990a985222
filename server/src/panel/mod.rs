//! The use cases, one file each. [`Greenlight`] is what the pages know as
//! [`Panel`](workshop::panel::Panel).

mod address;
mod check;
mod crew;
mod frame;
mod greenlight;
mod look_round;
mod missing;
mod open;
mod overview;
mod provision;
mod recover;
mod repair;
mod send;
mod source_repository;
mod start;
mod start_over;
mod step;
mod up_to;
mod variables;

pub use greenlight::{Greenlight, Parts};
