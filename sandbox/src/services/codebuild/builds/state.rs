//! A build.

use serde::{Deserialize, Serialize};

use super::phases::{Phase, PhaseType, Status};
use crate::clock::Millis;
use crate::release::Tree;
use crate::release::buildspec::Buildspec;
use crate::release::shell::Machine;
use crate::services::codebuild::settings::Settings;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Build {
    /// `project:uuid`
    pub(super) id: String,
    pub(super) arn: String,
    pub(super) number: u64,
    pub(super) project: String,
    /// Who started it: `admin`, `codepipeline/…`.
    pub(super) initiator: String,
    pub(super) started: Millis,
    pub(super) ended: Option<Millis>,
    pub(super) status: Status,
    /// In their order; the last is the present one.
    pub(super) phases: Vec<Phase>,
    pub(super) source_version: Option<String>,
    pub(super) resolved_version: Option<String>,
    /// The project's as they were, and what was to be different this time.
    pub(super) settings: Settings,
    /// What a pipeline handed over.
    pub(super) handed: Option<Handed>,
    /// Where its log is, if it has one.
    pub(super) log: Option<Log>,
    /// While its commands run.
    pub(super) run: Option<Run>,
    /// What came of it, for its pipeline.
    pub(super) artifact: Option<Tree>,
    pub(super) exported: Vec<(String, String)>,
}

/// The source that a pipeline hands to a build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Handed {
    pub(crate) files: Tree,
    /// The commit that it is of.
    pub(crate) revision: String,
    /// The artifact's ARN: `arn:aws:s3:::bucket/key`.
    pub(crate) location: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Log {
    pub(super) group: String,
    pub(super) stream: String,
}

/// A build's machine and how far its commands are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Run {
    pub(super) machine: Machine,
    pub(super) buildspec: Buildspec,
    /// How many commands of the phase have run, those of `finally` among them.
    pub(super) done: usize,
    /// The command that failed in this phase, and its status.
    pub(super) failure: Option<(String, u8)>,
    /// The command that runs, and what it will have done.
    pub(super) pending: Option<Pending>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pending {
    pub(super) line: String,
    pub(super) status: u8,
    pub(super) output: String,
}

impl Handed {
    /// As it is kept when the build is over: without the files.
    pub(super) fn emptied(self) -> Handed {
        Handed {
            files: Tree::default(),
            ..self
        }
    }

    /// Where the build's own artifact goes: beside what it was handed.
    pub(super) fn output(&self) -> String {
        let path = self
            .location
            .split('/')
            .take(2)
            .collect::<Vec<_>>()
            .join("/");
        format!(
            "{path}/BuildArtif/{}",
            &crate::ids::uuid_of(&self.location)[..7]
        )
    }
}

impl Build {
    /// The id without the project's name.
    pub(super) fn uuid(&self) -> &str {
        self.id.rsplit(':').next().unwrap_or(&self.id)
    }

    pub(super) fn is_complete(&self) -> bool {
        self.status != Status::InProgress
    }

    /// Whether nothing has failed so far.
    pub(super) fn succeeds(&self) -> bool {
        let failed = |phase: &Phase| !matches!(phase.status, None | Some(Status::Succeeded));
        !self.phases.iter().any(failed)
    }

    pub(super) fn current(&self) -> PhaseType {
        self.phases
            .last()
            .map_or(PhaseType::Submitted, |phase| phase.kind)
    }
}
