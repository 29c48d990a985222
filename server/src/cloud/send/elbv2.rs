//! Elastic Load Balancing: the operations on balancers, target groups and listeners.

use aws_sdk_elasticloadbalancingv2::types::{
    Action, ActionTypeEnum, LoadBalancerSchemeEnum, LoadBalancerTypeEnum, Matcher, ProtocolEnum,
    Tag, TargetTypeEnum,
};
use serde_json::{Value, json};

use super::params::Params;
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// The service as a policy's action names it.
const SERVICE: &str = "elasticloadbalancing";

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "CreateLoadBalancer" => create_load_balancer(clients, params).await,
        "SetSubnets" => set_subnets(clients, params).await,
        "SetSecurityGroups" => set_security_groups(clients, params).await,
        "DeleteLoadBalancer" => delete_load_balancer(clients, params).await,
        "CreateTargetGroup" => create_target_group(clients, params).await,
        "ModifyTargetGroup" => modify_target_group(clients, params).await,
        "DeleteTargetGroup" => delete_target_group(clients, params).await,
        "CreateListener" => create_listener(clients, params).await,
        "ModifyListener" => modify_listener(clients, params).await,
        "DeleteListener" => delete_listener(clients, params).await,
        _ => Err(params.unknown()),
    }
}

async fn create_load_balancer(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let kind = params.take_string("Type")?;
    let scheme = params.take_string("Scheme")?;
    let call = clients
        .elbv2
        .create_load_balancer()
        .set_name(params.take_string("Name")?)
        .set_type(kind.as_deref().map(LoadBalancerTypeEnum::from))
        .set_scheme(scheme.as_deref().map(LoadBalancerSchemeEnum::from))
        .set_subnets(params.take_strings("Subnets")?)
        .set_security_groups(params.take_strings("SecurityGroups")?)
        .set_tags(take_tags(&mut params)?);
    params.finish()?;
    let answer = clients
        .ask(SERVICE, "CreateLoadBalancer", call.send())
        .await?;
    let arn = answer
        .load_balancers()
        .first()
        .and_then(|balancer| balancer.load_balancer_arn());
    Ok(json!({ "LoadBalancers": [{ "LoadBalancerArn": arn }] }))
}

async fn set_subnets(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .elbv2
        .set_subnets()
        .set_load_balancer_arn(params.take_string("LoadBalancerArn")?)
        .set_subnets(params.take_strings("Subnets")?);
    params.finish()?;
    clients.ask(SERVICE, "SetSubnets", call.send()).await?;
    Ok(json!({}))
}

async fn set_security_groups(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .elbv2
        .set_security_groups()
        .set_load_balancer_arn(params.take_string("LoadBalancerArn")?)
        .set_security_groups(params.take_strings("SecurityGroups")?);
    params.finish()?;
    clients
        .ask(SERVICE, "SetSecurityGroups", call.send())
        .await?;
    Ok(json!({}))
}

async fn delete_load_balancer(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .elbv2
        .delete_load_balancer()
        .set_load_balancer_arn(params.take_string("LoadBalancerArn")?);
    params.finish()?;
    clients
        .ask(SERVICE, "DeleteLoadBalancer", call.send())
        .await?;
    Ok(json!({}))
}

async fn create_target_group(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let kind = params.take_string("TargetType")?;
    let call = clients
        .elbv2
        .create_target_group()
        .set_name(params.take_string("Name")?)
        .set_protocol(take_protocol(&mut params)?)
        .set_port(params.take_i32("Port")?)
        .set_vpc_id(params.take_string("VpcId")?)
        .set_target_type(kind.as_deref().map(TargetTypeEnum::from))
        .set_health_check_path(params.take_string("HealthCheckPath")?)
        .set_health_check_interval_seconds(params.take_i32("HealthCheckIntervalSeconds")?)
        .set_healthy_threshold_count(params.take_i32("HealthyThresholdCount")?)
        .set_matcher(take_matcher(&mut params)?)
        .set_tags(take_tags(&mut params)?);
    params.finish()?;
    let answer = clients
        .ask(SERVICE, "CreateTargetGroup", call.send())
        .await?;
    let arn = answer
        .target_groups()
        .first()
        .and_then(|group| group.target_group_arn());
    Ok(json!({ "TargetGroups": [{ "TargetGroupArn": arn }] }))
}

async fn modify_target_group(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .elbv2
        .modify_target_group()
        .set_target_group_arn(params.take_string("TargetGroupArn")?)
        .set_health_check_path(params.take_string("HealthCheckPath")?)
        .set_matcher(take_matcher(&mut params)?);
    params.finish()?;
    clients
        .ask(SERVICE, "ModifyTargetGroup", call.send())
        .await?;
    Ok(json!({}))
}

async fn delete_target_group(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .elbv2
        .delete_target_group()
        .set_target_group_arn(params.take_string("TargetGroupArn")?);
    params.finish()?;
    clients
        .ask(SERVICE, "DeleteTargetGroup", call.send())
        .await?;
    Ok(json!({}))
}

async fn create_listener(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .elbv2
        .create_listener()
        .set_load_balancer_arn(params.take_string("LoadBalancerArn")?)
        .set_protocol(take_protocol(&mut params)?)
        .set_port(params.take_i32("Port")?)
        .set_default_actions(take_actions(&mut params)?)
        .set_tags(take_tags(&mut params)?);
    params.finish()?;
    let answer = clients.ask(SERVICE, "CreateListener", call.send()).await?;
    let arn = answer
        .listeners()
        .first()
        .and_then(|listener| listener.listener_arn());
    Ok(json!({ "Listeners": [{ "ListenerArn": arn }] }))
}

async fn modify_listener(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .elbv2
        .modify_listener()
        .set_listener_arn(params.take_string("ListenerArn")?)
        .set_protocol(take_protocol(&mut params)?)
        .set_default_actions(take_actions(&mut params)?);
    params.finish()?;
    clients.ask(SERVICE, "ModifyListener", call.send()).await?;
    Ok(json!({}))
}

async fn delete_listener(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .elbv2
        .delete_listener()
        .set_listener_arn(params.take_string("ListenerArn")?);
    params.finish()?;
    clients.ask(SERVICE, "DeleteListener", call.send()).await?;
    Ok(json!({}))
}

fn take_protocol(params: &mut Params) -> Result<Option<ProtocolEnum>, CloudError> {
    let word = params.take_string("Protocol")?;
    Ok(word.as_deref().map(ProtocolEnum::from))
}

fn take_matcher(params: &mut Params) -> Result<Option<Matcher>, CloudError> {
    params.take_object("Matcher", |matcher| {
        Ok(Matcher::builder()
            .set_http_code(matcher.take_string("HttpCode")?)
            .build())
    })
}

fn take_actions(params: &mut Params) -> Result<Option<Vec<Action>>, CloudError> {
    params.take_objects("DefaultActions", |action| {
        let kind = action.take_string("Type")?;
        Ok(Action::builder()
            .set_type(kind.as_deref().map(ActionTypeEnum::from))
            .set_target_group_arn(action.take_string("TargetGroupArn")?)
            .build())
    })
}

fn take_tags(params: &mut Params) -> Result<Option<Vec<Tag>>, CloudError> {
    params.take_objects("Tags", |tag| {
        Ok(Tag::builder()
            .set_key(tag.take_string("Key")?)
            .set_value(tag.take_string("Value")?)
            .build())
    })
}
