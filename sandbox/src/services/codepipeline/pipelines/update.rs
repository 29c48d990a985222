//! A pipeline, changed.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::release::pipeline;
use crate::services::codepipeline::declaration::Declaration;
use crate::services::codepipeline::state::found;
use crate::services::codepipeline::structure;

/// How many of its former versions a pipeline remembers.
const KEPT: usize = 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct UpdatePipeline {
    pipeline: Declaration,
}

/// `UpdatePipeline` (CodePipeline API Reference): the next version. What runs
/// is cancelled, for its definition is gone.
pub(crate) fn update_pipeline(cx: &mut Cx, input: UpdatePipeline) -> Result<Value, Fault> {
    let (mut declaration, now) = (input.pipeline, cx.now);
    let version = found(cx, "pipeline.name", &declaration.name)?
        .declaration
        .version;
    structure::check(cx, &declaration)?;
    declaration.version = version + 1;
    let answer = json!({ "pipeline": declaration });
    let name = declaration.name.clone();
    pipeline::with(cx, &name, |_, pipeline| {
        let before = std::mem::replace(&mut pipeline.declaration, declaration);
        pipeline.older.insert(version, before);
        if pipeline.older.len() > KEPT {
            pipeline.older.pop_first();
        }
        pipeline.updated = now;
        let there = &pipeline.declaration;
        pipeline
            .transitions
            .retain(|stage, _| there.stage(stage).is_some());
        pipeline::cancel_all(pipeline, now);
    });
    Ok(answer)
}
