//! CodeDeploy: the operations on applications and deployment groups.

use aws_sdk_codedeploy::types::{
    AutoRollbackConfiguration, AutoRollbackEvent, BlueGreenDeploymentConfiguration,
    BlueInstanceTerminationOption, ComputePlatform, DeploymentOption, DeploymentReadyAction,
    DeploymentReadyOption, DeploymentStyle, DeploymentType, EcsService, InstanceAction,
    LoadBalancerInfo, Tag, TargetGroupInfo, TargetGroupPairInfo, TrafficRoute,
};
use serde_json::{Value, json};

use super::params::Params;
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// The service as a policy's action names it; the AWS CLI calls it `deploy`.
const SERVICE: &str = "codedeploy";

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "CreateApplication" => create_application(clients, params).await,
        "DeleteApplication" => delete_application(clients, params).await,
        "CreateDeploymentGroup" => create_deployment_group(clients, params).await,
        "UpdateDeploymentGroup" => update_deployment_group(clients, params).await,
        "DeleteDeploymentGroup" => delete_deployment_group(clients, params).await,
        _ => Err(params.unknown()),
    }
}

async fn create_application(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let platform = params.take_string("computePlatform")?;
    let call = clients
        .codedeploy
        .create_application()
        .set_application_name(params.take_string("applicationName")?)
        .set_compute_platform(platform.as_deref().map(ComputePlatform::from))
        .set_tags(take_tags(&mut params)?);
    params.finish()?;
    clients
        .ask(SERVICE, "CreateApplication", call.send())
        .await?;
    Ok(json!({}))
}

async fn delete_application(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .codedeploy
        .delete_application()
        .set_application_name(params.take_string("applicationName")?);
    params.finish()?;
    clients
        .ask(SERVICE, "DeleteApplication", call.send())
        .await?;
    Ok(json!({}))
}

async fn create_deployment_group(
    clients: &Clients,
    mut params: Params,
) -> Result<Value, CloudError> {
    let call = clients
        .codedeploy
        .create_deployment_group()
        .set_application_name(params.take_string("applicationName")?)
        .set_deployment_group_name(params.take_string("deploymentGroupName")?)
        .set_service_role_arn(params.take_string("serviceRoleArn")?)
        .set_deployment_config_name(params.take_string("deploymentConfigName")?)
        .set_deployment_style(take_style(&mut params)?)
        .set_ecs_services(take_services(&mut params)?)
        .set_load_balancer_info(take_balancer(&mut params)?)
        .set_blue_green_deployment_configuration(take_waits(&mut params)?)
        .set_auto_rollback_configuration(take_rollback(&mut params)?)
        .set_tags(take_tags(&mut params)?);
    params.finish()?;
    clients
        .ask(SERVICE, "CreateDeploymentGroup", call.send())
        .await?;
    Ok(json!({}))
}

async fn update_deployment_group(
    clients: &Clients,
    mut params: Params,
) -> Result<Value, CloudError> {
    let call = clients
        .codedeploy
        .update_deployment_group()
        .set_application_name(params.take_string("applicationName")?)
        .set_current_deployment_group_name(params.take_string("currentDeploymentGroupName")?)
        .set_service_role_arn(params.take_string("serviceRoleArn")?)
        .set_deployment_config_name(params.take_string("deploymentConfigName")?)
        .set_deployment_style(take_style(&mut params)?)
        .set_ecs_services(take_services(&mut params)?)
        .set_load_balancer_info(take_balancer(&mut params)?)
        .set_blue_green_deployment_configuration(take_waits(&mut params)?)
        .set_auto_rollback_configuration(take_rollback(&mut params)?);
    params.finish()?;
    clients
        .ask(SERVICE, "UpdateDeploymentGroup", call.send())
        .await?;
    Ok(json!({}))
}

async fn delete_deployment_group(
    clients: &Clients,
    mut params: Params,
) -> Result<Value, CloudError> {
    let call = clients
        .codedeploy
        .delete_deployment_group()
        .set_application_name(params.take_string("applicationName")?)
        .set_deployment_group_name(params.take_string("deploymentGroupName")?);
    params.finish()?;
    clients
        .ask(SERVICE, "DeleteDeploymentGroup", call.send())
        .await?;
    Ok(json!({}))
}

