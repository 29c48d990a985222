//! A build, running: phase after phase, command after command.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::phases::{Phase, PhaseType, Status};
use super::source;
use super::state::{Build, Pending, Run};
use super::variables;
use super::{log, output};
use crate::agenda;
use crate::clock::Millis;
use crate::context::Cx;
use crate::release::shell::{self, Machine, Surroundings};
use crate::release::{artifacts, buildspec};
use crate::services::codebuild::{checks, images};

/// What comes due in `CodeBuild`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Due {
    /// The end of a phase or of a command.
    Step { build: String },
    /// The end of a build's time.
    Timeout { build: String },
}

/// A code and a sentence.
type Problem = (String, String);

/// Lets it happen.
pub(crate) fn due(cx: &mut Cx, due: Due) {
    let (Due::Step { build: id } | Due::Timeout { build: id }) = &due;
    let Some(mut build) = cx.region().codebuild.builds.remove(id) else {
        return;
    };
    if !build.is_complete() {
        match due {
            Due::Step { .. } => step(cx, &mut build),
            Due::Timeout { .. } => {
                let words = "Build has timed out. ".to_owned();
                break_off(
                    cx,
                    &mut build,
                    Status::TimedOut,
                    ("BUILD_TIMED_OUT".to_owned(), words),
                );
            }
        }
    }
    cx.region().codebuild.builds.insert(build.id.clone(), build);
}

/// Plans the first step of a build that was submitted, and the end of its time.
pub(super) fn plan(cx: &mut Cx, id: &str, timeout: Millis) {
    let build = id.to_owned();
    let soon = cx.after(duration(PhaseType::Submitted));
    cx.plan(
        soon,
        agenda::Due::CodeBuild(Due::Step {
            build: build.clone(),
        }),
    );
    cx.plan(timeout, agenda::Due::CodeBuild(Due::Timeout { build }));
}

/// How long a phase takes on AWS beside its commands.
fn duration(phase: PhaseType) -> Duration {
    let seconds = match phase {
        PhaseType::Provisioning => 8,
        PhaseType::DownloadSource => 4,
        PhaseType::Finalizing => 2,
        PhaseType::Submitted | PhaseType::Queued | PhaseType::UploadArtifacts => 1,
        _ => 0,
    };
    Duration::from_secs(seconds)
}

/// What is next: the end of a phase, or a command of it.
fn step(cx: &mut Cx, build: &mut Build) {
    let phase = build.current();
    let done = match phase {
        PhaseType::Provisioning => provision(cx, build),
        PhaseType::DownloadSource => download(cx, build),
        PhaseType::UploadArtifacts => upload(cx, build),
        phase => match phase.steps() {
            Some(at) => match command(cx, build, at) {
                Some(done) => done,
                None => return,
            },
            None => Ok(()),
        },
    };
    let goes_on = goes_on(build, phase);
    let good = done.is_ok() || goes_on;
    match done {
        Ok(()) => end_phase(cx, build, Status::Succeeded, None),
        Err(problem) => end_phase(cx, build, Status::Failed, Some(problem)),
    }
    match phase.next(good) {
        Some(PhaseType::Completed) | None => complete(cx, build),
        Some(next) => enter(cx, build, next),
    }
}

fn goes_on(build: &Build, phase: PhaseType) -> bool {
    let steps = phase.steps().zip(build.run.as_ref());
    steps.is_some_and(|(at, run)| run.buildspec.phases[at].goes_on)
}

fn enter(cx: &mut Cx, build: &mut Build, phase: PhaseType) {
    build.phases.push(Phase::begun(phase, cx.now));
    if phase.steps().is_some() {
        log::say(cx, build, &format!("Entering phase {}", phase.name()));
        let succeeds = if build.succeeds() { "1" } else { "0" };
        if let Some(run) = &mut build.run {
            (run.done, run.failure) = (0, None);
            run.machine
                .set("CODEBUILD_BUILD_SUCCEEDING", succeeds.to_owned());
        }
    }
    step_after(cx, build, duration(phase));
}

