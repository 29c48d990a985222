//! ECS: the operations on clusters and capacity providers; `ecs_services.rs` and
//! `ecs_task_definitions.rs` have the others.

use aws_sdk_ecs::types::{
    AutoScalingGroupProvider, CapacityProviderStrategyItem, ManagedScaling, ManagedScalingStatus,
    ManagedTerminationProtection, Tag,
};
use serde_json::{Value, json};

use super::params::Params;
use super::{ecs_services, ecs_task_definitions};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "CreateCluster" => create_cluster(clients, params).await,
        "DeleteCluster" => delete_cluster(clients, params).await,
        "CreateCapacityProvider" => create_provider(clients, params).await,
        "PutClusterCapacityProviders" => put_providers(clients, params).await,
        "DeleteCapacityProvider" => delete_provider(clients, params).await,
        "CreateService" | "UpdateService" | "DeleteService" => {
            ecs_services::send(clients, params).await
        }
        _ => ecs_task_definitions::send(clients, params).await,
    }
}

async fn create_cluster(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ecs
        .create_cluster()
        .set_cluster_name(params.take_string("clusterName")?)
        .set_tags(take_tags(&mut params)?);
    params.finish()?;
    let answer = clients.ask("ecs", "CreateCluster", call.send()).await?;
    let arn = answer.cluster.and_then(|cluster| cluster.cluster_arn);
    Ok(json!({ "cluster": { "clusterArn": arn } }))
}

async fn delete_cluster(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ecs
        .delete_cluster()
        .set_cluster(params.take_string("cluster")?);
    params.finish()?;
    clients.ask("ecs", "DeleteCluster", call.send()).await?;
    Ok(json!({}))
}

async fn create_provider(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let group = params.take_object("autoScalingGroupProvider", group_provider)?;
    let call = clients
        .ecs
        .create_capacity_provider()
        .set_name(params.take_string("name")?)
        .set_auto_scaling_group_provider(group)
        .set_tags(take_tags(&mut params)?);
    params.finish()?;
    clients
        .ask("ecs", "CreateCapacityProvider", call.send())
        .await?;
    Ok(json!({}))
}

async fn put_providers(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let strategy = params.take_objects("defaultCapacityProviderStrategy", |item| {
        CapacityProviderStrategyItem::builder()
            .set_capacity_provider(item.take_string("capacityProvider")?)
            .build()
            .map_err(|error| item.incomplete(&error))
    })?;
    let call = clients
        .ecs
        .put_cluster_capacity_providers()
        .set_cluster(params.take_string("cluster")?)
        .set_capacity_providers(params.take_strings("capacityProviders")?)
        .set_default_capacity_provider_strategy(strategy);
    params.finish()?;
    clients
        .ask("ecs", "PutClusterCapacityProviders", call.send())
        .await?;
    Ok(json!({}))
}

async fn delete_provider(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ecs
        .delete_capacity_provider()
        .set_capacity_provider(params.take_string("capacityProvider")?);
    params.finish()?;
    clients
        .ask("ecs", "DeleteCapacityProvider", call.send())
        .await?;
    Ok(json!({}))
}

fn group_provider(params: &mut Params) -> Result<AutoScalingGroupProvider, CloudError> {
    let scaling = params.take_object("managedScaling", |scaling| {
        let status = scaling.take_string("status")?;
        Ok(ManagedScaling::builder()
            .set_status(status.as_deref().map(ManagedScalingStatus::from))
            .build())
    })?;
    let protection = params.take_string("managedTerminationProtection")?;
    AutoScalingGroupProvider::builder()
        .set_auto_scaling_group_arn(params.take_string("autoScalingGroupArn")?)
        .set_managed_scaling(scaling)
        .set_managed_termination_protection(
            protection
                .as_deref()
                .map(ManagedTerminationProtection::from),
        )
        .build()
        .map_err(|error| params.incomplete(&error))
}

pub(super) fn take_tags(params: &mut Params) -> Result<Option<Vec<Tag>>, CloudError> {
    params.take_objects("tags", |tag| {
        Ok(Tag::builder()
            .set_key(tag.take_string("key")?)
            .set_value(tag.take_string("value")?)
            .build())
    })
}
