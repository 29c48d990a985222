//! Faults of the cluster.

use workshop::blueprint::Kind::{DbCluster, DbWriter};

use super::{CLUSTER, MYSQL};
use crate::faults::fault::{Fault, warned, wrong};

pub(super) fn faults() -> Vec<Fault> {
    vec![
        wrong(
            DbCluster,
            "engine",
            "Aurora MySQL was chosen",
            [
                MYSQL,
                "Aurora's other engine",
                "make it again with “Aurora (PostgreSQL Compatible)”",
            ],
            |hand| {
                Box::pin(async move {
                    hand.make_again(|cluster| cluster.engine(MYSQL)).await;
                })
            },
        )
        // The instances are of the cluster's engine, and MySQL listens on 3306.
        .also(&[(DbCluster, "port"), (DbWriter, "engine")]),
        wrong(
            DbCluster,
            "database",
            "the initial database name was left empty",
            ["not set", "left empty", "CREATE DATABASE tripmgmt"],
            |hand| {
                Box::pin(async move {
                    hand.make_again(|cluster| cluster.set_database_name(None))
                        .await;
                })
            },
        ),
        wrong(
            DbCluster,
            "database",
            "the database has another name",
            ["trips", "Initial database name", "CREATE DATABASE tripmgmt"],
            |hand| {
                Box::pin(async move {
                    hand.make_again(|cluster| cluster.database_name("trips"))
                        .await;
                })
            },
        ),
        wrong(
            DbCluster,
            "user",
            "another master user was entered",
            [
                "root",
                "Another name than the task definition's",
                "with the master user postgres",
            ],
            |hand| {
                Box::pin(async move {
                    hand.make_again(|cluster| cluster.master_username("root"))
                        .await;
                })
            },
        ),
        wrong(
            DbCluster,
            "port",
            "the port was changed",
            [
                "5433",
                "changed under “Additional configuration”",
                "set its port to 5432",
            ],
            |hand| {
                Box::pin(async move {
                    let modify = hand.rds.modify_db_cluster().db_cluster_identifier(CLUSTER);
                    modify
                        .port(5433)
                        .apply_immediately(true)
                        .send()
                        .await
                        .expect("a port");
                    hand.wait();
                })
            },
        ),
        wrong(
            DbCluster,
            "security_groups",
            "the default security group was left",
            [
                "default",
                "the default group was left as it was",
                "choose the security group tripmgmt-dbcluster-sg",
            ],
            |hand| {
                Box::pin(async move {
                    let default = hand.group_id("default").await;
                    let modify = hand.rds.modify_db_cluster().db_cluster_identifier(CLUSTER);
                    let modify = modify
                        .vpc_security_group_ids(default)
                        .apply_immediately(true);
                    modify.send().await.expect("a group");
                    hand.wait();
                })
            },
        ),
        warned(
            DbCluster,
            "protection",
            "deletion protection is on",
            ["on", "Clean-up will have to switch it off"],
            |hand| {
                Box::pin(async move {
                    let modify = hand.rds.modify_db_cluster().db_cluster_identifier(CLUSTER);
                    modify
                        .deletion_protection(true)
                        .apply_immediately(true)
                        .send()
                        .await
                        .expect("protection");
                    hand.wait();
                })
            },
        ),
    ]
}
