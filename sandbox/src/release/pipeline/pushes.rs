//! A push starts the pipelines that watch its branch (CodePipeline User Guide,
//! "Automate starting pipelines using triggers and filtering").

use super::advance::with;
use super::start::{Start, start};
use super::state::{Pipeline, Trigger, TriggerType};
use crate::context::Cx;
use crate::services::codepipeline::declaration::{Action, Globs, PushFilter};
use crate::wildcard;

/// A push, as pipelines see it.
#[derive(Debug)]
pub(crate) struct Pushed<'a> {
    pub(crate) repository: &'a str,
    pub(crate) branch: &'a str,
    /// The paths of the files that it changed.
    pub(crate) changed: Vec<String>,
}

/// Starts the pipelines of the Region that watch the branch.
pub(crate) fn pushed(cx: &mut Cx, push: &Pushed) {
    let pipelines = cx.region().codepipeline.pipelines.values();
    let watching = pipelines
        .filter_map(|pipeline| Some((pipeline.declaration.name.clone(), watcher(pipeline, push)?)));
    let watching = watching.collect::<Vec<_>>();
    for (name, connection) in watching {
        with(cx, &name, |cx, pipeline| {
            let trigger = Trigger {
                trigger_type: TriggerType::WebhookV2,
                trigger_detail: connection,
            };
            start(cx, pipeline, Start::by(trigger))
        });
    }
}

/// The connection through which the pipeline is told of the push, if it is.
fn watcher(pipeline: &Pipeline, push: &Pushed) -> Option<String> {
    let sources = pipeline.declaration.stages.first()?.actions.iter();
    let connected =
        sources.filter(|action| action.action_type_id.provider == "CodeStarSourceConnection");
    let watching = |action: &&Action| {
        let configured = |key: &str| action.configuration.get(key).map(String::as_str);
        let mut triggers = pipeline.declaration.triggers.iter();
        let trigger = triggers.find(|it| it.git_configuration.source_action_name == action.name);
        configured("FullRepositoryId") == Some(push.repository)
            && match trigger {
                // A trigger with filters takes the place of the branch.
                Some(trigger) => match &trigger.git_configuration.push {
                    Some(filters) => filters.iter().any(|filter| fits(filter, push)),
                    None => false,
                },
                None => {
                    configured("BranchName") == Some(push.branch)
                        && configured("DetectChanges") != Some("false")
                }
            }
    };
    let source = connected.into_iter().find(watching)?;
    source.configuration.get("ConnectionArn").cloned()
}

/// Whether a push to a branch is one that the filter lets through.
fn fits(filter: &PushFilter, push: &Pushed) -> bool {
    let branch = |globs: &Globs| admits(globs, push.branch);
    let files = |globs: &Globs| push.changed.iter().any(|path| admits(globs, path));
    // A filter for tags alone is none for branches.
    let tags_only = filter.tags.is_some() && filter.branches.is_none();
    !tags_only
        && filter.branches.as_ref().is_none_or(branch)
        && filter.file_paths.as_ref().is_none_or(files)
}

fn admits(globs: &Globs, text: &str) -> bool {
    let any = |patterns: &Option<Vec<String>>| {
        let mut patterns = patterns.iter().flatten();
        patterns.any(|pattern| wildcard::matches(&pattern.replace("**", "*"), text))
    };
    (globs.includes.is_none() || any(&globs.includes)) && !any(&globs.excludes)
}