fn step_after(cx: &mut Cx, build: &Build, real: Duration) {
    let at = cx.after(real);
    let build = build.id.clone();
    cx.plan(at, agenda::Due::CodeBuild(Due::Step { build }));
}

fn end_phase(cx: &mut Cx, build: &mut Build, status: Status, problem: Option<Problem>) {
    let now = cx.now;
    let phase = build.current();
    if phase > PhaseType::Provisioning && phase < PhaseType::Finalizing {
        let (code, message) = problem.clone().unwrap_or_default();
        let state = if problem.is_none() {
            "SUCCEEDED"
        } else {
            "FAILED"
        };
        log::say(
            cx,
            build,
            &format!("Phase complete: {} State: {state}", phase.name()),
        );
        log::say(
            cx,
            build,
            &format!("Phase context status code: {code} Message: {message}"),
        );
    }
    if let Some(phase) = build.phases.last_mut() {
        phase.ended = Some(now);
        phase.status = Some(status);
        phase.context = problem;
    }
}

fn complete(cx: &mut Cx, build: &mut Build) {
    build.status = if build.succeeds() {
        Status::Succeeded
    } else {
        Status::Failed
    };
    build
        .phases
        .push(Phase::begun(PhaseType::Completed, cx.now));
    build.ended = Some(cx.now);
    build.run = None;
    build.handed = build.handed.take().map(super::state::Handed::emptied);
}

/// Ends a build before its end.
pub(super) fn break_off(cx: &mut Cx, build: &mut Build, status: Status, problem: Problem) {
    end_phase(cx, build, status, Some(problem));
    complete(cx, build);
    build.status = status;
}

fn provision(cx: &mut Cx, build: &Build) -> Result<(), Problem> {
    let denied = |words| ("ACCESS_DENIED".to_owned(), words);
    let role = &build.settings.service_role;
    if checks::role(cx, &build.project, role).is_err() {
        return Err(denied(format!(
            "CodeBuild is not authorized to perform: sts:AssumeRole on {role}"
        )));
    }
    log::open(cx, build).map_err(denied)?;
    let image = &build.settings.environment.image;
    if !images::can_be_pulled(image) {
        return Err((
            "BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE".to_owned(),
            format!(
                "Unable to pull customer's container image. CannotPullContainerError: {image}: not found"
            ),
        ));
    }
    log::say(cx, build, "Running on CodeBuild On-demand");
    log::say(cx, build, "Waiting for agent ping");
    log::say(cx, build, "Waiting for DOWNLOAD_SOURCE");
    Ok(())
}

fn download(cx: &mut Cx, build: &mut Build) -> Result<(), Problem> {
    log::say(cx, build, "Phase is DOWNLOAD_SOURCE");
    let downloaded = source::download(cx, build)?;
    build.resolved_version.clone_from(&downloaded.version);
    let home = format!("/codebuild/output/src{}/src", &build.uuid()[..8]);
    let wrong = |words: String| ("YAML_FILE_ERROR".to_owned(), words);
    let given = build
        .settings
        .source
        .buildspec
        .as_deref()
        .filter(|given| !given.is_empty());
    let inline = given.filter(|given| given.contains('\n'));
    let path = given.unwrap_or("buildspec.yml");
    log::say(cx, build, &format!("CODEBUILD_SRC_DIR={home}"));
    let text = if let Some(inline) = inline {
        inline.to_owned()
    } else {
        log::say(cx, build, &format!("YAML location is {home}/{path}"));
        let file = downloaded.files.get(path.trim_start_matches("./"));
        let file = file.ok_or_else(|| wrong("YAML file does not exist".to_owned()))?;
        String::from_utf8_lossy(file).into_owned()
    };
    let buildspec = buildspec::read(&text).map_err(wrong)?;
    log::say(cx, build, "Processing environment variables");
    let variables = variables::of(cx, build, &buildspec, &home)?;
    log::say(cx, build, &format!("Moving to directory {home}"));
    let present = buildspec.phases.iter().filter(|steps| steps.is_there);
    log::say(
        cx,
        build,
        &format!("Phases found in YAML: {}", present.count()),
    );
    for (phase, steps) in ["INSTALL", "PRE_BUILD", "BUILD", "POST_BUILD"]
        .iter()
        .zip(&buildspec.phases)
    {
        if steps.is_there {
            log::say(
                cx,
                build,
                &format!(" {phase}: {} commands", steps.commands.len()),
            );
        }
    }
    let mut machine = Machine::new(&home, downloaded.files);
    machine.variables = variables;
    build.run = Some(Run {
        machine,
        buildspec,
        done: 0,
        failure: None,
        pending: None,
    });
    Ok(())
}

