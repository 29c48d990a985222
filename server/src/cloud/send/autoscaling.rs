//! EC2 Auto Scaling: the operations on groups.

use aws_sdk_autoscaling::types::{LaunchTemplateSpecification, Tag};
use serde_json::{Value, json};

use super::params::Params;
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "CreateAutoScalingGroup" => create_group(clients, params).await,
        "UpdateAutoScalingGroup" => update_group(clients, params).await,
        "DeleteAutoScalingGroup" => delete_group(clients, params).await,
        _ => Err(params.unknown()),
    }
}

async fn create_group(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let tags = params.take_objects("Tags", |tag| {
        Ok(Tag::builder()
            .set_key(tag.take_string("Key")?)
            .set_value(tag.take_string("Value")?)
            .set_propagate_at_launch(tag.take_bool("PropagateAtLaunch")?)
            .build())
    })?;
    let call = clients
        .autoscaling
        .create_auto_scaling_group()
        .set_auto_scaling_group_name(params.take_string("AutoScalingGroupName")?)
        .set_launch_template(take_template(&mut params)?)
        .set_min_size(params.take_i32("MinSize")?)
        .set_max_size(params.take_i32("MaxSize")?)
        .set_desired_capacity(params.take_i32("DesiredCapacity")?)
        .set_vpc_zone_identifier(params.take_string("VPCZoneIdentifier")?)
        .set_tags(tags);
    params.finish()?;
    clients
        .ask("autoscaling", "CreateAutoScalingGroup", call.send())
        .await?;
    Ok(json!({}))
}

async fn update_group(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .autoscaling
        .update_auto_scaling_group()
        .set_auto_scaling_group_name(params.take_string("AutoScalingGroupName")?)
        .set_launch_template(take_template(&mut params)?)
        .set_min_size(params.take_i32("MinSize")?)
        .set_max_size(params.take_i32("MaxSize")?)
        .set_desired_capacity(params.take_i32("DesiredCapacity")?)
        .set_vpc_zone_identifier(params.take_string("VPCZoneIdentifier")?);
    params.finish()?;
    clients
        .ask("autoscaling", "UpdateAutoScalingGroup", call.send())
        .await?;
    Ok(json!({}))
}

async fn delete_group(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .autoscaling
        .delete_auto_scaling_group()
        .set_auto_scaling_group_name(params.take_string("AutoScalingGroupName")?)
        .set_force_delete(params.take_bool("ForceDelete")?);
    params.finish()?;
    clients
        .ask("autoscaling", "DeleteAutoScalingGroup", call.send())
        .await?;
    Ok(json!({}))
}

fn take_template(params: &mut Params) -> Result<Option<LaunchTemplateSpecification>, CloudError> {
    params.take_object("LaunchTemplate", |template| {
        Ok(LaunchTemplateSpecification::builder()
            .set_launch_template_name(template.take_string("LaunchTemplateName")?)
            .set_version(template.take_string("Version")?)
            .build())
    })
}
