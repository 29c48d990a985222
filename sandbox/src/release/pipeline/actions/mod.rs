//! What actions do. Each kind is a file with `begin`, which starts its work,
//! and, where that takes more than one step, `go_on`, which looks at it again.

mod approval;
mod build;
mod deploy;
mod job;
mod source;
mod task_definition;

pub(crate) use approval::approve;
pub(crate) use deploy::ended as deployment_ended;

use super::due::Of;
use super::state::Pipeline;
use super::variables;
use crate::context::Cx;
use crate::services::codepipeline::declaration::{Action, Category};
use job::{Job, Outcome};

/// Starts an action of the execution `at`.
pub(super) fn begin(cx: &mut Cx, pipeline: &mut Pipeline, at: usize, action: &Action) {
    let mut job = Job::new(cx, pipeline, at, action);
    let outcome = match variables::resolve(job.execution(), &action.configuration) {
        Err(name) => Outcome::fail(
            "ConfigurationError",
            format!(
                "The variable #{{{name}}} in the configuration of the action cannot be resolved."
            ),
        ),
        Ok(configuration) => {
            job.run.configuration = configuration;
            match (
                action.action_type_id.category,
                action.action_type_id.provider.as_str(),
            ) {
                (Category::Source, "CodeStarSourceConnection") => source::begin(cx, &mut job),
                (Category::Build | Category::Test, "CodeBuild") => build::begin(cx, &mut job),
                (Category::Approval, "Manual") => approval::begin(cx, &mut job),
                (Category::Deploy, "CodeDeployToECS") => deploy::begin(cx, &mut job),
                (_, provider) => Outcome::fail(
                    "ConfigurationError",
                    format!("Actions of the provider {provider} are not run in this account."),
                ),
            }
        }
    };
    job.conclude(cx, outcome);
}

/// Looks at the work of an action again.
pub(super) fn go_on(cx: &mut Cx, pipeline: &mut Pipeline, of: &Of) {
    let Some((mut job, action)) = Job::again(pipeline, of) else {
        return;
    };
    let outcome = match action.action_type_id.category {
        Category::Source => source::go_on(cx, &mut job),
        Category::Build | Category::Test => build::go_on(cx, &mut job),
        _ => Outcome::Pending,
    };
    job.conclude(cx, outcome);
}

/// Ends an action whose time is up.
pub(super) fn expire(cx: &mut Cx, pipeline: &mut Pipeline, of: &Of) {
    if let Some((job, action)) = Job::again(pipeline, of) {
        let outcome = match action.action_type_id.category {
            Category::Approval => approval::expired(),
            _ => Outcome::fail("JobFailed", "The action timed out.".to_owned()),
        };
        job.conclude(cx, outcome);
    }
}