fn take_style(params: &mut Params) -> Result<Option<DeploymentStyle>, CloudError> {
    params.take_object("deploymentStyle", |style| {
        let kind = style.take_string("deploymentType")?;
        let option = style.take_string("deploymentOption")?;
        Ok(DeploymentStyle::builder()
            .set_deployment_type(kind.as_deref().map(DeploymentType::from))
            .set_deployment_option(option.as_deref().map(DeploymentOption::from))
            .build())
    })
}

fn take_services(params: &mut Params) -> Result<Option<Vec<EcsService>>, CloudError> {
    params.take_objects("ecsServices", |service| {
        Ok(EcsService::builder()
            .set_cluster_name(service.take_string("clusterName")?)
            .set_service_name(service.take_string("serviceName")?)
            .build())
    })
}

fn take_balancer(params: &mut Params) -> Result<Option<LoadBalancerInfo>, CloudError> {
    params.take_object("loadBalancerInfo", |balancer| {
        let pairs = balancer.take_objects("targetGroupPairInfoList", |pair| {
            let groups = pair.take_objects("targetGroups", |group| {
                Ok(TargetGroupInfo::builder()
                    .set_name(group.take_string("name")?)
                    .build())
            })?;
            Ok(TargetGroupPairInfo::builder()
                .set_target_groups(groups)
                .set_prod_traffic_route(pair.take_object("prodTrafficRoute", route)?)
                .set_test_traffic_route(pair.take_object("testTrafficRoute", route)?)
                .build())
        })?;
        Ok(LoadBalancerInfo::builder()
            .set_target_group_pair_info_list(pairs)
            .build())
    })
}

fn route(params: &mut Params) -> Result<TrafficRoute, CloudError> {
    Ok(TrafficRoute::builder()
        .set_listener_arns(params.take_strings("listenerArns")?)
        .build())
}

fn take_waits(params: &mut Params) -> Result<Option<BlueGreenDeploymentConfiguration>, CloudError> {
    params.take_object("blueGreenDeploymentConfiguration", |waits| {
        let ready = waits.take_object("deploymentReadyOption", |ready| {
            let action = ready.take_string("actionOnTimeout")?;
            Ok(DeploymentReadyOption::builder()
                .set_action_on_timeout(action.as_deref().map(DeploymentReadyAction::from))
                .set_wait_time_in_minutes(ready.take_i32("waitTimeInMinutes")?)
                .build())
        })?;
        let original =
            waits.take_object("terminateBlueInstancesOnDeploymentSuccess", |original| {
                let action = original.take_string("action")?;
                Ok(BlueInstanceTerminationOption::builder()
                    .set_action(action.as_deref().map(InstanceAction::from))
                    .set_termination_wait_time_in_minutes(
                        original.take_i32("terminationWaitTimeInMinutes")?,
                    )
                    .build())
            })?;
        Ok(BlueGreenDeploymentConfiguration::builder()
            .set_deployment_ready_option(ready)
            .set_terminate_blue_instances_on_deployment_success(original)
            .build())
    })
}

fn take_rollback(params: &mut Params) -> Result<Option<AutoRollbackConfiguration>, CloudError> {
    params.take_object("autoRollbackConfiguration", |rollback| {
        let events = rollback.take_strings("events")?.map(|events| {
            events
                .iter()
                .map(|event| AutoRollbackEvent::from(event.as_str()))
                .collect()
        });
        Ok(AutoRollbackConfiguration::builder()
            .set_enabled(rollback.take_bool("enabled")?)
            .set_events(events)
            .build())
    })
}

fn take_tags(params: &mut Params) -> Result<Option<Vec<Tag>>, CloudError> {
    params.take_objects("tags", |tag| {
        Ok(Tag::builder()
            .set_key(tag.take_string("Key")?)
            .set_value(tag.take_string("Value")?)
            .build())
    })
}
