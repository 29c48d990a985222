//! `CodeConnections`: the operations on connections.

use aws_sdk_codeconnections::types::{ProviderType, Tag};
use serde_json::{Value, json};

use super::params::Params;
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "CreateConnection" => create_connection(clients, params).await,
        "DeleteConnection" => delete_connection(clients, params).await,
        _ => Err(params.unknown()),
    }
}

async fn create_connection(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let provider = params.take_string("ProviderType")?;
    let tags = params.take_objects("Tags", |tag| {
        Tag::builder()
            .set_key(tag.take_string("Key")?)
            .set_value(tag.take_string("Value")?)
            .build()
            .map_err(|error| tag.incomplete(&error))
    })?;
    let call = clients
        .codeconnections
        .create_connection()
        .set_connection_name(params.take_string("ConnectionName")?)
        .set_provider_type(provider.as_deref().map(ProviderType::from))
        .set_tags(tags);
    params.finish()?;
    let answer = clients
        .ask("codeconnections", "CreateConnection", call.send())
        .await?;
    Ok(json!({ "ConnectionArn": answer.connection_arn }))
}

async fn delete_connection(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .codeconnections
        .delete_connection()
        .set_connection_arn(params.take_string("ConnectionArn")?);
    params.finish()?;
    clients
        .ask("codeconnections", "DeleteConnection", call.send())
        .await?;
    Ok(json!({}))
}
