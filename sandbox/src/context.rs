//! What an operation works with.

use std::time::Duration;

use crate::agenda::{Due, Plan};
use crate::clock::{self, Millis};
use crate::state::{Account, Region};

/// The account, the Region the call was signed for, and the present.
pub(crate) struct Cx<'a> {
    pub(crate) account: &'a mut Account,
    pub(crate) region: &'a str,
    pub(crate) now: Millis,
}

impl Cx<'_> {
    /// The state of the call's Region, opened at its first use.
    pub(crate) fn region(&mut self) -> &mut Region {
        let Account { regions, ids, .. } = &mut *self.account;
        regions
            .entry(self.region.to_owned())
            .or_insert_with(|| Region::new(self.region, ids))
    }

    /// The same account and instant in another Region.
    pub(crate) fn elsewhere<'b>(&'b mut self, region: &'b str) -> Cx<'b> {
        Cx {
            account: self.account,
            region,
            now: self.now,
        }
    }

    /// A new identifier: `cx.id("vpc-", 17)`.
    pub(crate) fn id(&mut self, prefix: &str, length: usize) -> String {
        self.account.ids.hex(prefix, length)
    }

    /// A new IAM unique id: `cx.unique_id("AROA")`.
    pub(crate) fn unique_id(&mut self, prefix: &str) -> String {
        self.account.ids.unique(prefix)
    }

    /// `arn:aws:{service}:{region}:{account}:{resource}`.
    pub(crate) fn arn(&self, service: &str, resource: &str) -> String {
        format!(
            "arn:aws:{service}:{}:{}:{resource}",
            self.region, self.account.id
        )
    }

    /// `arn:aws:{service}::{account}:{resource}`, for what belongs to no Region.
    pub(crate) fn global_arn(&self, service: &str, resource: &str) -> String {
        format!("arn:aws:{service}::{}:{resource}", self.account.id)
    }

    /// The instant at which a machine is done that needs `real` on AWS.
    pub(crate) fn after(&self, real: Duration) -> Millis {
        self.now
            .saturating_add(clock::hurried(real, self.account.speed))
    }

    /// The present to the second, which is how exact IAM's dates are.
    pub(crate) fn second(&self) -> Millis {
        self.now - self.now.rem_euclid(1000)
    }

    /// Plans that something happens by itself at `at`, in this Region.
    pub(crate) fn plan(&mut self, at: Millis, due: Due) {
        self.account.agenda.add(
            at,
            Plan {
                region: self.region.to_owned(),
                due,
            },
        );
    }
}
