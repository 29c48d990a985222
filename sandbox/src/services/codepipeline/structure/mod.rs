//! Whether a pipeline can be made so (CodePipeline User Guide, "CodePipeline
//! pipeline structure reference").

mod actions;
mod artifacts;
mod pipeline;
mod stages;

pub(super) use pipeline::check;
