//! The resources, one file each.

mod alb_security_group;
mod artifact_bucket;
mod auto_scaling_group;
pub mod build_project;
pub mod build_role;
mod buildspec;
mod capacity_provider;
mod cluster;
mod codedeploy_role;
pub(super) mod connection;
mod container_instances;
mod db_cluster;
mod db_password;
mod db_reader;
mod db_security_group;
mod db_writer;
mod deploy_application;
mod deploy_files;
mod deployment_group;
mod ecs_security_group;
mod execution_role;
mod first_image;
pub mod image_repository;
mod ingress;
mod instance_ingress;
mod instance_profile;
mod instance_role;
mod launch_template;
mod listener;
mod load_balancer;
mod log_group;
mod pipeline;
pub mod pipeline_role;
mod role;
mod running_tasks;
mod service;
mod source_repository;
mod target_group;
mod task_definition;

pub use task_definition::port_mapping;

use super::{Kind, Resource};

/// Every resource of the workshop, once, in the order in which people meet them.
pub const RESOURCES: [Resource; 39] = [
    source_repository::RESOURCE,
    execution_role::RESOURCE,
    instance_role::RESOURCE,
    instance_profile::RESOURCE,
    codedeploy_role::RESOURCE,
    log_group::RESOURCE,
    db_security_group::RESOURCE,
    db_password::RESOURCE,
    db_cluster::RESOURCE,
    db_writer::RESOURCE,
    db_reader::RESOURCE,
    image_repository::RESOURCE,
    ecs_security_group::RESOURCE,
    launch_template::RESOURCE,
    cluster::RESOURCE,
    auto_scaling_group::RESOURCE,
    capacity_provider::RESOURCE,
    container_instances::RESOURCE,
    task_definition::RESOURCE,
    alb_security_group::RESOURCE,
    instance_ingress::RESOURCE,
    target_group::PROD,
    target_group::TEST,
    load_balancer::RESOURCE,
    listener::PROD,
    listener::TEST,
    service::RESOURCE,
    first_image::RESOURCE,
    running_tasks::RESOURCE,
    build_role::RESOURCE,
    build_project::RESOURCE,
    buildspec::RESOURCE,
    connection::RESOURCE,
    deploy_application::RESOURCE,
    deployment_group::RESOURCE,
    artifact_bucket::RESOURCE,
    pipeline_role::RESOURCE,
    deploy_files::RESOURCE,
    pipeline::RESOURCE,
];

/// The resource of this kind.
pub fn find(kind: Kind) -> &'static Resource {
    // The list follows the order of the variants; a test says so.
    &RESOURCES[kind as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blueprint::{Inputs, Names};
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn the_list_follows_the_kinds() {
        for kind in Kind::ALL {
            assert_eq!(find(kind).kind, kind);
        }
    }

    #[test]
    fn keys_are_unique_within_a_resource() {
        for resource in &RESOURCES {
            let settings: BTreeSet<_> = resource
                .settings
                .iter()
                .map(|setting| setting.key)
                .collect();
            assert_eq!(
                settings.len(),
                resource.settings.len(),
                "{:?}",
                resource.kind
            );
            let fields: BTreeSet<_> = resource.fields.iter().map(|field| field.key).collect();
            assert_eq!(fields.len(), resource.fields.len(), "{:?}", resource.kind);
        }
    }

    #[test]
    fn calls_settle_only_settings_that_exist() {
        let (variables, chosen) = (
            Names {
                workspace: "local".into(),
                suffix: None,
            }
            .variables(),
            BTreeMap::new(),
        );
        for resource in &RESOURCES {
            let inputs = Inputs::new(resource, &chosen, &variables);
            let repairs = resource
                .settings
                .iter()
                .flat_map(|setting| (resource.repair)(setting.key, &inputs));
            for settled in (resource.create)(&inputs)
                .into_iter()
                .chain(repairs)
                .flat_map(|call| call.settles)
            {
                assert!(
                    resource
                        .settings
                        .iter()
                        .any(|setting| setting.key == settled),
                    "{:?} {settled}",
                    resource.kind
                );
            }
        }
    }
}
