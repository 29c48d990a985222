//! An attendee who sends the blueprint's calls and looks at what came of them.

use std::collections::BTreeMap;

use ::server::clock::Clock;
use ::server::cloud::{Cloud, CloudError};
use serde_json::Value;
use workshop::blueprint::{Call, Inputs, Kind, Names, Resource, Secret, Variables};
use workshop::check::findings;
use workshop::model::{Finding, Observation, Outcome};

use crate::server::Moto;
use crate::{PASSWORD, REGION};

/// An attendee of an account: what they answered in the forms, and what the steps yielded.
pub(crate) struct Attendee {
    pub(crate) cloud: Cloud,
    pub(crate) variables: Variables,
    pub(crate) chosen: BTreeMap<String, String>,
}

/// What moto does not tell as AWS does: it puts the reader beside the writer, forgets how long a new
/// task may be unhealthy, says nothing of what is in an image, answers about a bucket's versioning
/// under another name than S3, and fails on a policy with a condition on the service passed to.
const GAPS: [(Kind, &str); 5] = [
    (Kind::DbReader, "zone"),
    (Kind::Service, "grace"),
    (Kind::FirstImage, "content"),
    (Kind::ArtifactBucket, "versioning"),
    (Kind::PipelineRole, "pass_role"),
];

/// What is found of a resource, but for what moto cannot tell.
pub(crate) fn told(resource: &Resource, seen: &Observation, variables: &Variables) -> Vec<Finding> {
    let mut rows = findings(resource, seen, variables);
    rows.retain(|row| !GAPS.contains(&(row.kind, row.setting.as_str())));
    rows
}

impl Attendee {
    pub(crate) async fn new(moto: &Moto) -> Self {
        let cloud = moto.cloud(REGION).await;
        let identity = cloud.identity().await.expect("an identity");
        let network = cloud
            .network()
            .await
            .expect("a network")
            .expect("a default VPC");
        assert_eq!(identity.account, "123456789012");
        assert_eq!(network.vpc_cidr, "172.31.0.0/16");
        assert_eq!(network.zones, ["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
        let mut variables = Names {
            workspace: "local".to_owned(),
            suffix: None,
        }
        .variables();
        for (name, value) in [
            ("region", REGION),
            ("account", &identity.account),
            ("vpc_id", &network.vpc_id),
            ("vpc_cidr", &network.vpc_cidr),
            ("db_sources", "172.31.0.0/16, 203.0.113.7/32"),
            ("second_zone", &network.zones[1]),
            ("subnet_ids", &network.subnets.join(",")),
            (
                "artifact_bucket",
                "codepipeline-eu-west-1-123456789012-tripmgmt",
            ),
            ("full_repository_id", "local/tripmgmt"),
            // Moto knows no connections; whoever names one may name any.
            (
                "connection_arn",
                "arn:aws:codeconnections:eu-west-1:123456789012:connection/0a1b",
            ),
        ] {
            variables.set(name, value);
        }
        let chosen = BTreeMap::from([("db_reader.wanted".to_owned(), "yes".to_owned())]);
        Self {
            cloud,
            variables,
            chosen,
        }
    }

    pub(crate) async fn look(&self, kind: Kind) -> Observation {
        let now = Clock::system().now();
        self.cloud.look(kind, &self.variables, now).await
    }

    pub(crate) fn creation(&self, resource: &Resource) -> Vec<Call> {
        (resource.create)(&Inputs::new(resource, &self.chosen, &self.variables))
    }

    pub(crate) async fn send_all(&mut self, calls: Vec<Call>) {
        for call in calls {
            self.send(call).await;
        }
    }

    /// Sends a call; an error that the call takes for success is one, as for the panel.
    pub(crate) async fn send(&mut self, call: Call) {
        let Err(error) = self.try_send(&call).await else {
            return;
        };
        let code = error.code().unwrap_or_default();
        let is_done = call.done_if.iter().any(|done| done == code);
        assert!(is_done, "{}: {error}", call.operation);
    }

    /// Sends a call, and keeps what it captures.
    pub(crate) async fn try_send(&mut self, call: &Call) -> Result<(), CloudError> {
        let params = self.filled(&call.params).await;
        let filled = Call {
            params,
            ..call.clone()
        };
        let answer = self.cloud.send(&filled).await?;
        if let Some(capture) = &call.capture {
            let pointer = format!("/{}", capture.path.replace("[0]", ".0").replace('.', "/"));
            let value = answer.pointer(&pointer).and_then(Value::as_str);
            let value = value.unwrap_or_else(|| panic!("{} gives no {pointer}", call.operation));
            self.variables.set(&capture.variable, value);
        }
        Ok(())
    }

    /// The parameters with this attendee's values and secrets in place.
    pub(crate) async fn filled(&self, params: &Value) -> Value {
        match Secret::from_param(params) {
            Some(Secret::Parameter(name)) => {
                let name = self.variables.fill(&name).expect("the parameter's name");
                let value = self.cloud.secret(&name).await.expect("the parameter");
                return value.expect("a value").into();
            }
            Some(_) => return PASSWORD.into(),
            None => {}
        }
        match params {
            Value::String(text) => self.variables.fill(text).expect("known variables").into(),
            Value::Array(items) => {
                let mut filled = Vec::new();
                for item in items {
                    filled.push(Box::pin(self.filled(item)).await);
                }
                filled.into()
            }
            Value::Object(map) => {
                let mut filled = serde_json::Map::new();
                for (key, value) in map {
                    filled.insert(key.clone(), Box::pin(self.filled(value)).await);
                }
                filled.into()
            }
            other => other.clone(),
        }
    }

    /// What there is passes in every row, without a warning; its yields are kept.
    pub(crate) async fn passes(&mut self, resource: &Resource) {
        let seen = self.look(resource.kind).await;
        for row in told(resource, &seen, &self.variables) {
            assert_eq!(row.outcome, Outcome::Passed, "{row:#?}");
            assert_eq!(row.warning, None, "{row:#?}");
        }
        let Observation::Present(facts) = &seen else {
            panic!("{:?} is not there", resource.kind);
        };
        // A rule of a group has no tag of its own: it has the group's. An image can have none.
        if resource.kind != Kind::FirstImage {
            assert_eq!(facts.tag.as_deref(), Some("local"), "{:?}", resource.kind);
        }
        self.learn(resource, &seen);
    }

    /// Keeps what a resource yields.
    pub(crate) fn learn(&mut self, resource: &Resource, seen: &Observation) {
        let Observation::Present(facts) = seen else {
            return;
        };
        for given in resource.yields {
            let value = facts
                .value(given.fact)
                .unwrap_or_else(|| panic!("{:?} yields no {}", resource.kind, given.fact));
            self.variables.set(given.variable, value);
        }
    }
}
