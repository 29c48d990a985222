//! Variables in configurations: `#{SourceVariables.CommitId}` (CodePipeline
//! User Guide, "Variables reference").

use std::collections::BTreeMap;

use super::state::Execution;

/// The configuration with its variables resolved, or the one that nothing stands for.
pub(super) fn resolve(
    execution: &Execution,
    configuration: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, String> {
    configuration
        .iter()
        .map(|(key, value)| Ok((key.clone(), filled(execution, value)?)))
        .collect()
}

fn filled(execution: &Execution, text: &str) -> Result<String, String> {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, from)) = rest.split_once("#{") {
        let Some((name, after)) = from.split_once('}') else {
            break;
        };
        out.push_str(before);
        out.push_str(value(execution, name).ok_or_else(|| name.to_owned())?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

fn value<'a>(execution: &'a Execution, name: &str) -> Option<&'a str> {
    let value = match name.split_once('.')? {
        ("codepipeline", "PipelineExecutionId") => Some(&execution.id),
        ("variables", variable) => execution.variables.get(variable),
        (namespace, variable) => execution.outputs.get(namespace)?.get(variable),
    };
    value.map(String::as_str)
}
