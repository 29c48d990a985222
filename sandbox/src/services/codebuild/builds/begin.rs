//! How every build begins.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::Duration;

use super::log;
use super::phases::{Phase, PhaseType, Status};
use super::run;
use super::state::{Build, Handed};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::codebuild::checks;
use crate::services::codebuild::settings::Settings;

/// How many builds a Region remembers: the account is stored as a whole.
const KEPT: usize = 60;

/// How many of them keep the files of their artifacts.
const ARTIFACTS: usize = 5;

/// How many builds may run at once for the usual machine (User Guide, "Quotas for AWS `CodeBuild`").
const AT_ONCE: usize = 60;

/// What a build begins with.
pub(super) struct Beginning {
    pub(super) project: String,
    pub(super) settings: Settings,
    pub(super) source_version: Option<String>,
    pub(super) handed: Option<Handed>,
    pub(super) initiator: String,
}

/// Begins a build; gives its id.
pub(super) fn begin(cx: &mut Cx, beginning: Beginning) -> Result<String, Fault> {
    let Beginning {
        project,
        settings,
        source_version,
        handed,
        initiator,
    } = beginning;
    checks::role(cx, &project, &settings.service_role)?;
    let running = cx
        .region()
        .codebuild
        .builds
        .values()
        .filter(|build| !build.is_complete());
    let of_project = running
        .clone()
        .filter(|build| build.project == project)
        .count();
    let most = settings
        .concurrent_builds
        .map_or(AT_ONCE, |most| most as usize);
    if of_project >= most || running.count() >= AT_ONCE {
        let words = format!("Cannot have more than {most} builds in queue for the account");
        return Err(Fault::new("AccountLimitExceededException", words));
    }
    let uuid = cx.account.ids.uuid();
    let id = format!("{project}:{uuid}");
    let now = cx.now;
    let project_state = cx.region().codebuild.projects.get_mut(&project);
    let number = project_state.map_or(1, |project| {
        project.builds += 1;
        project.builds
    });
    let minutes = |minutes: u32| Duration::from_secs(u64::from(minutes) * 60);
    let timeout = cx.after(minutes(settings.timeout));
    let build = Build {
        id: id.clone(),
        arn: cx.arn("codebuild", &format!("build/{id}")),
        number,
        initiator,
        started: now,
        ended: None,
        status: Status::InProgress,
        phases: vec![Phase::begun(PhaseType::Submitted, now)],
        source_version: source_version.or_else(|| settings.source_version.clone()),
        resolved_version: None,
        log: log::place(&project, &uuid, &settings.logs),
        project,
        settings,
        handed,
        run: None,
        artifact: None,
        exported: Vec::new(),
    };
    run::plan(cx, &id, timeout);
    let builds = &mut cx.region().codebuild.builds;
    builds.insert(id.clone(), build);
    forget_the_oldest(builds);
    Ok(id)
}

/// Lets the oldest builds go, and of those that stay all but the latest artifacts: a pipeline fetches
/// its own at once.
fn forget_the_oldest(builds: &mut BTreeMap<String, Build>) {
    let complete = builds.values().filter(|build| build.is_complete());
    let mut oldest = complete
        .map(|build| (Reverse(build.started), build.id.clone()))
        .collect::<Vec<_>>();
    oldest.sort();
    for (at, (_, id)) in oldest.into_iter().enumerate().skip(ARTIFACTS) {
        if at >= KEPT {
            builds.remove(&id);
        } else if let Some(build) = builds.get_mut(&id) {
            build.artifact = None;
        }
    }
}
