//! Every call of the blueprint has an adapter that sends all of it. No network: an HTTP client
//! keeps the requests and answers each with an error.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};
use workshop::blueprint::{Call, FieldKind, Inputs, Names, RESOURCES, Resource, Variables};

use crate::cloud::{Cloud, CloudErrorKind, Connection};

/// Target and body of each request. S3 says in the address what the others say in these.
#[derive(Debug, Clone, Default)]
struct Recorder(Arc<Mutex<Vec<(String, String)>>>);

impl HttpConnector for Recorder {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        // JSON names the operation in a header, CBOR at the end of the address.
        let address = request.uri().split("/service/").nth(1);
        let target = request.headers().get("x-amz-target").or(address);
        let target = target.unwrap_or_default();
        let body = request.body().bytes().unwrap_or_default();
        let body = String::from_utf8_lossy(body);
        let body = if request.uri().contains("s3.eu-west-1.") {
            format!("{} {} {body}", request.method(), request.uri())
        } else {
            body.into_owned()
        };
        self.0.lock().unwrap().push((target.to_owned(), body));
        let status = 400.try_into().unwrap();
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from("recorded"))))
    }
}

impl HttpClient for Recorder {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl Recorder {
    async fn cloud(&self) -> Cloud {
        Cloud::connect(Connection::Fixed {
            region: "eu-west-1".to_owned(),
            access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            secret_access_key: "secret".to_owned(),
            http: Some(SharedHttpClient::new(self.clone())),
            endpoint: None,
        })
        .await
    }
}

#[tokio::test]
async fn every_call_is_sent_whole() {
    let recorder = Recorder::default();
    let cloud = recorder.cloud().await;
    let variables = variables();
    let mut sent = 0;
    for resource in &RESOURCES {
        let calls = calls(resource, &variables).into_iter();
        // What the Git host does is sent elsewhere.
        for call in calls.filter(|call| call.service != "source") {
            let call = filled(&call, &variables);
            let error = cloud.send(&call).await.unwrap_err();
            let what = format!("{:?} {}: {error}", resource.kind, call.operation);
            assert_eq!(error.kind, CloudErrorKind::Refused, "{what}");
            let requests: Vec<_> = recorder.0.lock().unwrap().drain(..).collect();
            let [(target, body)] = requests.as_slice() else {
                panic!("{what}: {} requests", requests.len());
            };
            let body = if target.is_empty() && call.service != "s3api" {
                form_decoded(body)
            } else {
                body.clone()
            };
            assert!(
                target.ends_with(&format!(".{}", call.operation))
                    || target.ends_with(&format!("/operation/{}", call.operation))
                    || body.contains(&format!("Action={}&", call.operation))
                    || s3_begins(&call.operation).is_some_and(|begin| body.starts_with(begin)),
                "{what}: another operation arrived: {target} {body}"
            );
            for text in leaves(&call.params) {
                // ECR's flags are `false` when they are left out, and the SDK leaves them out.
                if text == "false" && call.service == "ecr" {
                    continue;
                }
                // A text that is JSON itself is quoted once more.
                let quoted = json!(text).to_string();
                assert!(
                    body.contains(&text) || body.contains(&quoted),
                    "{what}: {text} did not arrive"
                );
            }
            sent += 1;
        }
    }
    assert!(sent > 60, "only {sent} calls were tried");
}

#[tokio::test]
async fn what_no_adapter_knows_is_not_sent() {
    let recorder = Recorder::default();
    let cloud = recorder.cloud().await;
    for call in [
        Call::new("s3", "CreateBucket", json!({})),
        Call::new("iam", "CreateUser", json!({})),
        Call::new("rds", "CreateDBCluster", json!({ "Colour": "red" })),
    ] {
        let error = cloud.send(&call).await.unwrap_err();
        assert_eq!(error.kind, CloudErrorKind::Invalid, "{error}");
    }
    assert!(recorder.0.lock().unwrap().is_empty());
}

/// The calls that make a resource, with the defaults and with each other choice; those that
/// repair each setting; those that delete it.
fn calls(resource: &Resource, variables: &Variables) -> Vec<Call> {
    let mut calls = (resource.delete)();
    for chosen in choices(resource) {
        let inputs = Inputs::new(resource, &chosen, variables);
        calls.extend((resource.create)(&inputs));
        for setting in resource.settings {
            calls.extend((resource.repair)(setting.key, &inputs));
        }
    }
    calls
}

/// The form as it is proposed, and with one field at a time answered in each other way.
fn choices(resource: &Resource) -> Vec<BTreeMap<String, String>> {
    let mut forms = vec![BTreeMap::new()];
    for field in resource.fields {
        let answers: Vec<String> = match field.kind {
            FieldKind::Choice(choices) => choices
                .iter()
                .map(|(value, _)| (*value).to_owned())
                .collect(),
            FieldKind::Number(low, high) => vec![low.to_string(), high.to_string()],
            FieldKind::Cidrs => vec!["0.0.0.0/0".to_owned()],
            FieldKind::Password => vec!["postgres123".to_owned()],
            FieldKind::Fixed | FieldKind::Project => Vec::new(),
        };
        let name = format!("{}.{}", resource.kind.key(), field.key);
        forms.extend(
            answers
                .into_iter()
                .map(|answer| BTreeMap::from([(name.clone(), answer)])),
        );
    }
    forms
}

/// How the request of an operation of S3 begins, by method and address.
fn s3_begins(operation: &str) -> Option<&'static str> {
    Some(match operation {
        "CreateBucket" => "PUT https://s3.eu-west-1.amazonaws.com/pipeline-bucket/ ",
        "PutBucketTagging" => "PUT https://s3.eu-west-1.amazonaws.com/pipeline-bucket/?tagging ",
        "PutPublicAccessBlock" => {
            "PUT https://s3.eu-west-1.amazonaws.com/pipeline-bucket/?publicAccessBlock "
        }
        "PutBucketVersioning" => {
            "PUT https://s3.eu-west-1.amazonaws.com/pipeline-bucket/?versioning "
        }
        "DeleteBucket" => "DELETE https://s3.eu-west-1.amazonaws.com/pipeline-bucket/ ",
        _ => return None,
    })
}

