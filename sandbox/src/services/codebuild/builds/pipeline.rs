//! Builds as a pipeline has them made.

use super::begin::{Beginning, begin};
use super::phases::Status;
use super::run;
use super::state::{Build, Handed};
use crate::context::Cx;
use crate::fault::Fault;
use crate::release::Tree;
use crate::services::codebuild::faults::{invalid, no_such_project};
use crate::services::codebuild::settings::{Variable, VariableKind};

/// How far a build is.
pub(crate) struct Progress<'a> {
    pub(crate) status: Status,
    /// Why it failed, in `CodeBuild`'s words.
    pub(crate) problem: Option<&'a str>,
    /// The files of its artifact, once it has succeeded.
    pub(crate) artifact: Option<&'a Tree>,
    pub(crate) exported: &'a [(String, String)],
}

/// Starts a build of the project with the source that is handed over, and with these variables over
/// its own; gives the build's id. Whether the pipeline's role may is for the caller to ask.
pub(crate) fn start_for_pipeline(
    cx: &mut Cx,
    project: &str,
    handed: Handed,
    variables: Vec<(String, String)>,
    pipeline: &str,
) -> Result<String, Fault> {
    let there = cx.region().codebuild.projects.get(project);
    let Some(mut settings) = there.map(|project| project.settings.clone()) else {
        return Err(no_such_project(cx, project));
    };
    // A project with a source of its own takes the pipeline's in its place.
    "CODEPIPELINE".clone_into(&mut settings.source.kind);
    settings.source.location = None;
    settings.source.auth = None;
    "CODEPIPELINE".clone_into(&mut settings.artifacts.kind);
    for (name, value) in variables {
        if name.is_empty() {
            return Err(invalid(
                "Invalid environment variable name: it must not be empty",
            ));
        }
        let own = &mut settings.environment.variables;
        own.retain(|variable| variable.name != name);
        own.push(Variable {
            name,
            value,
            kind: VariableKind::Plaintext,
        });
    }
    begin(
        cx,
        Beginning {
            project: project.to_owned(),
            settings,
            source_version: Some(handed.location.clone()),
            handed: Some(handed),
            initiator: format!("codepipeline/{pipeline}"),
        },
    )
}

/// How far the build of that id is; `None` if there is none.
pub(crate) fn progress<'a>(cx: &'a mut Cx, id: &str) -> Option<Progress<'a>> {
    let build = cx.region().codebuild.builds.get(id)?;
    let mut contexts = build
        .phases
        .iter()
        .filter_map(|phase| phase.context.as_ref());
    Some(Progress {
        status: build.status,
        problem: contexts.next().map(|(_, message)| message.as_str()),
        artifact: build
            .artifact
            .as_ref()
            .filter(|_| build.status == Status::Succeeded),
        exported: &build.exported,
    })
}

/// Stops a build that is not complete; whether there is one.
pub(crate) fn stop(cx: &mut Cx, id: &str) -> bool {
    let Some(mut build) = cx.region().codebuild.builds.remove(id) else {
        return false;
    };
    halt(cx, &mut build);
    cx.region().codebuild.builds.insert(build.id.clone(), build);
    true
}

pub(super) fn halt(cx: &mut Cx, build: &mut Build) {
    if !build.is_complete() {
        let problem = ("STOPPED".to_owned(), "Build stopped by user".to_owned());
        run::break_off(cx, build, Status::Stopped, problem);
    }
}
