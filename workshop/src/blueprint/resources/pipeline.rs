//! The pipeline: from a push to a deployment.

mod settings;
mod structure;

use serde_json::json;

use settings::SETTINGS;
pub(super) use structure::Design;
use structure::structure;

use crate::blueprint::{
    Call, Field, FieldKind, Inputs, Kind, Need, Price, Resource, Step, TAG_KEY, Yield,
};

/// The pipeline.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::Pipeline,
    step: Step::Pipeline,
    noun: "Pipeline",
    name: "{{pipeline}}",
    needs: &[
        Need {
            kind: Kind::PipelineRole,
            why: "it works under the role",
        },
        Need {
            kind: Kind::Connection,
            why: "its source stage reads the repository through it",
        },
        Need {
            kind: Kind::BuildProject,
            why: "its build stage builds with the project",
        },
        Need {
            kind: Kind::ArtifactBucket,
            why: "its stages hand their artifacts on there",
        },
        Need {
            kind: Kind::DeployFiles,
            why: "its deploy stage reads them",
        },
        Need {
            kind: Kind::DeploymentGroup,
            why: "its deploy stage deploys with the group",
        },
    ],
    optional: None,
    shared_name: false,
    minutes: 0,
    // A V2 pipeline costs by the minute that an action runs; a hundred a month are free.
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/codesuite/codepipeline/pipelines/{{pipeline}}/view?region={{region}}",
    fields: &[
        Field {
            key: "name",
            label: "Pipeline name",
            help: "Later pages look for this name.",
            kind: FieldKind::Fixed,
            default: "{{pipeline}}",
        },
        Field {
            key: "mode",
            label: "Execution mode",
            help: "What becomes of a push while another one is on its way. A queue lets each be released; superseded drops what a newer one overtakes.",
            kind: FieldKind::Choice(&[("QUEUED", "Queued"), ("SUPERSEDED", "Superseded")]),
            default: "QUEUED",
        },
        Field {
            key: "repository",
            label: "Repository name",
            help: "The full path at the Git host, groups included.",
            kind: FieldKind::Fixed,
            default: "{{full_repository_id}}",
        },
        Field {
            key: "branch",
            label: "Default branch",
            help: "A push to it starts the pipeline.",
            kind: FieldKind::Fixed,
            default: "main",
        },
        Field {
            key: "design",
            label: "Image to deploy",
            help: "taskdef.json and the deploy stage are made for one of the two. By commit, each deployment says what it runs.",
            kind: FieldKind::Choice(&[
                ("commit", "The image of the commit (<IMAGE1_NAME>)"),
                ("latest", "Whatever latest is, as in the workshop's text"),
            ]),
            default: "commit",
        },
        Field {
            key: "approval",
            label: "Manual approval before Deploy",
            help: "The pipeline then waits until somebody approves or rejects what was built.",
            kind: FieldKind::Choice(&[("no", "None"), ("yes", "Add a stage")]),
            default: "no",
        },
    ],
    settings: &SETTINGS,
    create,
    repair,
    // One that is not there is deleted already: CodePipeline says nothing of it.
    delete: || {
        let params = json!({ "name": "{{pipeline}}" });
        vec![Call::new("codepipeline", "DeletePipeline", params)]
    },
    yields: &[
        Yield {
            variable: "pipeline_arn",
            label: "Pipeline ARN",
            fact: "arn",
        },
        Yield {
            variable: "pipeline_execution_id",
            label: "First execution",
            fact: "first_execution_id",
        },
        Yield {
            variable: "pipeline_approval",
            label: "Manual approval",
            fact: "approval",
        },
    ],
};

/// `CreatePipeline` starts an execution and does not say which, so that it is asked for.
fn create(inputs: &Inputs<'_>) -> Vec<Call> {
    let approval = inputs.yes("approval");
    let params = json!({
        "pipeline": structure(&inputs.text("mode"), Design::chosen(inputs), approval),
        "tags": [{ "key": TAG_KEY, "value": "{{workspace}}" }],
    });
    let executions = json!({ "pipelineName": "{{pipeline}}" });
    vec![
        Call::new("codepipeline", "CreatePipeline", params)
            .done_if(&["PipelineNameInUseException"]),
        Call::new("codepipeline", "ListPipelineExecutions", executions)
            .capture(
                "pipeline_execution_id",
                "pipelineExecutionSummaries[0].pipelineExecutionId",
            )
            .settles(&["first_execution"]),
        stop(),
    ]
}

/// `UpdatePipeline` takes the pipeline as a whole: of the answers that are no settings, it keeps
/// what is there.
fn repair(setting: &str, inputs: &Inputs<'_>) -> Vec<Call> {
    if setting == "first_execution" {
        return vec![stop()];
    }
    let approval = match inputs.value("pipeline_approval") {
        Some(found) => found != "none",
        None => inputs.yes("approval"),
    };
    let structure = structure(&inputs.text("mode"), Design::of_file(inputs), approval);
    vec![
        Call::new(
            "codepipeline",
            "UpdatePipeline",
            json!({ "pipeline": structure }),
        )
        .settles(&[setting]),
    ]
}

fn stop() -> Call {
    let params = json!({
        "pipelineName": "{{pipeline}}",
        "pipelineExecutionId": "{{pipeline_execution_id}}",
        "abandon": true,
        "reason": "The first release is a push",
    });
    Call::new("codepipeline", "StopPipelineExecution", params)
        .settles(&["first_execution"])
        // It is over already, or somebody stopped it.
        .done_if(&[
            "PipelineExecutionNotStoppableException",
            "DuplicatedStopRequestException",
        ])
}
