//! How artifacts pass from action to action.

use std::collections::BTreeSet;

use super::pipeline::structure;
use crate::fault::Fault;
use crate::services::codepipeline::declaration::Declaration;

/// Every artifact is made once, and before it is used: by an earlier stage, or
/// in the same stage by an action that runs earlier.
pub(super) fn check(pipeline: &Declaration) -> Result<(), Fault> {
    let mut made: BTreeSet<&str> = BTreeSet::new();
    let mut namespaces: BTreeSet<&str> = BTreeSet::new();
    for stage in &pipeline.stages {
        let mut actions = stage.actions.iter().collect::<Vec<_>>();
        actions.sort_by_key(|action| action.run_order);
        for together in actions.chunk_by(|one, other| one.run_order == other.run_order) {
            for action in together {
                let inputs = action.input_artifacts.iter();
                if let Some(input) = inputs
                    .map(|it| &it.name)
                    .find(|it| !made.contains(it.as_str()))
                {
                    return Err(structure(format!(
                        "Input Artifact Bundle {input} in action {} is not declared as Output Artifact Bundle \
                         in any of the preceding actions",
                        action.name
                    )));
                }
                if let Some(namespace) = &action.namespace
                    && !namespaces.insert(namespace)
                {
                    return Err(structure(format!(
                        "Namespace {namespace} in action {} must be unique within the pipeline",
                        action.name
                    )));
                }
            }
            let outputs = together.iter().flat_map(|action| &action.output_artifacts);
            for output in outputs {
                if !made.insert(&output.name) {
                    return Err(structure(format!(
                        "Output Artifact Bundle name must be unique within the pipeline. {} has been used more \
                         than once",
                        output.name
                    )));
                }
            }
        }
    }
    Ok(())
}
