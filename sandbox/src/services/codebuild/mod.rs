//! `CodeBuild`: projects and their builds, which run.

mod builds;
mod checks;
mod credentials;
mod faults;
mod images;
mod lists;
mod projects;
mod settings;
mod state;

use crate::protocol::Wire;
use crate::service::{Service, operations};

pub(crate) use builds::{Due, Handed, Status, due, progress, start_for_pipeline};
pub(crate) use state::CodeBuild;

pub(crate) static SERVICE: Service = Service {
    name: "codebuild",
    wire: Wire::Json {
        target: "CodeBuild_20161006",
        version: "1.1",
    },
    refusal: |error| error.validation(faults::CODE),
    secrets: &["token"],
    operations: operations! {
        "CreateProject" => projects::create_project,
        "BatchGetProjects" => projects::batch_get_projects,
        "ListProjects" => projects::list_projects,
        "UpdateProject" => projects::update_project,
        "DeleteProject" => projects::delete_project,
        "StartBuild" => builds::start_build,
        "StopBuild" => builds::stop_build,
        "RetryBuild" => builds::retry_build,
        "BatchGetBuilds" => builds::batch_get_builds,
        "ListBuilds" => builds::list_builds,
        "ListBuildsForProject" => builds::list_builds_for_project,
        "BatchDeleteBuilds" => builds::batch_delete_builds,
        "ImportSourceCredentials" => credentials::import_source_credentials,
        "ListSourceCredentials" => credentials::list_source_credentials,
        "DeleteSourceCredentials" => credentials::delete_source_credentials,
        "ListCuratedEnvironmentImages" => images::list_curated_environment_images,
    },
};
