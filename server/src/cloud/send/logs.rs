//! `CloudWatch` Logs: the operations on log groups.

use serde_json::{Value, json};

use super::params::Params;
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "CreateLogGroup" => create_log_group(clients, params).await,
        "PutRetentionPolicy" => put_retention_policy(clients, params).await,
        "DeleteLogGroup" => delete_log_group(clients, params).await,
        _ => Err(params.unknown()),
    }
}

async fn create_log_group(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let tags = params.take_pairs("tags")?;
    let call = clients
        .logs
        .create_log_group()
        .set_log_group_name(params.take_string("logGroupName")?)
        .set_tags(tags.map(|tags| tags.into_iter().collect()));
    params.finish()?;
    clients.ask("logs", "CreateLogGroup", call.send()).await?;
    Ok(json!({}))
}

async fn put_retention_policy(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .logs
        .put_retention_policy()
        .set_log_group_name(params.take_string("logGroupName")?)
        .set_retention_in_days(params.take_i32("retentionInDays")?);
    params.finish()?;
    clients
        .ask("logs", "PutRetentionPolicy", call.send())
        .await?;
    Ok(json!({}))
}

async fn delete_log_group(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .logs
        .delete_log_group()
        .set_log_group_name(params.take_string("logGroupName")?);
    params.finish()?;
    clients.ask("logs", "DeleteLogGroup", call.send()).await?;
    Ok(json!({}))
}
