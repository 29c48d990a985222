//! What CodePipeline remembers in one Region.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::declaration::Stage;
use super::faults::{no_such_pipeline, no_such_stage};
use super::names;
use crate::context::Cx;
use crate::fault::Fault;
use crate::release::pipeline::Pipeline;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct CodePipeline {
    /// By name.
    pub(crate) pipelines: BTreeMap<String, Pipeline>,
}

/// The pipeline of that name, or CodePipeline's words for that there is none.
pub(super) fn found<'a>(
    cx: &'a mut Cx,
    member: &str,
    name: &str,
) -> Result<&'a mut Pipeline, Fault> {
    names::name(member, name)?;
    let unknown = no_such_pipeline(cx, name);
    let pipelines = &mut cx.region().codepipeline.pipelines;
    pipelines.get_mut(name).ok_or(unknown)
}

/// The stage of that name, or CodePipeline's words for that there is none.
pub(super) fn stage<'a>(pipeline: &'a Pipeline, name: &str) -> Result<&'a Stage, Fault> {
    names::name("stageName", name)?;
    let declaration = &pipeline.declaration;
    let stage = declaration.stage(name);
    stage.ok_or_else(|| no_such_stage(&declaration.name, name))
}
