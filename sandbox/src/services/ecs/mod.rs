//! ECS: containers on the account's EC2 instances, kept running by services.
//!
//! The agents of [`container_instances`] bring capacity, [`scheduler`] keeps services at their
//! counts, a task goes through its life in [`tasks`], and [`containers`] says how what is in it
//! fares. What other services are asked is in [`roles`], [`machines`], [`auto_scaling`] and
//! [`balancing`]; what they may ask of this one is in [`interface`].

mod account_settings;
mod auto_scaling;
mod balancing;
mod capacity_providers;
mod clusters;
mod container_instances;
mod containers;
mod due;
mod expressions;
mod faults;
mod interface;
mod machines;
mod names;
mod observe;
mod roles;
mod scheduler;
mod services;
mod shapes;
mod state;
mod tags;
mod task_definitions;
mod task_sets;
mod tasks;

pub(crate) use account_settings::tagging_is_authorized;
pub(crate) use due::{Due, due};
pub(crate) use interface::*;
pub(crate) use state::Ecs;

use crate::protocol::Wire;
use crate::service::{Service, operations};

pub(crate) static SERVICE: Service = Service {
    name: "ecs",
    wire: Wire::Json {
        target: "AmazonEC2ContainerServiceV20141113",
        version: "1.1",
    },
    refusal: faults::input,
    secrets: &[],
    operations: operations! {
        "CreateCluster" => clusters::create_cluster,
        "DescribeClusters" => clusters::describe_clusters,
        "ListClusters" => clusters::list_clusters,
        "UpdateCluster" => clusters::update_cluster,
        "UpdateClusterSettings" => clusters::update_cluster_settings,
        "DeleteCluster" => clusters::delete_cluster,
        "PutClusterCapacityProviders" => clusters::put_cluster_capacity_providers,
        "CreateCapacityProvider" => capacity_providers::create_capacity_provider,
        "DescribeCapacityProviders" => capacity_providers::describe_capacity_providers,
        "UpdateCapacityProvider" => capacity_providers::update_capacity_provider,
        "DeleteCapacityProvider" => capacity_providers::delete_capacity_provider,
        "RegisterTaskDefinition" => task_definitions::register_task_definition,
        "DescribeTaskDefinition" => task_definitions::describe_task_definition,
        "ListTaskDefinitions" => task_definitions::list_task_definitions,
        "ListTaskDefinitionFamilies" => task_definitions::list_task_definition_families,
        "DeregisterTaskDefinition" => task_definitions::deregister_task_definition,
        "DeleteTaskDefinitions" => task_definitions::delete_task_definitions,
        "CreateService" => services::create_service,
        "DescribeServices" => services::describe_services,
        "ListServices" => services::list_services,
        "UpdateService" => services::update_service,
        "DeleteService" => services::delete_service,
        "CreateTaskSet" => task_sets::create_task_set,
        "DescribeTaskSets" => task_sets::describe_task_sets,
        "UpdateTaskSet" => task_sets::update_task_set,
        "UpdateServicePrimaryTaskSet" => task_sets::update_service_primary_task_set,
        "DeleteTaskSet" => task_sets::delete_task_set,
        "RunTask" => tasks::run_task,
        "StopTask" => tasks::stop_task,
        "ListTasks" => tasks::list_tasks,
        "DescribeTasks" => tasks::describe_tasks,
        "ListContainerInstances" => container_instances::list_container_instances,
        "DescribeContainerInstances" => container_instances::describe_container_instances,
        "UpdateContainerInstancesState" => container_instances::update_container_instances_state,
        "DeregisterContainerInstance" => container_instances::deregister_container_instance,
        "TagResource" => tags::tag_resource,
        "UntagResource" => tags::untag_resource,
        "ListTagsForResource" => tags::list_tags_for_resource,
        "ListAccountSettings" => account_settings::list_account_settings,
        "PutAccountSetting" => account_settings::put_account_setting,
    },
};
