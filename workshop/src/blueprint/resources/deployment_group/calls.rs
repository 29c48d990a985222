//! The deployment group's calls.

use serde_json::{Value, json};

use super::CONFIG;
use crate::blueprint::{Call, Inputs, resource::tags};

/// `CreateDeploymentGroup`.
pub(super) fn create(inputs: &Inputs<'_>) -> Vec<Call> {
    let mut params = group("deploymentGroupName");
    for part in [
        role(),
        style(),
        service(),
        balancer(),
        config(&inputs.text("config")),
        waits(inputs),
        json!({ "tags": tags() }),
    ] {
        add(&mut params, part);
    }
    if inputs.yes("rollback") {
        add(&mut params, rollback());
    }
    vec![
        Call::new("deploy", "CreateDeploymentGroup", params)
            .done_if(&["DeploymentGroupAlreadyExistsException"]),
    ]
}

/// `DeleteDeploymentGroup`. One that is not there is deleted already: CodeDeploy says nothing of
/// it.
pub(super) fn delete() -> Vec<Call> {
    let params = group("deploymentGroupName");
    vec![Call::new("deploy", "DeleteDeploymentGroup", params)]
}

/// `UpdateDeploymentGroup` replaces what it is given, each part as a whole.
pub(super) fn repair(setting: &str, inputs: &Inputs<'_>) -> Vec<Call> {
    let (part, settles): (Value, &[&str]) = match setting {
        "role" => (role(), &["role"]),
        "style" => (style(), &["style"]),
        "cluster" | "service" => (service(), &["cluster", "service"]),
        "prod_listener" | "test_listener" | "target_groups" => (
            balancer(),
            &["prod_listener", "test_listener", "target_groups"],
        ),
        "reroute" | "termination" => (waits(inputs), &["reroute", "termination"]),
        "config" => (config(CONFIG), &["config"]),
        "rollback" => (rollback(), &["rollback"]),
        _ => return Vec::new(),
    };
    let mut params = group("currentDeploymentGroupName");
    add(&mut params, part);
    vec![Call::new("deploy", "UpdateDeploymentGroup", params).settles(settles)]
}

fn group(name: &str) -> Value {
    json!({ "applicationName": "{{deploy_application}}", name: "{{deployment_group}}" })
}

fn add(params: &mut Value, part: Value) {
    if let (Some(params), Value::Object(part)) = (params.as_object_mut(), part) {
        params.extend(part);
    }
}

fn role() -> Value {
    json!({ "serviceRoleArn": "{{codedeploy_role_arn}}" })
}

fn style() -> Value {
    json!({ "deploymentStyle": { "deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL" } })
}

fn service() -> Value {
    json!({ "ecsServices": [{ "clusterName": "{{cluster}}", "serviceName": "{{service}}" }] })
}

fn balancer() -> Value {
    let pair = json!({
        "targetGroups": [{ "name": "{{prod_target_group}}" }, { "name": "{{test_target_group}}" }],
        "prodTrafficRoute": { "listenerArns": ["{{prod_listener_arn}}"] },
        "testTrafficRoute": { "listenerArns": ["{{test_listener_arn}}"] },
    });
    json!({ "loadBalancerInfo": { "targetGroupPairInfoList": [pair] } })
}

fn config(name: &str) -> Value {
    json!({ "deploymentConfigName": name })
}

fn waits(inputs: &Inputs<'_>) -> Value {
    json!({ "blueGreenDeploymentConfiguration": {
        "deploymentReadyOption": {
            "actionOnTimeout": "STOP_DEPLOYMENT",
            "waitTimeInMinutes": inputs.number("wait"),
        },
        "terminateBlueInstancesOnDeploymentSuccess": {
            "action": "TERMINATE",
            "terminationWaitTimeInMinutes": inputs.number("termination"),
        },
    }})
}

fn rollback() -> Value {
    json!({ "autoRollbackConfiguration": { "enabled": true, "events": ["DEPLOYMENT_FAILURE"] } })
}
