//! SSM: the operations on parameters.

use aws_sdk_ssm::types::{ParameterType, Tag};
use serde_json::{Value, json};

use super::params::Params;
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "PutParameter" => put_parameter(clients, params).await,
        "DeleteParameter" => delete_parameter(clients, params).await,
        _ => Err(params.unknown()),
    }
}

async fn put_parameter(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let kind = params.take_string("Type")?;
    let tags = params.take_objects("Tags", |tag| {
        Tag::builder()
            .set_key(tag.take_string("Key")?)
            .set_value(tag.take_string("Value")?)
            .build()
            .map_err(|error| tag.incomplete(&error))
    })?;
    let call = clients
        .ssm
        .put_parameter()
        .set_name(params.take_string("Name")?)
        .set_description(params.take_string("Description")?)
        .set_type(kind.as_deref().map(ParameterType::from))
        .set_value(params.take_string("Value")?)
        .set_overwrite(params.take_bool("Overwrite")?)
        .set_tags(tags);
    params.finish()?;
    let answer = clients.ask("ssm", "PutParameter", call.send()).await?;
    Ok(json!({ "Version": answer.version }))
}

async fn delete_parameter(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ssm
        .delete_parameter()
        .set_name(params.take_string("Name")?);
    params.finish()?;
    clients.ask("ssm", "DeleteParameter", call.send()).await?;
    Ok(json!({}))
}
