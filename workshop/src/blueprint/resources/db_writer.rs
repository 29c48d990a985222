//! The cluster's first instance, which takes the writes.

use serde_json::json;

use crate::blueprint::{
    Call, Choice, Expect, Field, FieldKind, Inputs, Kind, Need, Price, Resource, Setting, Step,
    Yield, resource::tags,
};

pub(super) const CLASSES: FieldKind = FieldKind::Choice(&[
    ("db.t3.medium", "db.t3.medium, 2 vCPU, 4 GiB"),
    ("db.t4g.medium", "db.t4g.medium, 2 vCPU, 4 GiB, Graviton"),
    ("db.t3.large", "db.t3.large, 2 vCPU, 8 GiB"),
]);

pub(super) const CLASS: Setting = Setting {
    key: "class",
    label: "Instance class",
    expect: Expect::OneOf(&[
        Choice {
            value: "db.t3.medium",
            warning: None,
        },
        Choice {
            value: "db.t4g.medium",
            warning: None,
        },
        Choice {
            value: "db.t3.large",
            warning: Some("It works, at twice the price of db.t3.medium."),
        },
        Choice {
            value: "db.t4g.large",
            warning: Some("It works, at twice the price of db.t4g.medium."),
        },
    ]),
    cause: "“Production” was chosen as the template, which proposes a large class.",
    remedy: "Modify the instance and choose db.t3.medium or db.t4g.medium.",
};

/// The writer.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::DbWriter,
    step: Step::Database,
    noun: "Aurora instance",
    name: "{{db_writer}}",
    needs: &[Need {
        kind: Kind::DbCluster,
        why: "an Aurora instance belongs to a cluster",
    }],
    optional: None,
    shared_name: false,
    minutes: 7,
    price: Price::ByInstanceClass,
    console: "https://{{region}}.console.aws.amazon.com/rds/home?region={{region}}#database:id={{db_writer}};is-cluster=false",
    fields: &[
        Field {
            key: "class",
            label: "DB instance class",
            help: "Burstable and small: the application has one table.",
            kind: CLASSES,
            default: "db.t3.medium",
        },
        Field {
            key: "public",
            label: "Public access",
            help: "Yes, so that you can look into the database from your laptop. The security group decides who gets through.",
            kind: FieldKind::Choice(&[("yes", "Yes"), ("no", "No")]),
            default: "yes",
        },
    ],
    settings: &[
        Setting {
            key: "engine",
            label: "Engine",
            expect: Expect::Is("aurora-postgresql"),
            cause: "An instance of another engine has this name.",
            remedy: "Delete that instance; the writer has to be made inside {{db_cluster}}.",
        },
        Setting {
            key: "cluster",
            label: "Belongs to",
            expect: Expect::Is("{{db_cluster}}"),
            cause: "The instance was made on its own or in another cluster.",
            remedy: "Delete the instance and add one to {{db_cluster}}.",
        },
        CLASS,
        Setting {
            key: "public",
            label: "Public access",
            expect: Expect::Is("yes"),
            cause: "“Public access: No” is what the console proposes.",
            remedy: "Modify the instance and set public access to yes.",
        },
    ],
    create: |inputs| vec![instance("{{db_writer}}", inputs)],
    repair: |setting, inputs| repair(setting, "{{db_writer}}", inputs),
    delete: || delete("{{db_writer}}"),
    yields: &[Yield {
        variable: "writer_zone",
        label: "Writer's zone",
        fact: "zone",
    }],
};

/// `CreateDBInstance` inside the cluster.
pub(super) fn instance(name: &str, inputs: &Inputs<'_>) -> Call {
    let params = json!({
        "DBInstanceIdentifier": name,
        "DBClusterIdentifier": "{{db_cluster}}",
        "Engine": "aurora-postgresql",
        "DBInstanceClass": inputs.text("class"),
        "PubliclyAccessible": inputs.yes("public"),
        "Tags": tags(),
    });
    Call::new("rds", "CreateDBInstance", params).done_if(&["DBInstanceAlreadyExists"])
}

/// `ModifyDBInstance` for the settings that can be changed in place.
pub(super) fn repair(setting: &str, name: &str, inputs: &Inputs<'_>) -> Vec<Call> {
    let (key, value) = match setting {
        "class" => ("DBInstanceClass", json!(inputs.text("class"))),
        "public" => ("PubliclyAccessible", json!(true)),
        _ => return Vec::new(),
    };
    let params = json!({ "DBInstanceIdentifier": name, "ApplyImmediately": true, key: value });
    vec![Call::new("rds", "ModifyDBInstance", params).settles(&[setting])]
}

/// `DeleteDBInstance`; a cluster's instance takes no final snapshot of its own.
pub(super) fn delete(name: &str) -> Vec<Call> {
    let params = json!({ "DBInstanceIdentifier": name, "SkipFinalSnapshot": true });
    vec![Call::new("rds", "DeleteDBInstance", params).done_if(&["DBInstanceNotFound"])]
}
