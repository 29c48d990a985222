//! An action at work.

use std::time::Duration;

use crate::agenda;
use crate::clock::Millis;
use crate::context::Cx;
use crate::release::Tree;
use crate::release::pipeline::due::{Due, Of};
use crate::release::pipeline::state::{ActionRun, ActionStatus, Artifact, Execution, Pipeline};
use crate::services::codepipeline::declaration::Action;
use crate::services::{iam, s3};

/// The run of an action, with all that it works on.
pub(super) struct Job<'a> {
    pipeline: &'a mut Pipeline,
    at: usize,
    pub(super) action: Action,
    pub(super) run: ActionRun,
}

/// How far it came.
pub(super) enum Outcome {
    /// Something will tell.
    Pending,
    Success,
    /// A code and a sentence.
    Failure(String, String),
}

impl Outcome {
    pub(super) fn fail(code: &str, words: String) -> Outcome {
        Outcome::Failure(code.to_owned(), words)
    }
}

impl<'a> Job<'a> {
    /// A new run of an action of the execution `at`.
    pub(super) fn new(
        cx: &mut Cx,
        pipeline: &'a mut Pipeline,
        at: usize,
        action: &Action,
    ) -> Job<'a> {
        let run = ActionRun {
            id: cx.account.ids.uuid(),
            name: action.name.clone(),
            status: ActionStatus::InProgress,
            started: cx.now,
            updated: cx.now,
            updated_by: None,
            configuration: action.configuration.clone(),
            summary: None,
            token: None,
            external: None,
            error: None,
            made: Vec::new(),
            variables: [].into(),
        };
        Job {
            pipeline,
            at,
            action: action.clone(),
            run,
        }
    }

    /// A run that goes on, and its action.
    pub(super) fn again(pipeline: &'a mut Pipeline, of: &Of) -> Option<(Job<'a>, Action)> {
        let at = pipeline
            .executions
            .iter()
            .position(|it| it.id == of.execution)?;
        let execution = &mut pipeline.executions[at];
        let run = execution.action_mut(&of.action)?.clone();
        let stage = execution.stages.iter().find(|stage| {
            let mut actions = stage.actions.iter();
            actions.any(|action| action.id == of.action)
        })?;
        let stage = pipeline.declaration.stage(&stage.name)?;
        let action = stage.action(&run.name)?.clone();
        let job = Job {
            pipeline,
            at,
            action: action.clone(),
            run,
        };
        Some((job, action))
    }

    pub(super) fn execution(&self) -> &Execution {
        &self.pipeline.executions[self.at]
    }

    pub(super) fn execution_mut(&mut self) -> &mut Execution {
        &mut self.pipeline.executions[self.at]
    }

    pub(super) fn pipeline(&self) -> &str {
        &self.pipeline.declaration.name
    }

    /// The value of a configuration, resolved; empty where there is none.
    pub(super) fn configured(&self, key: &str) -> &str {
        let value = self.run.configuration.get(key);
        value.map_or("", String::as_str)
    }

    /// The files of an artifact.
    pub(super) fn files(&self, artifact: &str) -> Option<&Tree> {
        self.execution().artifacts.get(artifact)?.files.as_ref()
    }

    /// Keeps the files as the action's artifact of that name, in the pipeline's bucket.
    pub(super) fn keep(
        &mut self,
        cx: &mut Cx,
        name: &str,
        revision: String,
        files: Tree,
    ) -> Result<(), Outcome> {
        let short = |text: &str, length: usize| text.chars().take(length).collect::<String>();
        let (folder, bucket) = (
            short(self.pipeline(), 20),
            self.pipeline.declaration.bucket(cx.region).to_owned(),
        );
        let key = format!("{folder}/{}/{}", short(name, 10), cx.id("", 7));
        let object = format!("arn:aws:s3:::{bucket}/{key}");
        let refused = |code: &str, why: String| {
            let words = format!("Upload to S3 failed with the following error: {why}");
            Outcome::fail(code, words)
        };
        self.authorize(cx, "s3:PutObject", &object)
            .map_err(|why| refused("PermissionError", why))?;
        s3::store(cx, &bucket, &key, files.zipped(), "application/zip")
            .map_err(|fault| refused("ConfigurationError", fault.message))?;
        let artifact = Artifact {
            bucket,
            key,
            revision,
            files: Some(files),
        };
        self.run.made.push(name.to_owned());
        let artifacts = &mut self.execution_mut().artifacts;
        artifacts.insert(name.to_owned(), artifact);
        Ok(())
    }

    /// The role that the action is done with.
    pub(super) fn role(&self) -> &str {
        let own = self.action.role_arn.as_ref();
        own.unwrap_or(&self.pipeline.declaration.role_arn)
    }

    /// Whether that role may; if not, AWS's sentence.
    pub(super) fn authorize(&self, cx: &Cx, action: &str, resource: &str) -> Result<(), String> {
        let session = self.execution().started.to_string();
        iam::authorize(cx, self.role(), &session, action, resource, &[])
    }

    /// Looks again after a machine's while.
    pub(super) fn again_in(&self, cx: &mut Cx, real: Duration) {
        let (at, due) = (cx.after(real), Due::Work(self.of()));
        cx.plan(at, agenda::Due::Pipeline(due));
    }

    /// Ends it at that instant, if it goes on until then.
    pub(super) fn expires_at(&self, cx: &mut Cx, at: Millis) {
        let due = Due::Expire(self.of());
        cx.plan(at, agenda::Due::Pipeline(due));
    }

    fn of(&self) -> Of {
        Of {
            pipeline: self.pipeline().to_owned(),
            execution: self.execution().id.clone(),
            action: self.run.id.clone(),
        }
    }

    /// Writes down how far it came.
    pub(super) fn conclude(mut self, cx: &Cx, outcome: Outcome) {
        match outcome {
            Outcome::Pending => {}
            Outcome::Success => self.run.status = ActionStatus::Succeeded,
            Outcome::Failure(code, words) => {
                self.run.status = ActionStatus::Failed;
                self.run.error = Some((code, words));
            }
        }
        self.run.updated = cx.now;
        let namespace = self.action.namespace.clone();
        let run = self.run;
        let execution = &mut self.pipeline.executions[self.at];
        execution.updated = cx.now;
        if let Some(namespace) = namespace {
            let outputs = execution.outputs.entry(namespace).or_default();
            outputs.extend(run.variables.clone());
        }
        match execution.action_mut(&run.id) {
            Some(there) => *there = run,
            None => {
                if let Some(stage) = execution.current() {
                    stage.actions.push(run);
                }
            }
        }
    }
}
