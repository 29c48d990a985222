//! “Pipeline Fails at Build Stage”.

use workshop::blueprint::Kind::{BuildProject, BuildRole, Buildspec};

use super::{Stopped, names};
use crate::faults::account::{Finished, Hand};

#[tokio::test]
async fn the_build_role_may_not_push() {
    let finished = Finished::make().await;
    let hand = finished.copy("no-push").await;
    hand.see().await;
    hand.forbid("push").await;
    let stopped = hand.release_in_vain().await;
    let (phase, log) = hand.failed_build(&stopped).await;
    assert_eq!(phase, "POST_BUILD");
    assert!(log.contains("denied"), "{log}");
    let sentence = "The build would fail in POST_BUILD, at docker push.";
    names(&hand.see().await, (BuildRole, "push"), sentence);
}

#[tokio::test]
async fn the_buildspec_is_no_yaml() {
    let finished = Finished::make().await;
    let hand = finished.copy("no-yaml").await;
    hand.see().await;
    hand.replace_in("buildspec.yml", "  build:", "\tbuild:");
    let stopped = hand.release_in_vain().await;
    let (phase, _) = hand.failed_build(&stopped).await;
    assert_eq!(phase, "DOWNLOAD_SOURCE");
    let sentence =
        "it would fail in DOWNLOAD_SOURCE with “YAML_FILE_ERROR”. A tab is the usual reason";
    names(&hand.see().await, (Buildspec, "version"), sentence);
}

#[tokio::test]
async fn the_build_has_no_docker() {
    let finished = Finished::make().await;
    let hand = finished.copy("no-docker").await;
    hand.see().await;
    hand.environment(|it| it.privileged_mode(false)).await;
    let stopped = hand.release_in_vain().await;
    let (_, log) = hand.failed_build(&stopped).await;
    let words = "Cannot connect to the Docker daemon";
    assert!(log.contains(words), "{log}");
    names(&hand.see().await, (BuildProject, "privileged"), words);
}

impl Hand {
    /// The phase in which the build failed, and its log.
    async fn failed_build(&self, stopped: &Stopped) -> (String, String) {
        assert_eq!(stopped.stage, "Build", "{}", stopped.words);
        let id = stopped.external.as_deref().expect("a build");
        let builds = self.codebuild.batch_get_builds().ids(id).send().await;
        let builds = builds.expect("the build").builds.unwrap_or_default();
        let failed = builds[0].phases().iter().find(|phase| {
            let status = phase.phase_status();
            status.is_some_and(|status| status.as_str() == "FAILED")
        });
        let phase = failed.and_then(|phase| phase.phase_type());
        let phase = phase.unwrap_or_else(|| panic!("no phase has failed: {builds:#?}"));
        let logs = builds[0].logs();
        let group = logs.and_then(|logs| logs.group_name()).unwrap_or_default();
        let stream = logs.and_then(|logs| logs.stream_name()).unwrap_or_default();
        let lines = self.logs.get_log_events().log_group_name(group);
        let lines = lines.log_stream_name(stream).send().await.expect("its log");
        let lines = lines.events().iter().filter_map(|line| line.message());
        let log = lines.collect::<Vec<_>>().concat();
        (phase.as_str().to_owned(), log)
    }
}
