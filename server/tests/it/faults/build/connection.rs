//! Faults of the connection to GitLab.

use aws_sdk_codeconnections::types::ProviderType;
use bytes::Bytes;
use serde_json::{Value, json};
use workshop::blueprint::Kind::{Connection, Pipeline, PipelineRole};
use workshop::blueprint::Step;
use workshop::model::{Outcome, Who};
use workshop::panel::Panel;

use crate::faults::account::{Finished, Hand};
use crate::faults::fault::{Fault, wrong};

pub(in crate::faults) const NAME: &str = "gitlab-connection-tripmgmt";

pub(super) fn faults() -> Vec<Fault> {
    vec![
        wrong(
            Connection,
            "exists",
            "its name is a slip away",
            [
                "none, but gitlab-conection-tripmgmt is there",
                "The name is a slip away",
                "again as gitlab-connection-tripmgmt",
            ],
            |hand| {
                Box::pin(async move {
                    hand.connect("gitlab-conection-tripmgmt", "GitLab").await;
                })
            },
        )
        .starting_with_nothing(),
        wrong(
            Connection,
            "provider",
            "it leads to GitHub",
            [
                "GitHub",
                "another Git host",
                "the provider cannot be changed",
            ],
            |hand| {
                Box::pin(async move {
                    hand.disconnect().await;
                    let arn = hand.connect(NAME, "GitHub").await;
                    hand.shake(&arn).await;
                })
            },
        )
        // What was made for the connection before does not fit this one.
        .also(&[(PipelineRole, "connection"), (Pipeline, "connection")]),
    ]
}

impl Hand {
    /// A connection of this name, pending. Its ARN.
    pub(in crate::faults) async fn connect(&self, name: &str, provider: &str) -> String {
        let create = self.codeconnections.create_connection();
        let create = create
            .connection_name(name)
            .provider_type(ProviderType::from(provider));
        create.send().await.expect("a connection").connection_arn
    }

    /// Finishes the handshake of a connection.
    pub(in crate::faults) async fn shake(&self, arn: &str) {
        let sandbox = &self.wired.sandbox;
        let done = sandbox.complete_handshake(&self.workspace, "eu-west-1", arn);
        done.await.expect("a handshake");
    }

    /// A connection to GitLab as they were made before 2024: with the service's old name in its
    /// ARN, which the SDK of today does not speak. Its ARN.
    pub(in crate::faults) async fn connect_as_before(&self, name: &str) -> String {
        let credential =
            "AKIAIOSFODNN7EXAMPLE/20260101/eu-west-1/codestar-connections/aws4_request";
        let service = "com.amazonaws.codestar.connections.CodeStar_connections_20191201";
        let asked = json!({ "ConnectionName": name, "ProviderType": "GitLab" });
        // The account takes it as verified: whoever serves it compares signatures.
        let request = http::Request::post("/")
            .header(
                "authorization",
                format!("AWS4-HMAC-SHA256 Credential={credential}"),
            )
            .header("content-type", "application/x-amz-json-1.0")
            .header("x-amz-target", format!("{service}.CreateConnection"))
            .body(Bytes::from(asked.to_string()));
        let request = request.expect("a request");
        let answer = self.wired.sandbox.handle(&self.workspace, &request).await;
        let answer: Value =
            serde_json::from_slice(answer.expect("an answer").body()).expect("JSON");
        let arn = answer["ConnectionArn"].as_str();
        arn.unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    pub(in crate::faults) async fn disconnect(&self) {
        let listed = self.codeconnections.list_connections().send().await;
        for connection in listed.expect("the connections").connections() {
            let delete = self.codeconnections.delete_connection();
            let delete = delete.set_connection_arn(connection.connection_arn.clone());
            delete.send().await.expect("a connection less");
        }
    }
}

#[tokio::test]
async fn a_connection_is_pending_until_a_person_has_shaken_hands() {
    let finished = Finished::make().await;
    let hand = finished.copy("pending").await;
    hand.disconnect().await;
    hand.connect(NAME, "GitLab").await;
    let seen = hand.see_of(&[Step::Connection]).await;
    let status = seen.of(Connection, "status");
    assert_eq!(
        (status.outcome, status.found.as_str()),
        (Outcome::NotYet, "PENDING"),
        "{status:#?}"
    );
    let remedy = status.remedy.as_deref().unwrap_or_default();
    assert!(
        remedy.contains("Finish the handshake with GitLab"),
        "{remedy}"
    );

    let who = Who {
        workspace: hand.workspace.name.clone(),
        origin: String::new(),
    };
    for _ in 0..2 {
        assert_eq!(hand.wired.panel.finish_handshake(&who).await, Ok(()));
        let seen = hand.see_of(&[Step::Connection]).await;
        assert_eq!(seen.of(Connection, "exists").outcome, Outcome::Passed);
    }
}
