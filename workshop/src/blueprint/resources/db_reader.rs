//! A second instance in another zone: what the workshop's text promises and its clicks leave out.

use crate::blueprint::{
    Call, Expect, Field, FieldKind, Inputs, Kind, Need, Price, Resource, Setting, Step, Verdict,
    Yield,
};

use super::db_writer;

/// The reader.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::DbReader,
    step: Step::Database,
    noun: "Aurora instance",
    name: "{{db_reader}}",
    needs: &[Need {
        kind: Kind::DbWriter,
        why: "the first instance of a cluster becomes its writer",
    }],
    optional: Some(
        "The workshop's text promises replication in another zone; its clicks make one instance. A reader in a second zone keeps that promise, at the price of another instance.",
    ),
    shared_name: false,
    minutes: 7,
    price: Price::ByInstanceClass,
    console: "https://{{region}}.console.aws.amazon.com/rds/home?region={{region}}#database:id={{db_reader}};is-cluster=false",
    fields: &[
        Field {
            key: "wanted",
            label: "Create a reader in a different zone",
            help: "“Multi-AZ deployment” in the console. It doubles the price of the database while it exists.",
            kind: FieldKind::Choice(&[
                ("no", "No, one zone is enough for today"),
                ("yes", "Yes, a reader in a second zone"),
            ]),
            default: "no",
        },
        Field {
            key: "class",
            label: "Reader's instance class",
            help: "The same as the writer's, so that it can take over.",
            kind: db_writer::CLASSES,
            default: "db.t3.medium",
        },
        Field {
            key: "public",
            label: "Reader's public access",
            help: "The tasks reach it either way.",
            kind: FieldKind::Choice(&[("yes", "Yes"), ("no", "No")]),
            default: "yes",
        },
    ],
    settings: &[
        Setting {
            key: "cluster",
            label: "Belongs to",
            expect: Expect::Is("{{db_cluster}}"),
            cause: "The instance was made on its own or in another cluster.",
            remedy: "Delete the instance and add a reader to {{db_cluster}}.",
        },
        db_writer::CLASS,
        Setting {
            key: "zone",
            label: "Zone",
            expect: Expect::Rule {
                words: "another zone than the writer's, {{writer_zone}}",
                judge: |found, variables| match (found, variables.get("writer_zone")) {
                    ([zone], Some(writer)) if zone == writer => Verdict::RightBut(
                        "Reader and writer are in the same zone, so that one failure takes both.",
                    ),
                    ([_], _) => Verdict::Right,
                    _ => Verdict::Wrong,
                },
            },
            cause: "The account does not say in which zone the reader is.",
            remedy: "Delete the reader and add one in another zone than the writer's.",
        },
    ],
    create: |inputs| {
        if inputs.yes("wanted") {
            vec![reader(inputs)]
        } else {
            Vec::new()
        }
    },
    repair: |setting, inputs| db_writer::repair(setting, "{{db_reader}}", inputs),
    delete: || db_writer::delete("{{db_reader}}"),
    yields: &[Yield {
        variable: "reader_zone",
        label: "Reader's zone",
        fact: "zone",
    }],
};

/// The writer's call, in another zone.
fn reader(inputs: &Inputs<'_>) -> Call {
    let mut call = db_writer::instance("{{db_reader}}", inputs);
    call.params["AvailabilityZone"] = "{{second_zone}}".into();
    call
}
