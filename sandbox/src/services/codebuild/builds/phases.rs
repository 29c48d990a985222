//! Phases (`CodeBuild` User Guide, "Build phase transitions").

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::Millis;
use crate::protocol::timestamp;

/// `phaseType`, in the order in which they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum PhaseType {
    Submitted,
    Queued,
    Provisioning,
    DownloadSource,
    Install,
    PreBuild,
    Build,
    PostBuild,
    UploadArtifacts,
    Finalizing,
    Completed,
}

/// `buildStatus`, `phaseStatus`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Status {
    InProgress,
    Succeeded,
    Failed,
    Stopped,
    TimedOut,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Phase {
    pub(super) kind: PhaseType,
    pub(super) started: Millis,
    pub(super) ended: Option<Millis>,
    /// `None` while it lasts.
    pub(super) status: Option<Status>,
    /// A code and a sentence, where it failed.
    pub(super) context: Option<(String, String)>,
}

impl PhaseType {
    pub(super) fn name(self) -> &'static str {
        match self {
            PhaseType::Submitted => "SUBMITTED",
            PhaseType::Queued => "QUEUED",
            PhaseType::Provisioning => "PROVISIONING",
            PhaseType::DownloadSource => "DOWNLOAD_SOURCE",
            PhaseType::Install => "INSTALL",
            PhaseType::PreBuild => "PRE_BUILD",
            PhaseType::Build => "BUILD",
            PhaseType::PostBuild => "POST_BUILD",
            PhaseType::UploadArtifacts => "UPLOAD_ARTIFACTS",
            PhaseType::Finalizing => "FINALIZING",
            PhaseType::Completed => "COMPLETED",
        }
    }

    /// Its place among those that run commands.
    pub(super) fn steps(self) -> Option<usize> {
        match self {
            PhaseType::Install => Some(0),
            PhaseType::PreBuild => Some(1),
            PhaseType::Build => Some(2),
            PhaseType::PostBuild => Some(3),
            _ => None,
        }
    }

    /// What comes after it. A failure leads to the end, but for one in `BUILD` or `POST_BUILD`: what
    /// follows these is always tried.
    pub(super) fn next(self, good: bool) -> Option<PhaseType> {
        use PhaseType as P;
        Some(match self {
            P::Submitted => P::Queued,
            P::Queued => P::Provisioning,
            P::Finalizing => P::Completed,
            P::Completed => return None,
            P::Build => P::PostBuild,
            P::PostBuild => P::UploadArtifacts,
            _ if !good => P::Finalizing,
            P::Provisioning => P::DownloadSource,
            P::DownloadSource => P::Install,
            P::Install => P::PreBuild,
            P::PreBuild => P::Build,
            P::UploadArtifacts => P::Finalizing,
        })
    }
}

impl Phase {
    pub(super) fn begun(kind: PhaseType, now: Millis) -> Phase {
        Phase {
            kind,
            started: now,
            ended: None,
            status: None,
            context: None,
        }
    }

    pub(super) fn shown(&self) -> Value {
        let context = self
            .context
            .as_ref()
            .map(|(code, message)| json!([{ "statusCode": code, "message": message }]));
        json!({
            "phaseType": self.kind,
            "phaseStatus": self.status,
            "startTime": timestamp(self.started),
            "endTime": self.ended.map(timestamp),
            "durationInSeconds": self.ended.map(|ended| (ended - self.started) / 1000),
            "contexts": context,
        })
    }
}
