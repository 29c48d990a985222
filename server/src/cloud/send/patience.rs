//! Waiting for what AWS has taken on and not everybody there knows yet.

use std::time::Duration;

use crate::cloud::CloudError;

/// How often, and how long between.
const TRIES: u32 = 6;
const BETWEEN: Duration = Duration::from_secs(2);

/// The first answer that `is_early` does not call early, or else the last one.
pub(super) async fn patiently<T, F>(
    mut ask: impl FnMut() -> F,
    is_early: impl Fn(&Result<T, CloudError>) -> bool,
) -> Result<T, CloudError>
where
    F: Future<Output = Result<T, CloudError>>,
{
    for _ in 1..TRIES {
        let answer = ask().await;
        if !is_early(&answer) {
            return answer;
        }
        tokio::time::sleep(BETWEEN).await;
    }
    ask().await
}

/// A role that was made a moment ago is not seen by every service at once (IAM User Guide, "Changes
/// that I make are not always immediately visible"). It looks as if the service were not trusted.
pub(super) fn role_is_not_seen<T>(answer: &Result<T, CloudError>) -> bool {
    answer.as_ref().is_err_and(|error| {
        error
            .message
            .as_deref()
            .is_some_and(|message| message.contains("AssumeRole"))
    })
}
