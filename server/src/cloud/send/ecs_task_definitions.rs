//! ECS: the operations on task definitions.

use aws_sdk_ecs::types::{
    Compatibility, ContainerDefinition, KeyValuePair, LogConfiguration, LogDriver, NetworkMode,
    PortMapping, Secret, TransportProtocol,
};
use serde_json::{Value, json};

use super::ecs::take_tags;
use super::params::Params;
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "RegisterTaskDefinition" => register(clients, params).await,
        "DeregisterTaskDefinition" => deregister(clients, params).await,
        _ => Err(params.unknown()),
    }
}

async fn register(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let compatibilities = params.take_strings("requiresCompatibilities")?;
    let compatibilities = compatibilities.map(|kinds| {
        kinds
            .iter()
            .map(|kind| Compatibility::from(kind.as_str()))
            .collect()
    });
    let network = params.take_string("networkMode")?;
    let call = clients
        .ecs
        .register_task_definition()
        .set_family(params.take_string("family")?)
        .set_requires_compatibilities(compatibilities)
        .set_network_mode(network.as_deref().map(NetworkMode::from))
        .set_cpu(params.take_string("cpu")?)
        .set_memory(params.take_string("memory")?)
        .set_task_role_arn(params.take_string("taskRoleArn")?)
        .set_execution_role_arn(params.take_string("executionRoleArn")?)
        .set_container_definitions(params.take_objects("containerDefinitions", container)?)
        .set_tags(take_tags(&mut params)?);
    params.finish()?;
    let answer = clients
        .ask("ecs", "RegisterTaskDefinition", call.send())
        .await?;
    let arn = answer
        .task_definition
        .and_then(|definition| definition.task_definition_arn);
    Ok(json!({ "taskDefinition": { "taskDefinitionArn": arn } }))
}

async fn deregister(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ecs
        .deregister_task_definition()
        .set_task_definition(params.take_string("taskDefinition")?);
    params.finish()?;
    clients
        .ask("ecs", "DeregisterTaskDefinition", call.send())
        .await?;
    Ok(json!({}))
}

fn container(params: &mut Params) -> Result<ContainerDefinition, CloudError> {
    let ports = params.take_objects("portMappings", |port| {
        let protocol = port.take_string("protocol")?;
        Ok(PortMapping::builder()
            .set_container_port(port.take_i32("containerPort")?)
            .set_host_port(port.take_i32("hostPort")?)
            .set_protocol(protocol.as_deref().map(TransportProtocol::from))
            .build())
    })?;
    let environment = params.take_objects("environment", |pair| {
        Ok(KeyValuePair::builder()
            .set_name(pair.take_string("name")?)
            .set_value(pair.take_string("value")?)
            .build())
    })?;
    let secrets = params.take_objects("secrets", |secret| {
        Secret::builder()
            .set_name(secret.take_string("name")?)
            .set_value_from(secret.take_string("valueFrom")?)
            .build()
            .map_err(|error| secret.incomplete(&error))
    })?;
    let logs = params.take_object("logConfiguration", |logs| {
        let driver = logs.take_string("logDriver")?;
        let options = logs.take_pairs("options")?;
        LogConfiguration::builder()
            .set_log_driver(driver.as_deref().map(LogDriver::from))
            .set_options(options.map(|pairs| pairs.into_iter().collect()))
            .build()
            .map_err(|error| logs.incomplete(&error))
    })?;
    Ok(ContainerDefinition::builder()
        .set_name(params.take_string("name")?)
        .set_image(params.take_string("image")?)
        .set_cpu(params.take_i32("cpu")?)
        .set_essential(params.take_bool("essential")?)
        .set_port_mappings(ports)
        .set_environment(environment)
        .set_secrets(secrets)
        .set_log_configuration(logs)
        .build())
}
