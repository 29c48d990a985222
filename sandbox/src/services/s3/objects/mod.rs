//! Objects: put, read, listed, deleted.

mod delete;
mod inside;
mod list;
mod put;
mod read;
mod versions;

pub(super) use delete::{delete_object, delete_objects};
pub(crate) use inside::{fetch, store};
pub(super) use list::list_objects_v2;
pub(super) use put::put_object;
pub(super) use read::{get_object, head_object};
pub(super) use versions::list_object_versions;
