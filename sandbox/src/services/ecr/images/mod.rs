//! Images: pushed, read, listed, deleted.

mod delete;
mod find;
mod list;
mod manifest;
mod push;
mod put;

pub(super) use delete::batch_delete_image;
pub(super) use find::{ImageId, found};
pub(super) use list::{batch_get_image, describe_images, list_images};
pub(crate) use push::{digest_of, images_in, push};
pub(super) use put::put_image;
