//! A pipeline, its executions, and how far each of them is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::release::Tree;
use crate::services::codepipeline::declaration::{Declaration, ExecutionMode};
use crate::tags::Tags;

/// How many executions of a pipeline are remembered: the account is stored as a whole.
const KEPT: usize = 50;

/// How many of them keep what their artifacts hold: enough to roll back to.
const KEPT_WHOLE: usize = 4;

/// A pipeline with its history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Pipeline {
    pub(crate) declaration: Declaration,
    /// What it was before, by version.
    pub(crate) older: BTreeMap<u32, Declaration>,
    pub(crate) created: Millis,
    pub(crate) updated: Millis,
    pub(crate) tags: Tags,
    /// The transitions into stages that were ever touched, by the stage's name.
    pub(crate) transitions: BTreeMap<String, Transition>,
    /// In the order in which they were started.
    pub(crate) executions: Vec<Execution>,
}

/// A transition into a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Transition {
    /// Why it is disabled; `None` where it is enabled (again).
    pub(crate) disabled: Option<String>,
    pub(crate) changed: Millis,
    pub(crate) changed_by: String,
}

/// One run of a pipeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Execution {
    pub(crate) id: String,
    pub(crate) status: Status,
    pub(crate) started: Millis,
    pub(crate) updated: Millis,
    pub(crate) trigger: Trigger,
    pub(crate) mode: ExecutionMode,
    /// The version of the pipeline that it was started with.
    pub(crate) version: u32,
    /// The execution that this one rolls back to, if it does.
    pub(crate) rollback_to: Option<String>,
    /// The pipeline's variables, resolved.
    pub(crate) variables: BTreeMap<String, String>,
    /// The commits asked for at the start, by source action.
    pub(crate) overrides: BTreeMap<String, String>,
    pub(crate) client_token: Option<String>,
    pub(crate) stop: Option<Stop>,
    /// The execution that took its place.
    pub(crate) superseded_by: Option<String>,
    /// The stage that it is in or waits to enter, counted from nought.
    pub(crate) at: usize,
    /// Whether it is in that stage.
    pub(crate) inside: bool,
    /// The stages so far, in the order in which they were entered; a retry is one more.
    pub(crate) stages: Vec<StageRun>,
    pub(crate) revisions: Vec<Revision>,
    /// By name.
    pub(crate) artifacts: BTreeMap<String, Artifact>,
    /// What actions with a namespace gave out: variables by namespace.
    pub(crate) outputs: BTreeMap<String, BTreeMap<String, String>>,
}

/// `PipelineExecutionStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Status {
    InProgress,
    Stopping,
    Stopped,
    Succeeded,
    Superseded,
    Failed,
    Cancelled,
}

impl Status {
    /// Whether it still goes on.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Status::InProgress | Status::Stopping)
    }
}

/// What started an execution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Trigger {
    pub(crate) trigger_type: TriggerType,
    pub(crate) trigger_detail: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum TriggerType {
    CreatePipeline,
    StartPipelineExecution,
    /// A push to the repository of a connection.
    WebhookV2,
    ManualRollback,
    AutomatedRollback,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stop {
    pub(crate) reason: Option<String>,
}

/// A stage, run once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StageRun {
    pub(crate) name: String,
    pub(crate) status: StageStatus,
    /// In the order in which they began.
    pub(crate) actions: Vec<ActionRun>,
    /// How often it was retried before, by hand and by itself.
    pub(crate) manual_retries: u32,
    pub(crate) automatic_retries: u32,
}

/// `StageExecutionStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum StageStatus {
    Cancelled,
    InProgress,
    Failed,
    Stopped,
    Stopping,
    Succeeded,
}

/// An action, run once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ActionRun {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) status: ActionStatus,
    pub(crate) started: Millis,
    pub(crate) updated: Millis,
    pub(crate) updated_by: Option<String>,
    /// Its configuration with the variables in it resolved.
    pub(crate) configuration: BTreeMap<String, String>,
    pub(crate) summary: Option<String>,
    /// What an approval is given with.
    pub(crate) token: Option<String>,
    /// The id and the page of the build or the deployment.
    pub(crate) external: Option<External>,
    /// A code and a sentence, where it failed.
    pub(crate) error: Option<(String, String)>,
    /// The artifacts that it made.
    pub(crate) made: Vec<String>,
    pub(crate) variables: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct External {
    pub(crate) id: String,
    pub(crate) url: Option<String>,
}

