//! RDS: the operations on Aurora clusters and their instances.

use aws_sdk_rds::types::{DbCluster, DbInstance, Tag};
use serde_json::{Value, json};

use super::params::Params;
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "CreateDBCluster" => create_cluster(clients, params).await,
        "ModifyDBCluster" => modify_cluster(clients, params).await,
        "DeleteDBCluster" => delete_cluster(clients, params).await,
        "CreateDBInstance" => create_instance(clients, params).await,
        "ModifyDBInstance" => modify_instance(clients, params).await,
        "DeleteDBInstance" => delete_instance(clients, params).await,
        _ => Err(params.unknown()),
    }
}

async fn create_cluster(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .rds
        .create_db_cluster()
        .set_db_cluster_identifier(params.take_string("DBClusterIdentifier")?)
        .set_engine(params.take_string("Engine")?)
        .set_master_username(params.take_string("MasterUsername")?)
        .set_master_user_password(params.take_string("MasterUserPassword")?)
        .set_database_name(params.take_string("DatabaseName")?)
        .set_vpc_security_group_ids(params.take_strings("VpcSecurityGroupIds")?)
        .set_deletion_protection(params.take_bool("DeletionProtection")?)
        .set_tags(take_tags(&mut params)?);
    params.finish()?;
    let answer = clients.ask("rds", "CreateDBCluster", call.send()).await?;
    Ok(cluster(answer.db_cluster))
}

async fn modify_cluster(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .rds
        .modify_db_cluster()
        .set_db_cluster_identifier(params.take_string("DBClusterIdentifier")?)
        .set_apply_immediately(params.take_bool("ApplyImmediately")?)
        .set_port(params.take_i32("Port")?)
        .set_vpc_security_group_ids(params.take_strings("VpcSecurityGroupIds")?)
        .set_deletion_protection(params.take_bool("DeletionProtection")?);
    params.finish()?;
    let answer = clients.ask("rds", "ModifyDBCluster", call.send()).await?;
    Ok(cluster(answer.db_cluster))
}

async fn delete_cluster(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .rds
        .delete_db_cluster()
        .set_db_cluster_identifier(params.take_string("DBClusterIdentifier")?)
        .set_skip_final_snapshot(params.take_bool("SkipFinalSnapshot")?);
    params.finish()?;
    let answer = clients.ask("rds", "DeleteDBCluster", call.send()).await?;
    Ok(cluster(answer.db_cluster))
}

async fn create_instance(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .rds
        .create_db_instance()
        .set_db_instance_identifier(params.take_string("DBInstanceIdentifier")?)
        .set_db_cluster_identifier(params.take_string("DBClusterIdentifier")?)
        .set_engine(params.take_string("Engine")?)
        .set_db_instance_class(params.take_string("DBInstanceClass")?)
        .set_publicly_accessible(params.take_bool("PubliclyAccessible")?)
        .set_availability_zone(params.take_string("AvailabilityZone")?)
        .set_tags(take_tags(&mut params)?);
    params.finish()?;
    let answer = clients.ask("rds", "CreateDBInstance", call.send()).await?;
    Ok(instance(answer.db_instance))
}

async fn modify_instance(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .rds
        .modify_db_instance()
        .set_db_instance_identifier(params.take_string("DBInstanceIdentifier")?)
        .set_apply_immediately(params.take_bool("ApplyImmediately")?)
        .set_db_instance_class(params.take_string("DBInstanceClass")?)
        .set_publicly_accessible(params.take_bool("PubliclyAccessible")?);
    params.finish()?;
    let answer = clients.ask("rds", "ModifyDBInstance", call.send()).await?;
    Ok(instance(answer.db_instance))
}

async fn delete_instance(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .rds
        .delete_db_instance()
        .set_db_instance_identifier(params.take_string("DBInstanceIdentifier")?)
        .set_skip_final_snapshot(params.take_bool("SkipFinalSnapshot")?);
    params.finish()?;
    let answer = clients.ask("rds", "DeleteDBInstance", call.send()).await?;
    Ok(instance(answer.db_instance))
}

fn take_tags(params: &mut Params) -> Result<Option<Vec<Tag>>, CloudError> {
    params.take_objects("Tags", |tag| {
        Ok(Tag::builder()
            .set_key(tag.take_string("Key")?)
            .set_value(tag.take_string("Value")?)
            .build())
    })
}

fn cluster(cluster: Option<DbCluster>) -> Value {
    let arn = cluster.and_then(|cluster| cluster.db_cluster_arn);
    json!({ "DBCluster": { "DBClusterArn": arn } })
}

fn instance(instance: Option<DbInstance>) -> Value {
    let arn = instance.and_then(|instance| instance.db_instance_arn);
    json!({ "DBInstance": { "DBInstanceArn": arn } })
}
