//! The security group that decides who reaches the database.

use crate::blueprint::{
    Call, Expect, Field, FieldKind, Inputs, Kind, Price, Resource, Setting, Step, Variables,
    Verdict, Yield,
};

use super::ingress::{admit_port, contains, create_group, delete_group, source_of_port};

const PORT: u16 = 5432;

/// The group.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::DbSecurityGroup,
    step: Step::Database,
    noun: "Security group",
    name: "{{db_security_group}}",
    needs: &[],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/ec2/home?region={{region}}#SecurityGroups:groupName={{db_security_group}}",
    fields: &[
        Field {
            key: "name",
            label: "VPC security group",
            help: "“Create new” in the console.",
            kind: FieldKind::Fixed,
            default: "{{db_security_group}}",
        },
        Field {
            key: "sources",
            label: "Admit PostgreSQL (5432) from",
            help: "The workshop's text says 0.0.0.0/0, the whole world. The default VPC, where the tasks will run, and your own address are enough.",
            kind: FieldKind::Cidrs,
            default: "{{db_sources}}",
        },
    ],
    settings: &[
        Setting {
            key: "vpc",
            label: "VPC",
            expect: Expect::Is("{{vpc_id}}"),
            cause: "The group was made in another VPC than the default one.",
            remedy: "Delete the group and make it again in the default VPC, {{vpc_id}}.",
        },
        Setting {
            key: "ingress",
            label: "Inbound rules",
            expect: Expect::Rule {
                words: "TCP 5432 from {{vpc_cidr}}",
                judge: admits_the_vpc,
            },
            cause: "The port is closed to the VPC, so that the tasks of step 7 cannot reach the database.",
            remedy: "Add an inbound rule: PostgreSQL, TCP 5432, from {{vpc_cidr}}.",
        },
    ],
    create: |inputs| {
        create_group(
            "{{db_security_group}}",
            "PostgreSQL for the workshop",
            "db_security_group_id",
        )
        .into_iter()
        .chain(admit(inputs))
        .collect()
    },
    repair: |setting, inputs: &Inputs<'_>| match setting {
        "ingress" => admit(inputs),
        _ => Vec::new(),
    },
    delete: || delete_group("{{db_security_group_id}}"),
    yields: &[Yield {
        variable: "db_security_group_id",
        label: "Database security group",
        fact: "id",
    }],
};

fn admit(inputs: &Inputs<'_>) -> Vec<Call> {
    admit_port(
        "{{db_security_group_id}}",
        PORT,
        &inputs.list("sources"),
        "PostgreSQL",
        "ingress",
    )
}

/// Rules are observed as `tcp 5432 from 172.31.0.0/16`, `tcp 5000-6000 from …`, `all from …`.
fn admits_the_vpc(found: &[String], variables: &Variables) -> Verdict {
    let vpc = variables.get("vpc_cidr").unwrap_or_default();
    let sources: Vec<_> = found
        .iter()
        .filter_map(|rule| source_of_port(rule, PORT))
        .collect();
    if sources.contains(&"0.0.0.0/0") {
        return Verdict::RightBut(
            "The whole internet may knock at this database. The VPC and your own address are enough.",
        );
    }
    if sources.iter().any(|source| contains(source, vpc)) {
        Verdict::Right
    } else {
        Verdict::Wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_that_holds_the_vpc_will_do() {
        let mut variables = Variables::default();
        variables.set("vpc_cidr", "172.31.0.0/16");
        let judge = |rule: &str| admits_the_vpc(&[rule.to_owned()], &variables);
        assert_eq!(judge("tcp 5432 from 172.31.0.0/16"), Verdict::Right);
        assert_eq!(judge("all from 172.16.0.0/12"), Verdict::Right);
        assert_eq!(judge("tcp 5000-6000 from 172.31.0.0/16"), Verdict::Right);
        assert_eq!(judge("udp 5432 from 172.31.0.0/16"), Verdict::Wrong);
        assert!(matches!(
            judge("tcp 5432 from 0.0.0.0/0"),
            Verdict::RightBut(_)
        ));
        assert_eq!(judge("tcp 5432 from 172.31.0.0/20"), Verdict::Wrong);
        assert_eq!(judge("tcp 5433 from 172.31.0.0/16"), Verdict::Wrong);
    }
}
