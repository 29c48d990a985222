//! How amounts and numbers read.

#[cfg(feature = "ssr")]
use workshop::model::{AccountKind, Way};
use workshop::{
    blueprint::{Micros, Step},
    model::{NodeState, RailItem, StepState},
};

/// US dollars, to the cent, and to a tenth of a cent where there is less than one: `$0.16`.
pub(crate) fn dollars(micros: Micros) -> String {
    // Whole numbers all the way: the formatting of fractions would weigh more than an island.
    let (unit, digits) = match micros {
        0 => return "$0".to_owned(),
        1..10_000 => (1_000, 3),
        _ => (10_000, 2),
    };
    let rounded = (micros + unit / 2) / unit;
    let a_dollar = 1_000_000 / unit;
    let (whole, part) = (rounded / a_dollar, rounded % a_dollar);
    format!("${whole}.{part:0digits$}")
}

/// The verb before an amount: a simulated account costs nothing.
#[cfg(feature = "ssr")]
pub(crate) const fn costs(account: AccountKind) -> &'static str {
    match account {
        AccountKind::Sandbox { .. } => "would cost",
        AccountKind::Aws => "costs",
    }
}

/// `1 resource`, `2 resources`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// The address of a step's page.
pub(crate) fn step_address(step: Step) -> String {
    format!("/steps/{}", step.number())
}

/// A way as it stands in an address.
#[cfg(feature = "ssr")]
pub(crate) const fn way_key(way: Way) -> &'static str {
    match way {
        Way::Form => "form",
        Way::Cli => "cli",
        Way::Console => "console",
    }
}

/// What stands beside a step in the rail. A warning's sentence stands on the step's page.
pub(crate) fn rail_note(item: &RailItem) -> String {
    match item.state {
        StepState::NotBegun => format!("{} min", item.step.minutes()),
        state if state.is_done() => "passed".to_owned(),
        state => state.word().to_owned(),
    }
}

/// A resource's state as a CSS class names it.
pub(crate) const fn state_key(state: NodeState) -> &'static str {
    match state {
        NodeState::Absent => "absent",
        NodeState::Coming => "coming",
        NodeState::Right => "right",
        NodeState::Wrong => "wrong",
        NodeState::Unknown => "unknown",
    }
}

/// A resource's state as a sign and in words.
pub(crate) const fn state_words(state: NodeState) -> (&'static str, &'static str) {
    match state {
        NodeState::Absent => ("–", "not there"),
        NodeState::Coming => ("◔", "coming"),
        NodeState::Right => ("✓", "there and right"),
        NodeState::Wrong => ("✕", "there and wrong"),
        NodeState::Unknown => ("?", "could not tell"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_people_write_them() {
        assert_eq!(dollars(0), "$0");
        assert_eq!(dollars(2_500), "$0.003");
        assert_eq!(dollars(9_999), "$0.010");
        assert_eq!(dollars(82_000), "$0.08");
        assert_eq!(dollars(995_001), "$1.00");
        assert_eq!(dollars(164_000), "$0.16");
        assert_eq!(dollars(17_400_000), "$17.40");
        assert_eq!(count(1, "resource"), "1 resource");
        assert_eq!(count(6, "resource"), "6 resources");
    }
}
