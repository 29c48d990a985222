//! A fault, and the test that each is named.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;

use workshop::blueprint::Kind;
use workshop::model::{Finding, Outcome};

use super::account::{Finished, Hand, Seen};

/// Something that somebody did to an account.
pub(super) struct Fault {
    pub(super) kind: Kind,
    pub(super) setting: &'static str,
    /// What was done, in words.
    pub(super) what: &'static str,
    bring: fn(Hand) -> Deed,
    from: From,
    expect: Expect,
    /// What goes wrong with it, by its nature.
    also: &'static [(Kind, &'static str)],
    by_hand: bool,
}

/// What brings a fault about.
pub(super) type Deed = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The account that is spoilt.
enum From {
    Finished,
    Nothing,
}

/// The words of the finding. Cause, remedy and warning are fragments.
enum Expect {
    Wrong {
        found: &'static str,
        cause: &'static str,
        remedy: &'static str,
    },
    Warned {
        found: &'static str,
        warning: &'static str,
    },
}

/// The setting is wrong: `[found, cause, remedy]`.
pub(super) fn wrong(
    kind: Kind,
    setting: &'static str,
    what: &'static str,
    [found, cause, remedy]: [&'static str; 3],
    bring: fn(Hand) -> Deed,
) -> Fault {
    let expect = Expect::Wrong {
        found,
        cause,
        remedy,
    };
    Fault {
        kind,
        setting,
        what,
        bring,
        from: From::Finished,
        expect,
        also: &[],
        by_hand: false,
    }
}

/// The setting passes with a warning: `[found, warning]`.
pub(super) fn warned(
    kind: Kind,
    setting: &'static str,
    what: &'static str,
    [found, warning]: [&'static str; 2],
    bring: fn(Hand) -> Deed,
) -> Fault {
    let expect = Expect::Warned { found, warning };
    Fault {
        kind,
        setting,
        what,
        bring,
        from: From::Finished,
        expect,
        also: &[],
        by_hand: false,
    }
}

impl Fault {
    /// It is brought about in an account in which nothing was done yet.
    pub(super) fn starting_with_nothing(self) -> Self {
        Self {
            from: From::Nothing,
            ..self
        }
    }

    /// These depend on it, and are not right either.
    pub(super) fn also(self, also: &'static [(Kind, &'static str)]) -> Self {
        Self { also, ..self }
    }

    /// These depend on it, too.
    pub(super) fn and_also(self, more: &[(Kind, &'static str)]) -> Self {
        // A fault's list lives as long as the test.
        let also = [self.also, more].concat().leak();
        self.also(also)
    }

    /// The panel's repair is not enough: somebody has to take something away by hand.
    pub(super) fn by_hand(self) -> Self {
        Self {
            by_hand: true,
            ..self
        }
    }

    /// Brings it about in a copy, and compares what a check says before and after.
    pub(super) async fn try_on(&self, finished: &Finished, number: usize) {
        let name = format!("{}-{number}", self.kind.key().replace('_', "-"));
        let hand = match self.from {
            From::Finished => finished.copy(&name).await,
            From::Nothing => finished.empty(&name).await,
        };
        let before = hand.see().await;
        (self.bring)(hand.clone()).await;
        let after = hand.see().await;
        let at = format!("{:?} {}: {}", self.kind, self.setting, self.what);
        let finding = after.of(self.kind, self.setting);
        self.compare(finding, &at);
        self.others_stand(&before, &after, &at);
        if finding.fixable && !self.by_hand {
            self.put_right(&hand, &at).await;
        }
    }

    fn compare(&self, finding: &Finding, at: &str) {
        let has = |text: &Option<String>, part: &str| {
            let text = text.as_deref().unwrap_or_default();
            assert!(
                text.contains(part),
                "{at}: “{part}” is not in “{text}”: {finding:#?}"
            );
        };
        match self.expect {
            Expect::Wrong {
                found,
                cause,
                remedy,
            } => {
                assert_eq!(finding.outcome, Outcome::Wrong, "{at}: {finding:#?}");
                assert!(is(&finding.found, found), "{at}: {finding:#?}");
                has(&finding.cause, cause);
                has(&finding.remedy, remedy);
            }
            Expect::Warned { found, warning } => {
                assert_eq!(finding.outcome, Outcome::Passed, "{at}: {finding:#?}");
                assert!(is(&finding.found, found), "{at}: {finding:#?}");
                has(&finding.warning, warning);
            }
        }
        let texts = [&finding.cause, &finding.remedy, &finding.warning];
        let unfilled = texts.into_iter().flatten().find(|text| text.contains("{{"));
        assert_eq!(unfilled, None, "{at}");
    }

    /// What was right before is right, and without a warning, unless it depends on the fault.
    fn others_stand(&self, before: &Seen, after: &Seen, at: &str) {
        let depends = |key: &(Kind, String)| self.also.contains(&(key.0, key.1.as_str()));
        let own = (self.kind, self.setting.to_owned());
        for (key, finding) in after.0.iter().filter(|(key, _)| **key != own) {
            // A resource that is there has a row of its status in place of one of its existence.
            let was = before
                .0
                .get(key)
                .or_else(|| before.0.get(&(key.0, "exists".to_owned())));
            let stands = was.is_some_and(|was| {
                was.outcome == finding.outcome && was.warning == finding.warning
            });
            assert_eq!(stands, !depends(key), "{at}: {finding:#?}");
        }
        for (kind, setting) in self.also {
            after.of(*kind, setting);
        }
    }

    /// The button beside the finding keeps its word.
    async fn put_right(&self, hand: &Hand, at: &str) {
        use workshop::panel::Panel;
        let panel = &hand.wired.panel;
        let repaired = panel.repair(&hand.who(), self.kind, self.setting).await;
        assert_eq!(repaired, Ok(()), "{at}");
        hand.wait();
        let seen = hand.see().await;
        let finding = seen.of(self.kind, self.setting);
        assert_eq!(
            finding.outcome,
            Outcome::Passed,
            "{at}: put right: {finding:#?}"
        );
        assert_eq!(finding.warning, None, "{at}: put right: {finding:#?}");
    }
}

/// Whether this was found. What ends in `*` stands for what nobody knows before: an identifier.
fn is(found: &str, expected: &str) -> bool {
    match expected.strip_suffix('*') {
        Some(beginning) => found.starts_with(beginning),
        None => found == expected,
    }
}

/// Tries every fault of a list, in copies of one finished account.
pub(super) async fn try_all(faults: Vec<Fault>) {
    try_each(&Finished::make().await, faults).await;
}

/// Tries every fault of a list, in copies of an account that was finished before, and tells of all
/// that fail.
pub(super) async fn try_each(finished: &Finished, faults: Vec<Fault>) {
    let mut failed = Vec::new();
    for (number, fault) in faults.iter().enumerate() {
        if !holds(Box::pin(fault.try_on(finished, number))).await {
            failed.push(format!(
                "{:?} {}: {}",
                fault.kind, fault.setting, fault.what
            ));
        }
    }
    assert!(
        failed.is_empty(),
        "{} of {}: {failed:#?}",
        failed.len(),
        faults.len()
    );
}

/// Whether a test ends without a panic; the panic has said what is wrong.
async fn holds(mut test: Pin<Box<impl Future<Output = ()>>>) -> bool {
    let caught = poll_fn(|cx| {
        let polled = catch_unwind(AssertUnwindSafe(|| test.as_mut().poll(cx)));
        polled.map_or_else(|_| Poll::Ready(false), |polled| polled.map(|()| true))
    });
    caught.await
}
