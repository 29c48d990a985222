//! The connection by which AWS reads the repository at GitLab.

use serde_json::json;

use crate::blueprint::{
    Call, Expect, Field, FieldKind, Kind, Price, Resource, Setting, Step, Yield, resource::tags,
};

/// What a person has to do before the connection can be used: no API does it.
pub(in crate::blueprint) const HANDSHAKE: &str = "Finish the handshake with GitLab: open the connection in the console, choose “Update pending connection”, and let GitLab authorize it. In a simulated account the card on this page stands in for that dialog. The check goes on by itself.";

/// The connection (`CodeConnections` API Reference, `CreateConnection`).
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::Connection,
    step: Step::Connection,
    noun: "Connection",
    name: "{{connection}}",
    needs: &[],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/codesuite/settings/connections?region={{region}}",
    fields: &[
        Field {
            key: "name",
            label: "Connection name",
            help: "The source action of step 12 names the connection by its ARN; the name is for people.",
            kind: FieldKind::Fixed,
            default: "{{connection}}",
        },
        Field {
            key: "provider",
            label: "Provider",
            help: "The host that keeps your repository. A GitLab server of one's own would be another provider, which needs a host resource first.",
            kind: FieldKind::Choice(&[("GitLab", "GitLab"), ("GitHub", "GitHub")]),
            default: "GitLab",
        },
    ],
    settings: &[Setting {
        key: "provider",
        label: "Provider",
        expect: Expect::Is("GitLab"),
        cause: "The connection leads to another Git host than the one that keeps your repository.",
        remedy: "Delete the connection and create it again with the provider GitLab: the provider cannot be changed.",
    }],
    create: |inputs| {
        let params = json!({
            "ConnectionName": "{{connection}}",
            "ProviderType": inputs.text("provider"),
            "Tags": tags(),
        });
        vec![
            Call::new("codeconnections", "CreateConnection", params)
                .capture("connection_arn", "ConnectionArn"),
        ]
    },
    repair: |_, _| Vec::new(),
    delete: || {
        let params = json!({ "ConnectionArn": "{{connection_arn}}" });
        vec![
            Call::new("codeconnections", "DeleteConnection", params)
                .done_if(&["ResourceNotFoundException"]),
        ]
    },
    yields: &[Yield {
        variable: "connection_arn",
        label: "Connection ARN",
        fact: "arn",
    }],
};
