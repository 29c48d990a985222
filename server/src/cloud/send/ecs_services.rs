//! ECS: the operations on services.

use aws_sdk_ecs::types::{
    CapacityProviderStrategyItem, DeploymentController, DeploymentControllerType, LaunchType,
    LoadBalancer,
};
use serde_json::{Value, json};

use super::ecs::take_tags;
use super::params::Params;
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "CreateService" => create(clients, params).await,
        "UpdateService" => update(clients, params).await,
        "DeleteService" => delete(clients, params).await,
        _ => Err(params.unknown()),
    }
}

async fn create(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let launch = params.take_string("launchType")?;
    let controller = params.take_object("deploymentController", |controller| {
        let kind = controller.take_string("type")?;
        DeploymentController::builder()
            .set_type(kind.as_deref().map(DeploymentControllerType::from))
            .build()
            .map_err(|error| controller.incomplete(&error))
    })?;
    let strategy = params.take_objects("capacityProviderStrategy", |item| {
        CapacityProviderStrategyItem::builder()
            .set_capacity_provider(item.take_string("capacityProvider")?)
            .set_weight(item.take_i32("weight")?)
            .build()
            .map_err(|error| item.incomplete(&error))
    })?;
    let balancers = params.take_objects("loadBalancers", |balancer| {
        Ok(LoadBalancer::builder()
            .set_target_group_arn(balancer.take_string("targetGroupArn")?)
            .set_container_name(balancer.take_string("containerName")?)
            .set_container_port(balancer.take_i32("containerPort")?)
            .build())
    })?;
    let call = clients
        .ecs
        .create_service()
        .set_cluster(params.take_string("cluster")?)
        .set_service_name(params.take_string("serviceName")?)
        .set_task_definition(params.take_string("taskDefinition")?)
        .set_desired_count(params.take_i32("desiredCount")?)
        .set_launch_type(launch.as_deref().map(LaunchType::from))
        .set_capacity_provider_strategy(strategy)
        .set_deployment_controller(controller)
        .set_load_balancers(balancers)
        .set_health_check_grace_period_seconds(params.take_i32("healthCheckGracePeriodSeconds")?)
        .set_tags(take_tags(&mut params)?);
    params.finish()?;
    let answer = clients.ask("ecs", "CreateService", call.send()).await?;
    let arn = answer.service.and_then(|service| service.service_arn);
    Ok(json!({ "service": { "serviceArn": arn } }))
}

async fn update(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ecs
        .update_service()
        .set_cluster(params.take_string("cluster")?)
        .set_service(params.take_string("service")?)
        .set_desired_count(params.take_i32("desiredCount")?)
        .set_health_check_grace_period_seconds(params.take_i32("healthCheckGracePeriodSeconds")?);
    params.finish()?;
    clients.ask("ecs", "UpdateService", call.send()).await?;
    Ok(json!({}))
}

async fn delete(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ecs
        .delete_service()
        .set_cluster(params.take_string("cluster")?)
        .set_service(params.take_string("service")?)
        .set_force(params.take_bool("force")?);
    params.finish()?;
    clients.ask("ecs", "DeleteService", call.send()).await?;
    Ok(json!({}))
}
