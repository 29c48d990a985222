//! EC2: the operations on launch templates.

use aws_sdk_ec2::types::{
    InstanceType, LaunchTemplateIamInstanceProfileSpecificationRequest,
    LaunchTemplateTagSpecificationRequest, RequestLaunchTemplateData, ResourceType,
};
use serde_json::{Value, json};

use super::ec2::{tag_specification, tags};
use super::params::Params;
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "CreateLaunchTemplate" => create_template(clients, params).await,
        "CreateLaunchTemplateVersion" => create_version(clients, params).await,
        "ModifyLaunchTemplate" => modify_template(clients, params).await,
        "DeleteLaunchTemplate" => delete_template(clients, params).await,
        _ => Err(params.unknown()),
    }
}

async fn create_template(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ec2
        .create_launch_template()
        .set_launch_template_name(params.take_string("LaunchTemplateName")?)
        .set_launch_template_data(params.take_object("LaunchTemplateData", data)?)
        .set_tag_specifications(params.take_objects("TagSpecifications", tag_specification)?);
    params.finish()?;
    let answer = clients
        .ask("ec2", "CreateLaunchTemplate", call.send())
        .await?;
    let id = answer
        .launch_template
        .and_then(|template| template.launch_template_id);
    Ok(json!({ "LaunchTemplate": { "LaunchTemplateId": id } }))
}

async fn create_version(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ec2
        .create_launch_template_version()
        .set_launch_template_name(params.take_string("LaunchTemplateName")?)
        .set_launch_template_data(params.take_object("LaunchTemplateData", data)?);
    params.finish()?;
    let answer = clients
        .ask("ec2", "CreateLaunchTemplateVersion", call.send())
        .await?;
    let number = answer
        .launch_template_version
        .and_then(|version| version.version_number)
        .map(|number| number.to_string());
    Ok(json!({ "LaunchTemplateVersion": { "VersionNumber": number } }))
}

async fn modify_template(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ec2
        .modify_launch_template()
        .set_launch_template_name(params.take_string("LaunchTemplateName")?)
        .set_default_version(params.take_string("DefaultVersion")?);
    params.finish()?;
    clients
        .ask("ec2", "ModifyLaunchTemplate", call.send())
        .await?;
    Ok(json!({}))
}

async fn delete_template(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ec2
        .delete_launch_template()
        .set_launch_template_name(params.take_string("LaunchTemplateName")?);
    params.finish()?;
    clients
        .ask("ec2", "DeleteLaunchTemplate", call.send())
        .await?;
    Ok(json!({}))
}

fn data(params: &mut Params) -> Result<RequestLaunchTemplateData, CloudError> {
    let profile = params.take_object("IamInstanceProfile", |profile| {
        Ok(
            LaunchTemplateIamInstanceProfileSpecificationRequest::builder()
                .set_name(profile.take_string("Name")?)
                .build(),
        )
    })?;
    let specifications = params.take_objects("TagSpecifications", |specification| {
        let resource = specification.take_string("ResourceType")?;
        Ok(LaunchTemplateTagSpecificationRequest::builder()
            .set_resource_type(resource.as_deref().map(ResourceType::from))
            .set_tags(tags(specification)?)
            .build())
    })?;
    let kind = params.take_string("InstanceType")?;
    Ok(RequestLaunchTemplateData::builder()
        .set_image_id(params.take_string("ImageId")?)
        .set_instance_type(kind.as_deref().map(InstanceType::from))
        .set_iam_instance_profile(profile)
        .set_security_group_ids(params.take_strings("SecurityGroupIds")?)
        .set_user_data(params.take_string("UserData")?)
        .set_tag_specifications(specifications)
        .build())
}
