//! An execution, begun.

use std::collections::BTreeMap;

use super::state::{Execution, Pipeline, Status, Trigger};
use crate::context::Cx;

/// What an execution is begun with.
#[derive(Debug)]
pub(crate) struct Start {
    pub(crate) trigger: Trigger,
    /// Values in place of the variables' defaults.
    pub(crate) variables: BTreeMap<String, String>,
    /// Commits in place of the branches' tips, by source action.
    pub(crate) overrides: BTreeMap<String, String>,
    pub(crate) client_token: Option<String>,
}

impl Start {
    /// With nothing out of the ordinary.
    pub(crate) fn by(trigger: Trigger) -> Start {
        Start {
            trigger,
            variables: BTreeMap::new(),
            overrides: BTreeMap::new(),
            client_token: None,
        }
    }
}

/// Begins an execution at the first stage; gives its id. It moves when
/// [`super::with`] lets it.
pub(crate) fn start(cx: &mut Cx, pipeline: &mut Pipeline, start: Start) -> String {
    let id = cx.account.ids.uuid();
    let mut variables = BTreeMap::new();
    for variable in &pipeline.declaration.variables {
        let given = start.variables.get(&variable.name);
        if let Some(value) = given.or(variable.default_value.as_ref()) {
            variables.insert(variable.name.clone(), value.clone());
        }
    }
    pipeline.executions.push(Execution {
        id: id.clone(),
        status: Status::InProgress,
        started: cx.now,
        updated: cx.now,
        trigger: start.trigger,
        mode: pipeline.declaration.execution_mode,
        version: pipeline.declaration.version,
        rollback_to: None,
        variables,
        overrides: start.overrides,
        client_token: start.client_token,
        stop: None,
        superseded_by: None,
        at: 0,
        inside: false,
        stages: Vec::new(),
        revisions: Vec::new(),
        artifacts: BTreeMap::new(),
        outputs: BTreeMap::new(),
    });
    id
}