/// Hears the end of the command that ran, and begins the next; `None` while there is one.
fn command(cx: &mut Cx, build: &mut Build, at: usize) -> Option<Result<(), Problem>> {
    // The machine is taken out, so that the log can be written beside it.
    let mut run = build.run.take()?;
    let steps = &run.buildspec.phases[at];
    if let Some(pending) = run.pending.take() {
        log::output(cx, build, &pending.output);
        if pending.status != 0 {
            let (line, status) = (&pending.line, pending.status);
            log::say(
                cx,
                build,
                &format!("Command did not exit successfully {line} exit status {status}"),
            );
            run.failure.get_or_insert((line.clone(), status));
            // What is left of the commands is not run; what is to run in any case, is.
            let ends = [
                steps.commands.len(),
                steps.commands.len() + steps.finally.len(),
            ];
            run.done = ends
                .into_iter()
                .find(|end| run.done <= *end)
                .unwrap_or(run.done);
        }
    }
    let Some(line) = steps
        .commands
        .iter()
        .chain(&steps.finally)
        .nth(run.done)
        .cloned()
    else {
        let failed = run.failure.take();
        build.exported = variables::exported(&run.buildspec, &run.machine);
        build.run = Some(run);
        return Some(match failed {
            None => Ok(()),
            Some((line, status)) => Err((
                "COMMAND_EXECUTION_ERROR".to_owned(),
                format!("Error while executing command: {line}. Reason: exit status {status}"),
            )),
        });
    };
    log::say(cx, build, &format!("Running command {line}"));
    let surroundings = Surroundings {
        role: build.settings.service_role.clone(),
        session: log::session(build),
        privileged: build.settings.environment.privileged_mode,
        revision: build.resolved_version.clone().unwrap_or_default(),
        cloned: build.handed.is_none() && build.resolved_version.is_some(),
    };
    let done = shell::run(cx, &mut run.machine, &surroundings, &line);
    run.done += 1;
    run.pending = Some(Pending {
        line,
        status: done.status,
        output: done.output,
    });
    build.run = Some(run);
    step_after(cx, build, Duration::from_millis(u64::from(done.took) * 100));
    None
}

fn upload(cx: &mut Cx, build: &mut Build) -> Result<(), Problem> {
    let wanted = build.run.as_ref().and_then(|run| {
        let wanted = run.buildspec.artifacts.as_ref()?;
        Some((wanted.clone(), run.machine.files.clone()))
    });
    let Some((wanted, files)) = wanted.filter(|_| build.settings.artifacts.kind != "NO_ARTIFACTS")
    else {
        return Ok(());
    };
    let failed = |words| ("CLIENT_ERROR".to_owned(), words);
    for pattern in &wanted.include {
        log::say(cx, build, &format!("Expanding {pattern}"));
    }
    let found = artifacts::collect(&wanted, &files).map_err(failed)?;
    log::say(
        cx,
        build,
        &format!("Found {} file(s)", found.iter().count()),
    );
    output::check(cx, build).map_err(failed)?;
    output::store(cx, build, &found).map_err(failed)?;
    build.artifact = Some(found);
    Ok(())
}
