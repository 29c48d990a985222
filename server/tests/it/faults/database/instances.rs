//! Faults of the cluster's instances.

use workshop::blueprint::Kind::{DbReader, DbWriter};

use super::{CLUSTER, MYSQL, OTHER, POSTGRESQL, READER, WRITER};
use crate::faults::fault::{Fault, warned, wrong};

pub(super) fn faults() -> Vec<Fault> {
    const LARGE: [&str; 3] = [
        "db.r6g.large",
        "“Production” was chosen",
        "choose db.t3.medium or db.t4g.medium",
    ];
    vec![
        wrong(
            DbWriter,
            "engine",
            "an instance of Aurora MySQL has the name",
            [
                MYSQL,
                "An instance of another engine",
                "made inside tripmgmt-dbcluster",
            ],
            |hand| Box::pin(async move { hand.move_to_other_cluster(WRITER, MYSQL).await }),
        )
        // An Aurora instance is of its cluster's engine, so it is another cluster's.
        .also(&[(DbWriter, "cluster")]),
        wrong(
            DbWriter,
            "cluster",
            "the instance was added to another cluster",
            [OTHER, "in another cluster", "add one to tripmgmt-dbcluster"],
            |hand| Box::pin(async move { hand.move_to_other_cluster(WRITER, POSTGRESQL).await }),
        ),
        wrong(
            DbWriter,
            "class",
            "the template “Production” was chosen",
            LARGE,
            |hand| Box::pin(async move { hand.class(WRITER, LARGE[0]).await }),
        ),
        warned(
            DbWriter,
            "class",
            "a larger class than needed was chosen",
            ["db.t3.large", "twice the price of db.t3.medium"],
            |hand| Box::pin(async move { hand.class(WRITER, "db.t3.large").await }),
        ),
        wrong(
            DbWriter,
            "public",
            "the database is private",
            [
                "no",
                "what the console proposes",
                "set public access to yes",
            ],
            |hand| {
                Box::pin(async move {
                    let modify = hand.rds.modify_db_instance().db_instance_identifier(WRITER);
                    modify
                        .publicly_accessible(false)
                        .apply_immediately(true)
                        .send()
                        .await
                        .expect("privacy");
                    hand.wait();
                })
            },
        ),
        wrong(
            DbReader,
            "cluster",
            "the reader was added to another cluster",
            [
                OTHER,
                "in another cluster",
                "add a reader to tripmgmt-dbcluster",
            ],
            |hand| Box::pin(async move { hand.move_to_other_cluster(READER, POSTGRESQL).await }),
        ),
        wrong(
            DbReader,
            "class",
            "the template “Production” was chosen",
            LARGE,
            |hand| Box::pin(async move { hand.class(READER, LARGE[0]).await }),
        ),
        warned(
            DbReader,
            "zone",
            "the reader is in the writer's zone",
            ["eu-west-1a", "Reader and writer are in the same zone"],
            |hand| {
                Box::pin(async move {
                    let zone = hand.zone(WRITER).await;
                    hand.delete_instance(READER).await;
                    hand.wait();
                    hand.instance(READER, CLUSTER, Some(&zone)).await;
                    hand.wait();
                })
            },
        ),
    ]
}
