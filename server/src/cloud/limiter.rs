//! A limit on the calls to each API, so that a room of attendees on one account does not run
//! into AWS's.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Calls a second that each API of a Region is sent at most, far below AWS's limits for reading
/// (EC2's are the only ones that it publishes: 20 a second; "Request throttling for the Amazon
/// EC2 API").
const RATE: f64 = 15.0;
/// The rate after any number of refusals.
const SLOWEST: f64 = 0.5;
/// Calls that may go out at once after a rest.
const BURST: f64 = 30.0;
/// By how much an answered call raises a rate that was halved.
const RECOVERY: f64 = 0.1;

/// Token buckets, one for each API in each Region.
#[derive(Debug)]
pub(super) struct Limiter {
    /// `None` where nothing is limited.
    buckets: Option<Mutex<HashMap<(&'static str, String), Bucket>>>,
}

impl Limiter {
    /// The limits that suit AWS.
    pub(super) fn of_aws() -> Self {
        Self {
            buckets: Some(Mutex::default()),
        }
    }

    /// No limit.
    pub(super) fn none() -> Self {
        Self { buckets: None }
    }

    /// Waits until a call to this API may be sent.
    pub(super) async fn turn(&self, service: &'static str, region: &str) {
        let wait = self.bucket(service, region, Bucket::take);
        if let Some(wait) = wait.filter(|wait| !wait.is_zero()) {
            tokio::time::sleep(wait).await;
        }
    }

    /// Halves the rate of an API that was just throttled.
    pub(super) fn slow_down(&self, service: &'static str, region: &str) {
        self.bucket(service, region, Bucket::slow_down);
    }

    /// Raises a halved rate a little: the API answers again.
    pub(super) fn speed_up(&self, service: &'static str, region: &str) {
        self.bucket(service, region, |bucket, _| bucket.speed_up());
    }

    fn bucket<T>(
        &self,
        service: &'static str,
        region: &str,
        use_it: impl FnOnce(&mut Bucket, Instant) -> T,
    ) -> Option<T> {
        let mut buckets = self
            .buckets
            .as_ref()?
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let bucket = buckets
            .entry((service, region.to_owned()))
            .or_insert_with(|| Bucket::full(now));
        Some(use_it(bucket, now))
    }
}

/// Tokens come at `rate`; a call takes one. Below zero it is a debt, whose payment the caller
/// waits for, so that callers are served in the order in which they came.
#[derive(Debug)]
struct Bucket {
    tokens: f64,
    rate: f64,
    at: Instant,
}

impl Bucket {
    fn full(now: Instant) -> Self {
        Self {
            tokens: BURST,
            rate: RATE,
            at: now,
        }
    }

    /// Takes a token and says how long to wait for it.
    fn take(&mut self, now: Instant) -> Duration {
        self.fill(now);
        self.tokens -= 1.0;
        Duration::from_secs_f64((-self.tokens).max(0.0) / self.rate)
    }

    fn slow_down(&mut self, now: Instant) {
        self.fill(now);
        self.rate = (self.rate / 2.0).max(SLOWEST);
        // What was saved up is what AWS has just refused.
        self.tokens = self.tokens.min(0.0);
    }

    fn speed_up(&mut self) {
        self.rate = (self.rate + RECOVERY).min(RATE);
    }

    fn fill(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.tokens = (self.tokens + passed * self.rate).min(BURST);
        self.at = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_the_rate() {
        let start = Instant::now();
        let mut bucket = Bucket::full(start);
        for _ in 0..30 {
            assert_eq!(bucket.take(start), Duration::ZERO);
        }
        let first = bucket.take(start);
        let second = bucket.take(start);
        assert_eq!(first, Duration::from_secs_f64(1.0 / RATE));
        assert_eq!(second, Duration::from_secs_f64(2.0 / RATE));
        assert_eq!(bucket.take(start + Duration::from_secs(10)), Duration::ZERO);
    }

    #[test]
    fn throttling_halves_the_rate_and_answers_restore_it() {
        let start = Instant::now();
        let mut bucket = Bucket::full(start);
        bucket.slow_down(start);
        assert_eq!(bucket.take(start), Duration::from_secs_f64(2.0 / RATE));
        for _ in 0..20 {
            bucket.slow_down(start);
        }
        assert!(bucket.rate >= SLOWEST);
        for _ in 0..200 {
            bucket.speed_up();
        }
        assert!((bucket.rate - RATE).abs() < f64::EPSILON);
    }

    #[tokio::test]
    async fn each_api_has_a_bucket_of_its_own_and_none_means_none() {
        let limiter = Limiter::of_aws();
        for _ in 0..30 {
            limiter.turn("iam", "eu-west-1").await;
        }
        assert_eq!(
            limiter.bucket("rds", "eu-west-1", Bucket::take),
            Some(Duration::ZERO)
        );
        assert_eq!(Limiter::none().bucket("iam", "x", Bucket::take), None);
    }
}
