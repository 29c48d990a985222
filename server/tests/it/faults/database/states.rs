//! Databases that are not there to stay, or do not work.

use workshop::blueprint::Kind::{DbCluster, DbReader, DbWriter};

use super::{CLUSTER, READER, WRITER};
use crate::detour::{Fate, detour};
use crate::faults::fault::{Fault, wrong};

pub(super) fn faults() -> Vec<Fault> {
    const GOING: [&str; 3] = [
        "deleting",
        "It is being deleted",
        "Wait until it is gone, then create it again",
    ];
    const STOPPED: [&str; 3] = ["stopped", "Somebody stopped it", "Start it"];
    vec![
        wrong(DbReader, "status", "it is being deleted", GOING, |hand| {
            Box::pin(async move { hand.delete_instance(READER).await })
        }),
        wrong(DbWriter, "status", "it is being deleted", GOING, |hand| {
            Box::pin(async move { hand.delete_instance(WRITER).await })
        }),
        wrong(DbCluster, "status", "it is being deleted", GOING, |hand| {
            Box::pin(async move {
                hand.delete_instance(READER).await;
                hand.delete_instance(WRITER).await;
                hand.delete_cluster().await;
            })
        })
        .also(&[(DbWriter, "status"), (DbReader, "status")]),
        wrong(DbCluster, "status", "it was stopped", STOPPED, |hand| {
            Box::pin(async move {
                let stop = hand.rds.stop_db_cluster().db_cluster_identifier(CLUSTER);
                stop.send().await.expect("a stop");
                hand.wait();
            })
        })
        .also(&[(DbWriter, "status"), (DbReader, "status")]),
        wrong(
            DbWriter,
            "status",
            "its network went away",
            [
                "incompatible-network",
                "will not try again",
                "delete it and create it again",
            ],
            |hand| {
                Box::pin(async move {
                    // Nothing goes wrong by itself in the simulated account; it shall say otherwise.
                    detour(&hand.wired, &hand.workspace, |passing| {
                        match passing.operation.as_str() {
                            "DescribeDBInstances" => Fate::Retell(
                                "<DBInstanceStatus>available<",
                                "<DBInstanceStatus>incompatible-network<",
                            ),
                            _ => Fate::Pass,
                        }
                    })
                    .await;
                })
            },
        )
        .also(&[(DbReader, "status")]),
    ]
}
