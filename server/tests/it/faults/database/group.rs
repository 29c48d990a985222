//! Faults of the security group.

use workshop::blueprint::Kind::DbSecurityGroup;

use crate::faults::fault::{Fault, warned, wrong};

pub(super) fn faults() -> Vec<Fault> {
    const CLOSED: [&str; 2] = [
        "closed to the VPC",
        "PostgreSQL, TCP 5432, from 172.31.0.0/16",
    ];
    vec![
        wrong(
            DbSecurityGroup,
            "vpc",
            "the group is in another VPC",
            [
                "vpc-*",
                "another VPC than the default one",
                "make it again in the default VPC, vpc-",
            ],
            |hand| Box::pin(async move { hand.group_elsewhere("tripmgmt-dbcluster-sg").await }),
        )
        .starting_with_nothing()
        .also(&[(DbSecurityGroup, "exists")]),
        wrong(
            DbSecurityGroup,
            "ingress",
            "the port is closed",
            ["none", CLOSED[0], CLOSED[1]],
            |hand| Box::pin(async move { hand.close().await }),
        ),
        wrong(
            DbSecurityGroup,
            "ingress",
            "the port of MySQL is open",
            ["tcp 3306 from 172.31.0.0/16", CLOSED[0], CLOSED[1]],
            |hand| {
                Box::pin(async move {
                    hand.close().await;
                    hand.open("tcp", 3306, "172.31.0.0/16").await;
                })
            },
        ),
        wrong(
            DbSecurityGroup,
            "ingress",
            "UDP was chosen",
            ["udp 5432 from 172.31.0.0/16", CLOSED[0], CLOSED[1]],
            |hand| {
                Box::pin(async move {
                    hand.close().await;
                    hand.open("udp", 5432, "172.31.0.0/16").await;
                })
            },
        ),
        wrong(
            DbSecurityGroup,
            "ingress",
            "only one's own address is admitted",
            ["tcp 5432 from 203.0.113.7/32", CLOSED[0], CLOSED[1]],
            |hand| {
                Box::pin(async move {
                    hand.close().await;
                    hand.open("tcp", 5432, "203.0.113.7/32").await;
                })
            },
        ),
        warned(
            DbSecurityGroup,
            "ingress",
            "the whole world is admitted, as in the workshop's text",
            ["tcp 5432 from 0.0.0.0/0", "The whole internet may knock"],
            |hand| {
                Box::pin(async move {
                    hand.close().await;
                    hand.open("tcp", 5432, "0.0.0.0/0").await;
                })
            },
        ),
    ]
}
