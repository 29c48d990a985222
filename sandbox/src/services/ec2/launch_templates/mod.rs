//! Launch templates: what to launch, in numbered versions.

mod create;
mod delete;
mod describe;
mod modify;
mod new_version;
mod shown;
mod versions;

pub(super) use create::create_launch_template;
pub(super) use delete::{delete_launch_template, delete_launch_template_versions};
pub(super) use describe::describe_launch_templates;
pub(super) use modify::modify_launch_template;
pub(super) use new_version::create_launch_template_version;
pub(super) use versions::describe_launch_template_versions;
