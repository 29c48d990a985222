//! CodePipeline: pipelines, made and read, and what is done to their executions.
//!
//! How executions move is in [`crate::release::pipeline`].

pub(crate) mod action_types;
mod approvals;
pub(crate) mod declaration;
mod executions;
mod faults;
mod history;
mod list_action_types;
mod names;
mod pipelines;
mod retries;
mod rollbacks;
mod stage_states;
mod state;
mod structure;
mod tags;
mod transitions;

pub(crate) use state::CodePipeline;

use crate::protocol::Wire;
use crate::service::{Service, operations};

pub(crate) static SERVICE: Service = Service {
    name: "codepipeline",
    wire: Wire::Json {
        target: "CodePipeline_20150709",
        version: "1.1",
    },
    refusal: faults::input,
    secrets: &[],
    operations: operations! {
        "CreatePipeline" => pipelines::create_pipeline,
        "GetPipeline" => pipelines::get_pipeline,
        "UpdatePipeline" => pipelines::update_pipeline,
        "DeletePipeline" => pipelines::delete_pipeline,
        "ListPipelines" => pipelines::list_pipelines,
        "GetPipelineState" => stage_states::get_pipeline_state,
        "StartPipelineExecution" => executions::start_pipeline_execution,
        "StopPipelineExecution" => executions::stop_pipeline_execution,
        "GetPipelineExecution" => executions::get_pipeline_execution,
        "ListPipelineExecutions" => executions::list_pipeline_executions,
        "ListActionExecutions" => history::list_action_executions,
        "EnableStageTransition" => transitions::enable_stage_transition,
        "DisableStageTransition" => transitions::disable_stage_transition,
        "PutApprovalResult" => approvals::put_approval_result,
        "RetryStageExecution" => retries::retry_stage_execution,
        "RollbackStage" => rollbacks::rollback_stage,
        "ListActionTypes" => list_action_types::list_action_types,
        "TagResource" => tags::tag_resource,
        "UntagResource" => tags::untag_resource,
        "ListTagsForResource" => tags::list_tags_for_resource,
    },
};