fn variables() -> Variables {
    let mut variables = Names {
        workspace: "local".to_owned(),
        suffix: None,
    }
    .variables();
    for (name, value) in [
        ("region", "eu-west-1"),
        ("account", "123456789012"),
        ("vpc_id", "vpc-1"),
        ("vpc_cidr", "172.31.0.0/16"),
        ("db_sources", "172.31.0.0/16, 203.0.113.7/32"),
        ("second_zone", "eu-west-1b"),
        ("subnet_ids", "subnet-1,subnet-2"),
        ("launch_template_version", "2"),
        ("artifact_bucket", "pipeline-bucket"),
        ("connection_arn", "connection-arn"),
        ("full_repository_id", "local/tripmgmt"),
        ("pipeline_role_arn", "pipeline-role-arn"),
        ("pipeline_execution_id", "execution-1"),
        ("codedeploy_role_arn", "codedeploy-role-arn"),
        ("prod_listener_arn", "prod-listener-arn"),
        ("test_listener_arn", "test-listener-arn"),
        ("upload_id", "0a1b2c3d"),
        ("first_image_digest", "sha256:0a1b"),
        ("image_manifest", "manifest"),
    ] {
        variables.set(name, value);
    }
    // What the steps yield.
    for yielded in RESOURCES.iter().flat_map(|resource| resource.yields) {
        variables.set(yielded.variable, format!("the-{}", yielded.variable));
    }
    variables
}

/// `call` with its variables and secrets in place, as the panel sends it.
fn filled(call: &Call, variables: &Variables) -> Call {
    Call {
        params: fill(&call.params, variables),
        ..call.clone()
    }
}

fn fill(value: &Value, variables: &Variables) -> Value {
    match value {
        _ if workshop::blueprint::Secret::from_param(value).is_some() => {
            json!("9f86d081884c7d659a2feaa0")
        }
        Value::String(text) => json!(variables.fill(text).unwrap()),
        Value::Array(items) => items.iter().map(|item| fill(item, variables)).collect(),
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), fill(value, variables)))
            .collect(),
        other => other.clone(),
    }
}

/// Every value deep inside, as it stands in a request.
fn leaves(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(leaves).collect(),
        Value::Object(map) => map.values().flat_map(leaves).collect(),
        other => vec![other.to_string()],
    }
}

/// Undoes the encoding of a form's body.
fn form_decoded(body: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = body.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits: Vec<u8> = bytes.by_ref().take(2).collect();
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            other => other,
        });
    }
    String::from_utf8(out).unwrap()
}
