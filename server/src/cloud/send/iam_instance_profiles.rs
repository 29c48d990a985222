//! IAM: the operations on instance profiles.

use serde_json::{Value, json};

use super::iam::take_tags;
use super::params::Params;
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "CreateInstanceProfile" => create_instance_profile(clients, params).await,
        "AddRoleToInstanceProfile" => add_role(clients, params).await,
        "RemoveRoleFromInstanceProfile" => remove_role(clients, params).await,
        "DeleteInstanceProfile" => delete_instance_profile(clients, params).await,
        _ => Err(params.unknown()),
    }
}

async fn create_instance_profile(
    clients: &Clients,
    mut params: Params,
) -> Result<Value, CloudError> {
    let call = clients
        .iam
        .create_instance_profile()
        .set_instance_profile_name(params.take_string("InstanceProfileName")?)
        .set_tags(take_tags(&mut params)?);
    params.finish()?;
    let answer = clients
        .ask("iam", "CreateInstanceProfile", call.send())
        .await?;
    let arn = answer.instance_profile.map(|profile| profile.arn);
    Ok(json!({ "InstanceProfile": { "Arn": arn } }))
}

async fn add_role(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .iam
        .add_role_to_instance_profile()
        .set_instance_profile_name(params.take_string("InstanceProfileName")?)
        .set_role_name(params.take_string("RoleName")?);
    params.finish()?;
    clients
        .ask("iam", "AddRoleToInstanceProfile", call.send())
        .await?;
    Ok(json!({}))
}

async fn remove_role(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .iam
        .remove_role_from_instance_profile()
        .set_instance_profile_name(params.take_string("InstanceProfileName")?)
        .set_role_name(params.take_string("RoleName")?);
    params.finish()?;
    clients
        .ask("iam", "RemoveRoleFromInstanceProfile", call.send())
        .await?;
    Ok(json!({}))
}

async fn delete_instance_profile(
    clients: &Clients,
    mut params: Params,
) -> Result<Value, CloudError> {
    let call = clients
        .iam
        .delete_instance_profile()
        .set_instance_profile_name(params.take_string("InstanceProfileName")?);
    params.finish()?;
    clients
        .ask("iam", "DeleteInstanceProfile", call.send())
        .await?;
    Ok(json!({}))
}
