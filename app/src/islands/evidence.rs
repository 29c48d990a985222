//! What the account says: the evidence of a step's check.

use leptos::prelude::*;
use workshop::{
    blueprint::Step,
    model::{Evidence, Finding, Outcome, Timestamp},
};

use super::{clock, fix_it, hub, in_the_console};
use crate::words::{count, step_address};

/// The evidence as a table, with what to do about each miss in its row, and the way on at its end.
#[island]
pub fn LiveEvidence(
    /// The step.
    step: Step,
    /// The last check, as the page was made.
    evidence: Option<Evidence>,
    /// The server's time when the page was made.
    now: Timestamp,
    /// The tab on which the page stands, as its address names it; its forms lead back to it.
    way: String,
    /// Whether the account is a real one, which the AWS console can show.
    real: bool,
) -> impl IntoView {
    let (evidence, set_evidence) = signal(evidence);
    let now = clock::ticking(now);
    let cut_off = hub::cut_off();
    hub::listen("evidence", move |seen: Evidence| {
        if seen.step == step {
            set_evidence.set(Some(seen));
        }
    });

    let check = if evidence.read_untracked().is_some() {
        "Check again"
    } else {
        "Check"
    };
    let at = move || evidence.read().as_ref().map(|evidence| evidence.checked_at);
    let ago = move || at().map(|at| format!("checked {}", at.ago(now.get())));
    let check_action = action(step, "check", &way);
    let found = move || found(evidence.read().as_ref(), step, &way, real);
    view! {
        <section class="card evidence" id="evidence" aria-labelledby="evidence-title">
            <div class="evidence-head">
                <h2 id="evidence-title">"What the account says"</h2>
                <time class="checked" title=move || at().map(Timestamp::utc)>
                    {ago}
                </time>
                <form method="post" action=check_action>
                    <button class="button" data-busy="Checking">
                        {check}
                    </button>
                </form>
            </div>
            <p class="cut-off" hidden=move || !cut_off.get()>
                "Live updates are cut off. This is what was last seen; it goes on by itself."
            </p>
            {found}
        </section>
    }
}

/// What a check found: its outcome, the rows, and the way on where it passed.
fn found(evidence: Option<&Evidence>, step: Step, way: &str, real: bool) -> impl IntoView + use<> {
    let outcome = evidence.map(Evidence::outcome);
    let (sign, word, sentence) = match evidence.zip(outcome) {
        Some((evidence, outcome)) => (outcome.sign(), outcome.word(), sentence(evidence)),
        None => (
            "–",
            "not checked",
            "A check reads the account and changes nothing.".to_owned(),
        ),
    };
    let table = evidence.map(|evidence| table(evidence, way, real));
    let onward = (outcome == Some(Outcome::Passed)).then(|| onward(step));
    view! {
        <p class="headline" role="status" data-outcome=outcome.map(Outcome::key)>
            {badge(sign, word)}
            " "
            <span>{sentence}</span>
        </p>
        {table}
        {onward}
    }
}

/// The address that a form of this page posts to. It carries the tab, so that the answer leads
/// back to it.
fn action(step: Step, verb: &str, way: &str) -> String {
    format!("{}/{verb}?way={way}", step_address(step))
}

/// What the outcome of the whole means, in a sentence.
fn sentence(evidence: &Evidence) -> String {
    let rows = count(evidence.findings.len(), "row");
    let some = |outcome| match evidence.count(outcome) {
        1 => "One".to_owned(),
        number => number.to_string(),
    };
    match evidence.outcome() {
        Outcome::Passed if evidence.has_warning() => {
            format!("All of {rows} will do; a warning says what would be wiser.")
        }
        Outcome::Passed => format!("All of {rows} are as the workshop wants them."),
        Outcome::Wrong => {
            let wrong = some(Outcome::Wrong);
            let verb = if wrong == "One" { "needs" } else { "need" };
            format!("{wrong} of {rows} {verb} you. What to do stands in the row.")
        }
        Outcome::CouldNotTell => format!(
            "{} of {rows} could not be looked at. That is not your fault; check again.",
            some(Outcome::CouldNotTell)
        ),
        Outcome::NotYet => "AWS is still at work. It is checked again by itself.".to_owned(),
    }
}

fn badge(sign: &'static str, word: &'static str) -> impl IntoView {
    view! {
        <span class="outcome">
            <span class="sign" aria-hidden="true">
                {sign}
            </span>
            {word}
        </span>
    }
}

/// The rows, each resource's together.
fn table(evidence: &Evidence, way: &str, real: bool) -> impl IntoView + use<> {
    let step = evidence.step;
    let rows = evidence
        .findings
        .chunk_by(|one, other| one.kind == other.kind)
        .flat_map(|group| {
            group
                .iter()
                .zip([true].into_iter().chain(std::iter::repeat(false)))
        })
        .map(|(finding, first)| row(finding, first, step, way, real))
        .collect_view();
    view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">
                        <span class="visually-hidden">"Outcome"</span>
                    </th>
                    <th scope="col">"Looked at"</th>
                    <th scope="col">"Expected"</th>
                    <th scope="col">"Found"</th>
                </tr>
            </thead>
            {rows}
        </table>
    }
}

/// One finding: what was looked at, and across the columns below it what to do about it.
fn row(finding: &Finding, first: bool, step: Step, way: &str, real: bool) -> impl IntoView + use<> {
    let advice = advice(finding, step, way, real);
    let lines = if advice.is_some() { "2" } else { "1" };
    view! {
        <tbody
            data-finding=format!("{}.{}", finding.kind.key(), finding.setting)
            data-outcome=finding.outcome.key()
            data-first=first.then_some("")
        >
            <tr>
                <td class="verdict" rowspan=lines>
                    {badge(finding.outcome.sign(), finding.outcome.word())}
                </td>
                <th scope="row">
                    {finding.looked_at.clone()} <code class="name">{finding.name.clone()}</code>
                </th>
                <td class="expected" data-label="Expected">
                    {finding.expected.clone()}
                </td>
                <td class="found" data-label="Found">
                    {finding.found.clone()}
                </td>
            </tr>
            {advice}
        </tbody>
    }
}

/// The line below: the warning, or else the likely cause and what to do, by oneself, by the panel
/// or in the console.
fn advice(finding: &Finding, step: Step, way: &str, real: bool) -> Option<impl IntoView + use<>> {
    let sentence = finding.warning.as_ref().or(finding.remedy.as_ref());
    if sentence.is_none() && finding.cause.is_none() {
        return None;
    }
    let cause = finding.cause.clone().unwrap_or_default();
    let sentence = sentence.cloned().unwrap_or_default();
    let fix = fix_it(finding, action(step, "repair", way));
    let console = finding
        .console
        .clone()
        .filter(|_| real && finding.outcome != Outcome::Passed);
    let console = in_the_console(console);
    Some(view! {
        <tr class="advice">
            <td colspan="3">
                <p>
                    <strong>{cause}</strong>
                    " "
                    {sentence}
                </p>
                {fix}
                {console}
            </td>
        </tr>
    })
}

/// The next step's button, where the check ended.
fn onward(step: Step) -> impl IntoView {
    let (address, words) = match step.next() {
        Some(next) => (step_address(next), format!("Go on: {}", next.title())),
        None => ("/overview".to_owned(), "See what stands now".to_owned()),
    };
    view! {
        <p class="onward">
            <a class="button primary" href=address>
                {words}
            </a>
        </p>
    }
}
