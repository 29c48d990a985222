//! The use cases, one file each. [`Greenlight`] is what the pages know as
//! [`Panel`](workshop::panel::Panel).

mod address;
mod artifacts;
mod buildspec;
mod check;
mod crew;
mod deliver;
mod deploy_files;
mod frame;
mod generated;
mod greenlight;
mod handshake;
mod look_round;
mod missing;
mod open;
mod overview;
mod pre_flight;
mod provision;
mod recover;
mod repair;
mod send;
mod source_repository;
mod start;
mod start_over;
mod step;
mod survey;
mod unread;
mod up_to;
mod variables;

pub use greenlight::{Greenlight, Parts};
