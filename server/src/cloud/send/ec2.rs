//! EC2: the operations on security groups; `ec2_launch_templates.rs` has the others.

use aws_sdk_ec2::types::{
    IpPermission, IpRange, ResourceType, Tag, TagSpecification, UserIdGroupPair,
};
use serde_json::{Value, json};

use super::ec2_launch_templates;
use super::params::Params;
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "CreateSecurityGroup" => create_security_group(clients, params).await,
        "AuthorizeSecurityGroupIngress" => authorize_ingress(clients, params).await,
        "RevokeSecurityGroupIngress" => revoke_ingress(clients, params).await,
        "DeleteSecurityGroup" => delete_security_group(clients, params).await,
        _ => ec2_launch_templates::send(clients, params).await,
    }
}

async fn create_security_group(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ec2
        .create_security_group()
        .set_group_name(params.take_string("GroupName")?)
        .set_description(params.take_string("Description")?)
        .set_vpc_id(params.take_string("VpcId")?)
        .set_tag_specifications(params.take_objects("TagSpecifications", tag_specification)?);
    params.finish()?;
    let answer = clients
        .ask("ec2", "CreateSecurityGroup", call.send())
        .await?;
    Ok(json!({ "GroupId": answer.group_id }))
}

async fn authorize_ingress(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ec2
        .authorize_security_group_ingress()
        .set_group_id(params.take_string("GroupId")?)
        .set_ip_permissions(params.take_objects("IpPermissions", ip_permission)?);
    params.finish()?;
    clients
        .ask("ec2", "AuthorizeSecurityGroupIngress", call.send())
        .await?;
    Ok(json!({}))
}

async fn revoke_ingress(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ec2
        .revoke_security_group_ingress()
        .set_group_id(params.take_string("GroupId")?)
        .set_ip_permissions(params.take_objects("IpPermissions", ip_permission)?);
    params.finish()?;
    clients
        .ask("ec2", "RevokeSecurityGroupIngress", call.send())
        .await?;
    Ok(json!({}))
}

async fn delete_security_group(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ec2
        .delete_security_group()
        .set_group_id(params.take_string("GroupId")?);
    params.finish()?;
    clients
        .ask("ec2", "DeleteSecurityGroup", call.send())
        .await?;
    Ok(json!({}))
}

pub(super) fn tag_specification(params: &mut Params) -> Result<TagSpecification, CloudError> {
    let resource = params.take_string("ResourceType")?;
    Ok(TagSpecification::builder()
        .set_resource_type(resource.as_deref().map(ResourceType::from))
        .set_tags(tags(params)?)
        .build())
}

pub(super) fn tags(params: &mut Params) -> Result<Option<Vec<Tag>>, CloudError> {
    params.take_objects("Tags", |tag| {
        Ok(Tag::builder()
            .set_key(tag.take_string("Key")?)
            .set_value(tag.take_string("Value")?)
            .build())
    })
}

fn ip_permission(params: &mut Params) -> Result<IpPermission, CloudError> {
    let ranges = params.take_objects("IpRanges", |range| {
        Ok(IpRange::builder()
            .set_cidr_ip(range.take_string("CidrIp")?)
            .set_description(range.take_string("Description")?)
            .build())
    })?;
    let groups = params.take_objects("UserIdGroupPairs", |pair| {
        Ok(UserIdGroupPair::builder()
            .set_group_id(pair.take_string("GroupId")?)
            .set_description(pair.take_string("Description")?)
            .build())
    })?;
    Ok(IpPermission::builder()
        .set_ip_protocol(params.take_string("IpProtocol")?)
        .set_from_port(params.take_i32("FromPort")?)
        .set_to_port(params.take_i32("ToPort")?)
        .set_ip_ranges(ranges)
        .set_user_id_group_pairs(groups)
        .build())
}
