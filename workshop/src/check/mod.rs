//! From what was seen to what it means: compares an observation with the blueprint. A check is
//! a pure function, so that it changes nothing and can be tested without an account.

mod judge;
mod near;
mod pre_flight;

pub use judge::{findings, state};
pub use near::{nearest_name, slips_between};
pub use pre_flight::{Sights, kinds, pre_flight};
