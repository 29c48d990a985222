//! Manual approval (CodePipeline User Guide, "Add a manual approval action to a stage").

use super::job::{Job, Outcome};
use crate::clock::Millis;
use crate::context::Cx;
use crate::release::pipeline::due::Of;
use crate::release::pipeline::state::Pipeline;

/// How long there is to answer, unless the action says: a week, which is a
/// person's time and is not hurried.
const WEEK: Millis = 7 * 24 * 60 * 60 * 1000;

pub(super) fn begin(cx: &mut Cx, job: &mut Job) -> Outcome {
    job.run.token = Some(cx.account.ids.uuid());
    let minutes = job.action.timeout_in_minutes.map(Millis::from);
    let until = cx.now + minutes.map_or(WEEK, |minutes| minutes * 60_000);
    job.expires_at(cx, until);
    Outcome::Pending
}

pub(super) fn expired() -> Outcome {
    Outcome::fail(
        "JobFailed",
        "The approval action timed out: nobody answered in time.".to_owned(),
    )
}

/// Answers an approval that waits.
pub(crate) fn approve(
    cx: &mut Cx,
    pipeline: &mut Pipeline,
    of: &Of,
    approved: bool,
    summary: String,
) {
    let by = cx.account.iam.user.arn.clone();
    if let Some((mut job, _)) = Job::again(pipeline, of) {
        job.run.updated_by = Some(by);
        job.run.summary = Some(summary.clone()).filter(|summary| !summary.is_empty());
        let outcome = if approved {
            Outcome::Success
        } else {
            let words = match summary.as_str() {
                "" => "The approval action was rejected.".to_owned(),
                why => format!("The approval action was rejected: {why}"),
            };
            Outcome::fail("JobFailed", words)
        };
        job.conclude(cx, outcome);
    }
}
