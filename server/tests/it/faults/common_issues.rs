//! “Common Issues and Solutions” of the workshop's text, its twelve bullets: each is brought about in
//! the account, is seen to do its harm there, and then one sentence of the evidence names its cause.

mod build;
mod deployment;
mod health;
mod tasks;

use workshop::blueprint::Kind;
use workshop::blueprint::Kind::RunningTasks;
use workshop::model::{Finding, Outcome};

use super::account::{Hand, Seen};

/// A row of the evidence.
type Row = (Kind, &'static str);

/// Rows that are wrong wherever no task comes up.
const NOTHING_RUNS: [Row; 2] = [(RunningTasks, "running"), (RunningTasks, "healthy")];

/// The sentence that says why tasks stop, and nothing is wrong but what is named: the row itself
/// that is the cause, if there is one, and what cannot run without it.
fn tasks_stop(seen: &Seen, sentence: &str, cause: &[Row]) {
    let stopped = seen.of(RunningTasks, "stopped");
    assert_eq!(stopped.found, sentence, "{stopped:#?}");
    let own = [(RunningTasks, "stopped")];
    wrong_are(seen, &[&own, &NOTHING_RUNS[..], cause].concat());
}

/// The row that is the cause says so in a sentence, and no other is wrong.
fn names(seen: &Seen, row: Row, sentence: &str) {
    let finding = seen.of(row.0, row.1);
    let cause = finding.cause.as_deref().unwrap_or_default();
    assert!(cause.contains(sentence), "“{sentence}”: {finding:#?}");
    assert!(finding.remedy.is_some(), "{finding:#?}");
    wrong_are(seen, &[row]);
}

/// These rows are wrong, all others have passed, but for what stands in a file that nobody can read.
fn wrong_are(seen: &Seen, rows: &[Row]) {
    let cause = |finding: &Finding| finding.cause.clone().unwrap_or_default();
    let expected = |finding: &Finding| {
        if rows.contains(&(finding.kind, finding.setting.as_str())) {
            Outcome::Wrong
        } else if cause(finding).ends_with("which is not there or cannot be read.") {
            Outcome::CouldNotTell
        } else {
            Outcome::Passed
        }
    };
    for finding in seen.0.values() {
        assert_eq!(finding.outcome, expected(finding), "{finding:#?}");
    }
    for (kind, setting) in rows {
        seen.of(*kind, setting);
    }
}

/// Where a release came to an end, and what the pipeline says of it.
struct Stopped {
    stage: String,
    words: String,
    /// The id of the build, or of the deployment.
    external: Option<String>,
}

impl Hand {
    /// Releases the tip of the repository, and waits for the end of it, which is none that anybody
    /// wants.
    async fn release_in_vain(&self) -> Stopped {
        const PIPELINE: &str = "codepipeline-tripmgmt-demo";
        self.wired.panel.deliver_all().await;
        let start = self.codepipeline.start_pipeline_execution();
        let start = start.name(PIPELINE).send().await;
        start.expect("an execution");
        self.wait();
        let state = self.codepipeline.get_pipeline_state().name(PIPELINE);
        let state = state.send().await.expect("the pipeline's state");
        let stages = state.stage_states().iter();
        let mut actions = stages.flat_map(|stage| {
            let stage_name = stage.stage_name().unwrap_or_default();
            let actions = stage.action_states().iter();
            actions.filter_map(move |action| Some((stage_name, action.latest_execution()?)))
        });
        let failed = actions.find(|(_, run)| run.error_details().is_some());
        let (name, run) = failed.unwrap_or_else(|| panic!("nothing has failed: {state:#?}"));
        let error = run.error_details().expect("an error");
        Stopped {
            stage: name.to_owned(),
            words: error.message().unwrap_or_default().to_owned(),
            external: run.external_execution_id().map(str::to_owned),
        }
    }

    /// Starts the tasks anew, and gives them the time to fail some times.
    async fn start_in_vain(&self) -> Seen {
        self.start_anew().await;
        self.wait();
        self.see().await
    }
}
