//! The `CodeBuild` project: it turns a commit into an image.

mod fields;
mod judge;
mod settings;

use serde_json::{Value, json};

use super::build_role::CONNECTION_INLINE;
use crate::blueprint::grant::{Grant, policy};
use crate::blueprint::{Call, Inputs, Kind, Need, Price, Resource, Step, TAG_KEY, Yield};
use fields::FIELDS;
use settings::SETTINGS;

/// What a build with a GitLab source does by the connection, under both of the service's names: the
/// prefix that counts is the one in the connection's ARN (`CodeBuild` User Guide, "GitLab access in
/// `CodeBuild`").
pub const CONNECTION_GRANT: Grant = Grant {
    setting: "use_connection",
    actions: &[
        "codeconnections:GetConnection",
        "codeconnections:GetConnectionToken",
        "codeconnections:UseConnection",
        "codestar-connections:GetConnection",
        "codestar-connections:GetConnectionToken",
        "codestar-connections:UseConnection",
    ],
    resources: &["{{connection_arn}}"],
    passed_to: None,
};

/// The project (`CodeBuild` API Reference, `CreateProject`).
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::BuildProject,
    step: Step::Build,
    noun: "CodeBuild project",
    name: "{{build_project}}",
    needs: &[
        Need {
            kind: Kind::BuildRole,
            why: "its builds work under the role",
        },
        Need {
            kind: Kind::ImageRepository,
            why: "its builds push to it",
        },
    ],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/codesuite/codebuild/{{account}}/projects/{{build_project}}/details?region={{region}}",
    fields: FIELDS,
    settings: SETTINGS,
    create: |inputs| {
        let params = json!({
            "name": "{{build_project}}",
            "source": source(inputs),
            "artifacts": { "type": artifacts(inputs) },
            "environment": environment(inputs, inputs.yes("privileged")),
            "serviceRole": "{{build_role_arn}}",
            "logsConfig": logs(),
            "tags": [{ "key": TAG_KEY, "value": "{{workspace}}" }],
        });
        let mut calls = Vec::new();
        if is_gitlab(inputs) {
            calls.push(use_connection());
        }
        calls.push(
            Call::new("codebuild", "CreateProject", params)
                .done_if(&["ResourceAlreadyExistsException"]),
        );
        calls
    },
    repair,
    delete: || {
        let params = json!({ "name": "{{build_project}}" });
        vec![Call::new("codebuild", "DeleteProject", params)]
    },
    yields: &[Yield {
        variable: "build_image_tag",
        label: "IMAGE_TAG",
        fact: "tag",
    }],
};

fn repair(setting: &str, inputs: &Inputs<'_>) -> Vec<Call> {
    let change = match setting {
        "use_connection" => return vec![use_connection()],
        "source" | "location" | "connection" | "buildspec" | "artifacts" => {
            json!({ "source": source(inputs), "artifacts": { "type": artifacts(inputs) } })
        }
        "role" => json!({ "serviceRole": "{{build_role_arn}}" }),
        "logs" => json!({ "logsConfig": logs() }),
        // An environment is replaced as a whole.
        _ => json!({ "environment": environment(inputs, true) }),
    };
    let mut params = json!({ "name": "{{build_project}}" });
    if let (Some(params), Value::Object(change)) = (params.as_object_mut(), change) {
        params.extend(change);
    }
    vec![Call::new("codebuild", "UpdateProject", params).settles(&[setting])]
}

fn is_gitlab(inputs: &Inputs<'_>) -> bool {
    inputs.text("source") == "GITLAB"
}

fn source(inputs: &Inputs<'_>) -> Value {
    if is_gitlab(inputs) {
        json!({
            "type": "GITLAB",
            "location": "{{repository_url}}",
            "auth": { "type": "CODECONNECTIONS", "resource": "{{connection_arn}}" },
        })
    } else {
        json!({ "type": "CODEPIPELINE" })
    }
}

/// Source and artifacts are both the pipeline's, or neither is.
fn artifacts(inputs: &Inputs<'_>) -> &'static str {
    if is_gitlab(inputs) {
        "NO_ARTIFACTS"
    } else {
        "CODEPIPELINE"
    }
}

fn environment(inputs: &Inputs<'_>, privileged: bool) -> Value {
    let variable = |name: &str, value: &str| json!({ "name": name, "value": value });
    let mut variables = vec![
        variable("AWS_DEFAULT_REGION", "{{region}}"),
        variable("AWS_ACCOUNT_ID", "{{account}}"),
        variable("IMAGE_REPO_NAME", "{{image_repository}}"),
        variable("IMAGE_TAG", "latest"),
    ];
    if inputs.yes("datasource") {
        variables.push(variable(
            "SPRING_DATASOURCE_URL",
            "jdbc:postgresql://{{writer_endpoint}}:5432/{{database_name}}",
        ));
    }
    json!({
        "type": "LINUX_CONTAINER",
        "image": inputs.text("image"),
        "computeType": inputs.text("compute"),
        "privilegedMode": privileged,
        "environmentVariables": variables,
    })
}

fn logs() -> Value {
    json!({ "cloudWatchLogs": { "status": "ENABLED" } })
}

/// The role's right to read by the connection.
fn use_connection() -> Call {
    let params = json!({
        "RoleName": "{{build_role}}",
        "PolicyName": CONNECTION_INLINE,
        "PolicyDocument": policy(&[CONNECTION_GRANT]),
    });
    Call::new("iam", "PutRolePolicy", params).settles(&["use_connection"])
}
