//! A pipeline, made.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::release::pipeline::{self, Pipeline, Start, Trigger, TriggerType};
use crate::services::codepipeline::declaration::Declaration;
use crate::services::codepipeline::structure;
use crate::services::codepipeline::tags::{self, Tag};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct CreatePipeline {
    pipeline: Declaration,
    #[serde(default)]
    tags: Vec<Tag>,
}

/// `CreatePipeline` (CodePipeline API Reference): it runs at once.
pub(crate) fn create_pipeline(cx: &mut Cx, input: CreatePipeline) -> Result<Value, Fault> {
    let mut declaration = input.pipeline;
    structure::check(cx, &declaration)?;
    let (tags, given) = (tags::of_new(input.tags.clone())?, input.tags);
    let name = declaration.name.clone();
    if cx.region().codepipeline.pipelines.contains_key(&name) {
        let words = format!(
            "A pipeline with the name '{name}' already exists in account '{}'",
            cx.account.id
        );
        return Err(Fault::new("PipelineNameInUseException", words));
    }
    declaration.version = 1;
    let answer = json!({ "pipeline": declaration, "tags": given });
    let made = Pipeline {
        declaration,
        older: BTreeMap::new(),
        created: cx.now,
        updated: cx.now,
        tags,
        transitions: BTreeMap::new(),
        executions: Vec::new(),
    };
    let pipelines = &mut cx.region().codepipeline.pipelines;
    pipelines.insert(name.clone(), made);
    let trigger = Trigger {
        trigger_type: TriggerType::CreatePipeline,
        trigger_detail: cx.account.iam.user.arn.clone(),
    };
    pipeline::with(cx, &name, |cx, pipeline| {
        pipeline::start(cx, pipeline, Start::by(trigger))
    });
    Ok(answer)
}
