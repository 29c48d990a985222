//! HTTP: every route, who asks, what is let through.

mod actions;
mod asked;
mod assets;
mod git;
mod guard;
mod open;
mod pages;
mod pre_flight;
mod router;
mod sandbox;
mod serve;
mod theme;
mod who;
mod wire;

pub use router::{State, router};
pub use serve::serve;
pub use wire::{Wired, wire};
