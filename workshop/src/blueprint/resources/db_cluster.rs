//! The Aurora PostgreSQL cluster: the storage, the endpoints and the master user.

use serde_json::json;

use crate::blueprint::{
    Call, Choice, Expect, Field, FieldKind, Inputs, Kind, Need, Price, Resource, Secret, Setting,
    Step, Yield, resource::tags,
};

/// The cluster.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::DbCluster,
    step: Step::Database,
    noun: "Aurora cluster",
    name: "{{db_cluster}}",
    needs: &[
        Need {
            kind: Kind::DbSecurityGroup,
            why: "the cluster is made inside it",
        },
        Need {
            kind: Kind::DbPassword,
            why: "the master password is read from it",
        },
    ],
    optional: None,
    shared_name: false,
    minutes: 3,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/rds/home?region={{region}}#database:id={{db_cluster}};is-cluster=true",
    fields: &[
        Field {
            key: "name",
            label: "DB cluster identifier",
            help: "Clean-up and the later steps look for this name.",
            kind: FieldKind::Fixed,
            default: "{{db_cluster}}",
        },
        Field {
            key: "engine",
            label: "Engine type",
            help: "The application brings the PostgreSQL driver.",
            kind: FieldKind::Choice(&[
                ("aurora-postgresql", "Aurora (PostgreSQL Compatible)"),
                ("aurora-mysql", "Aurora (MySQL Compatible)"),
            ]),
            default: "aurora-postgresql",
        },
        Field {
            key: "user",
            label: "Master username",
            help: "The task definition's SPRING_DATASOURCE_USERNAME.",
            kind: FieldKind::Fixed,
            default: "{{db_user}}",
        },
        Field {
            key: "database",
            label: "Initial database name",
            help: "Hidden under “Additional configuration” in the console. Left empty, the cluster looks fine until step 8.",
            kind: FieldKind::Fixed,
            default: "{{database_name}}",
        },
        Field {
            key: "protection",
            label: "Deletion protection",
            help: "Off: the workshop ends with a clean-up, which protection would refuse.",
            kind: FieldKind::Choice(&[("no", "Off"), ("yes", "On")]),
            default: "no",
        },
    ],
    settings: &[
        Setting {
            key: "engine",
            label: "Engine",
            expect: Expect::Is("aurora-postgresql"),
            cause: "Aurora's other engine, or RDS without Aurora, was chosen.",
            remedy: "Delete the cluster and make it again with “Aurora (PostgreSQL Compatible)”.",
        },
        Setting {
            key: "database",
            label: "Initial database",
            expect: Expect::Is("{{database_name}}"),
            cause: "“Initial database name” under “Additional configuration” was left empty. The application would stop at step 8 with “database does not exist”.",
            remedy: "Connect and run CREATE DATABASE {{database_name}}, or delete the cluster and make it again with the name filled in. A check sees only the latter.",
        },
        Setting {
            key: "user",
            label: "Master user",
            expect: Expect::Is("{{db_user}}"),
            cause: "Another name than the task definition's was entered.",
            remedy: "Delete the cluster and make it again with the master user {{db_user}}.",
        },
        Setting {
            key: "port",
            label: "Port",
            expect: Expect::Is("5432"),
            cause: "The database port was changed under “Additional configuration”.",
            remedy: "Modify the cluster and set its port to 5432.",
        },
        Setting {
            key: "security_groups",
            label: "Security groups",
            expect: Expect::Includes(&["{{db_security_group}}"]),
            cause: "“Choose existing” with the default group was left as it was.",
            remedy: "Modify the cluster and choose the security group {{db_security_group}}.",
        },
        Setting {
            key: "protection",
            label: "Deletion protection",
            expect: Expect::OneOf(&[
                Choice {
                    value: "off",
                    warning: None,
                },
                Choice {
                    value: "on",
                    warning: Some("Clean-up will have to switch it off first."),
                },
            ]),
            cause: "The account did not say whether the cluster is protected.",
            remedy: "Modify the cluster and switch deletion protection off.",
        },
    ],
    create,
    repair,
    delete: || {
        let delete = json!({ "DBClusterIdentifier": "{{db_cluster}}", "SkipFinalSnapshot": true });
        vec![Call::new("rds", "DeleteDBCluster", delete).done_if(&["DBClusterNotFoundFault"])]
    },
    yields: &[
        Yield {
            variable: "writer_endpoint",
            label: "Writer endpoint",
            fact: "writer_endpoint",
        },
        Yield {
            variable: "reader_endpoint",
            label: "Reader endpoint",
            fact: "reader_endpoint",
        },
    ],
};

fn create(inputs: &Inputs<'_>) -> Vec<Call> {
    let params = json!({
        "DBClusterIdentifier": "{{db_cluster}}",
        "Engine": inputs.text("engine"),
        "MasterUsername": "{{db_user}}",
        "MasterUserPassword": Secret::Parameter("{{db_password_parameter}}".to_owned()).to_param(),
        "DatabaseName": "{{database_name}}",
        "VpcSecurityGroupIds": ["{{db_security_group_id}}"],
        "DeletionProtection": inputs.yes("protection"),
        "Tags": tags(),
    });
    vec![Call::new("rds", "CreateDBCluster", params).done_if(&["DBClusterAlreadyExistsFault"])]
}

fn repair(setting: &str, _inputs: &Inputs<'_>) -> Vec<Call> {
    let change = match setting {
        "port" => json!({ "Port": 5432 }),
        "security_groups" => json!({ "VpcSecurityGroupIds": ["{{db_security_group_id}}"] }),
        _ => return Vec::new(),
    };
    let mut params = json!({ "DBClusterIdentifier": "{{db_cluster}}", "ApplyImmediately": true });
    if let (Some(params), serde_json::Value::Object(change)) = (params.as_object_mut(), change) {
        params.extend(change);
    }
    vec![Call::new("rds", "ModifyDBCluster", params).settles(&[setting])]
}
