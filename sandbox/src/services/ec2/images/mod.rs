//! Machine images: Amazon's own, the newest of each kind.

mod catalogue;
mod describe;
mod filters;

pub(crate) use catalogue::{Image, Software, all, find};
pub(super) use describe::{describe_images, unknown};
