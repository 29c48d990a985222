//! IAM: the operations on roles. Those on instance profiles are next door.

use aws_sdk_iam::types::Tag;
use serde_json::{Value, json};

use super::iam_instance_profiles;
use super::params::Params;
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "CreateRole" => create_role(clients, params).await,
        "UpdateAssumeRolePolicy" => update_assume_role_policy(clients, params).await,
        "AttachRolePolicy" => attach_role_policy(clients, params).await,
        "DetachRolePolicy" => detach_role_policy(clients, params).await,
        "PutRolePolicy" => put_role_policy(clients, params).await,
        "DeleteRolePolicy" => delete_role_policy(clients, params).await,
        "DeleteRole" => delete_role(clients, params).await,
        _ => iam_instance_profiles::send(clients, params).await,
    }
}

async fn create_role(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .iam
        .create_role()
        .set_role_name(params.take_string("RoleName")?)
        .set_assume_role_policy_document(params.take_string("AssumeRolePolicyDocument")?)
        .set_tags(take_tags(&mut params)?);
    params.finish()?;
    let answer = clients.ask("iam", "CreateRole", call.send()).await?;
    let arn = answer.role.map(|role| role.arn);
    Ok(json!({ "Role": { "Arn": arn } }))
}

async fn update_assume_role_policy(
    clients: &Clients,
    mut params: Params,
) -> Result<Value, CloudError> {
    let call = clients
        .iam
        .update_assume_role_policy()
        .set_role_name(params.take_string("RoleName")?)
        .set_policy_document(params.take_string("PolicyDocument")?);
    params.finish()?;
    clients
        .ask("iam", "UpdateAssumeRolePolicy", call.send())
        .await?;
    Ok(json!({}))
}

async fn attach_role_policy(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .iam
        .attach_role_policy()
        .set_role_name(params.take_string("RoleName")?)
        .set_policy_arn(params.take_string("PolicyArn")?);
    params.finish()?;
    clients.ask("iam", "AttachRolePolicy", call.send()).await?;
    Ok(json!({}))
}

async fn detach_role_policy(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .iam
        .detach_role_policy()
        .set_role_name(params.take_string("RoleName")?)
        .set_policy_arn(params.take_string("PolicyArn")?);
    params.finish()?;
    clients.ask("iam", "DetachRolePolicy", call.send()).await?;
    Ok(json!({}))
}

async fn put_role_policy(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .iam
        .put_role_policy()
        .set_role_name(params.take_string("RoleName")?)
        .set_policy_name(params.take_string("PolicyName")?)
        .set_policy_document(params.take_string("PolicyDocument")?);
    params.finish()?;
    clients.ask("iam", "PutRolePolicy", call.send()).await?;
    Ok(json!({}))
}

async fn delete_role_policy(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .iam
        .delete_role_policy()
        .set_role_name(params.take_string("RoleName")?)
        .set_policy_name(params.take_string("PolicyName")?);
    params.finish()?;
    clients.ask("iam", "DeleteRolePolicy", call.send()).await?;
    Ok(json!({}))
}

async fn delete_role(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .iam
        .delete_role()
        .set_role_name(params.take_string("RoleName")?);
    params.finish()?;
    clients.ask("iam", "DeleteRole", call.send()).await?;
    Ok(json!({}))
}

pub(super) fn take_tags(params: &mut Params) -> Result<Option<Vec<Tag>>, CloudError> {
    params.take_objects("Tags", |tag| {
        Tag::builder()
            .set_key(tag.take_string("Key")?)
            .set_value(tag.take_string("Value")?)
            .build()
            .map_err(|error| tag.incomplete(&error))
    })
}
