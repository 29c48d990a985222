//! From what was seen to what it means: compares an observation with the blueprint. A check is
//! a pure function, so that it changes nothing and can be tested without an account.

mod judge;
mod near;

pub use judge::{findings, state};
pub use near::{nearest_name, slips_between};
