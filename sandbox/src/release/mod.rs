//! What is released, and what happens to it on the way: the repositories that are pushed to, what a
//! build does with them, the images that come of it.

pub(crate) mod artifacts;
pub(crate) mod buildspec;
pub(crate) mod deployment;
mod images;
pub(crate) mod pipeline;
mod repositories;
pub(crate) mod shell;
mod tree;
mod zip;

pub(crate) use images::Images;
pub use images::{BuiltImage, built_image};
pub(crate) use repositories::Repositories;
pub use repositories::{Commit, Push, push, tip};
pub use tree::Tree;