/// `ActionExecutionStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ActionStatus {
    InProgress,
    Abandoned,
    Succeeded,
    Failed,
}

/// What a source action found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Revision {
    pub(crate) action: String,
    pub(crate) artifact: String,
    /// The commit.
    pub(crate) id: String,
    pub(crate) summary: String,
    pub(crate) url: Option<String>,
    pub(crate) created: Millis,
}

/// Files that pass from action to action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Artifact {
    pub(crate) bucket: String,
    pub(crate) key: String,
    /// The commit that it goes back to.
    pub(crate) revision: String,
    /// `None` when it is so old that it was let go.
    pub(crate) files: Option<Tree>,
}

impl Pipeline {
    pub(crate) fn execution(&self, id: &str) -> Option<&Execution> {
        self.executions.iter().find(|execution| execution.id == id)
    }

    pub(crate) fn execution_mut(&mut self, id: &str) -> Option<&mut Execution> {
        let mut executions = self.executions.iter_mut();
        executions.find(|execution| execution.id == id)
    }

    /// Whether the transition into that stage is disabled.
    pub(crate) fn is_disabled(&self, stage: &str) -> bool {
        let transition = self.transitions.get(stage);
        transition.is_some_and(|transition| transition.disabled.is_some())
    }

    /// The execution that was in that stage last, and how it ran there: of two
    /// that were, the one whose run began later.
    pub(crate) fn latest_in(&self, stage: &str) -> Option<(&Execution, &StageRun)> {
        let runs = self.executions.iter().filter_map(|execution| {
            let run = execution.run_of(stage)?;
            Some((execution, run))
        });
        runs.max_by_key(|(_, run)| run.actions.first().map(|action| action.started))
    }

    /// Forgets what is too old, but nothing that still goes on.
    pub(crate) fn forget(&mut self) {
        while self.executions.len() > KEPT {
            let over = |execution: &Execution| !execution.status.is_open();
            match self.executions.iter().position(over) {
                Some(oldest) => drop(self.executions.remove(oldest)),
                None => break,
            }
        }
        let old = self.executions.len().saturating_sub(KEPT_WHOLE);
        let closed = self.executions[..old].iter_mut();
        for execution in closed.filter(|execution| !execution.status.is_open()) {
            for artifact in execution.artifacts.values_mut() {
                artifact.files = None;
            }
        }
    }
}

impl Execution {
    /// How it ran in that stage, the last time.
    pub(crate) fn run_of(&self, stage: &str) -> Option<&StageRun> {
        self.stages.iter().rev().find(|run| run.name == stage)
    }

    /// The stage that it is in.
    pub(crate) fn current(&mut self) -> Option<&mut StageRun> {
        self.stages.last_mut().filter(|_| self.inside)
    }

    /// Every action that ran, the oldest first, with its stage's name.
    pub(crate) fn actions(&self) -> impl DoubleEndedIterator<Item = (&str, &ActionRun)> {
        self.stages.iter().flat_map(|stage| {
            let name = stage.name.as_str();
            stage.actions.iter().map(move |action| (name, action))
        })
    }

    /// The run of an action, by its id.
    pub(crate) fn action_mut(&mut self, id: &str) -> Option<&mut ActionRun> {
        let mut actions = self.stages.iter_mut().flat_map(|stage| &mut stage.actions);
        actions.find(|action| action.id == id)
    }
}

impl StageRun {
    /// The last run of that action in it.
    pub(crate) fn action(&self, name: &str) -> Option<&ActionRun> {
        self.actions.iter().rev().find(|action| action.name == name)
    }

    /// Whether an action is still at work.
    pub(crate) fn is_busy(&self) -> bool {
        let mut actions = self.actions.iter();
        actions.any(|action| action.status == ActionStatus::InProgress)
    }
}
