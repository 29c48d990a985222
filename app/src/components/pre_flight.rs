//! The pre-flight: all that a deployment needs, item by item.

use leptos::prelude::*;
use workshop::{
    blueprint::{Step, find},
    model::{AccountKind, Finding, ItemReport, Outcome, PreFlight, PreFlightView, Timestamp},
};

use super::{Banner, LookAgain};
use crate::{
    islands::{fix_it, in_the_console},
    words::{count, step_address},
};

/// The page on which it is shown; its forms lead back there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Its own page.
    Page,
    /// The end of the last step's page.
    Step,
    /// The overview, with what did not pass alone.
    Overview,
}

impl Place {
    const fn key(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Step => "step",
            Self::Overview => "overview",
        }
    }
}

/// Where the forms of a pre-flight lead that was shown at this place.
pub fn pre_flight_address(from: &str) -> &'static str {
    match from {
        "step" => "/steps/12#pre-flight",
        "overview" => "/overview#pre-flight",
        _ => "/pre-flight#pre-flight",
    }
}

/// The card.
#[component]
pub fn PreFlightCard(
    /// What was found last.
    view: PreFlightView,
    /// The page it is on.
    place: Place,
    /// Whose account it is.
    account: AccountKind,
    /// The server's time when the page was made.
    now: Timestamp,
) -> impl IntoView {
    let real = account == AccountKind::Aws;
    let outcome = view.last.as_ref().map(PreFlight::outcome);
    let button = if view.last.is_some() {
        "Look again"
    } else {
        "Look at everything"
    };
    let problem = view
        .problem
        .map(|problem| view! { <Banner title="That did not work." text=problem /> });
    let at = view.last.as_ref().map(|found| found.checked_at);
    let checked = at.map(|at| {
        view! {
            <time class="checked" title=at.utc()>
                {format!("looked at {}", at.ago(now))}
            </time>
        }
    });
    let (sign, word, sentence) = match (outcome, &view.last) {
        (Some(outcome), Some(found)) => (outcome.sign(), outcome.word(), sentence(found)),
        _ => (
            "–",
            "not looked at",
            "It reads the account and the repository, and changes nothing.".to_owned(),
        ),
    };
    let items = view
        .last
        .as_ref()
        .map(|found| items(found, place, real))
        .filter(|_| place != Place::Overview || outcome != Some(Outcome::Passed));
    let waits = (outcome == Some(Outcome::NotYet)).then(|| {
        let address = pre_flight_address(place.key());
        let address = address.split('#').next().unwrap_or_default().to_owned();
        view! { <LookAgain address=address /> }
    });
    let whole = (place == Place::Overview).then(|| {
        view! {
            <p class="onward">
                <a href="/pre-flight">"See every item of it"</a>
            </p>
        }
    });
    view! {
        <section
            class="card pre-flight"
            id="pre-flight"
            aria-labelledby="pre-flight-title"
            data-pre-flight=at.map(|at| at.0.to_string()).unwrap_or_default()
        >
            <div class="evidence-head">
                <h2 id="pre-flight-title">"Pre-flight of the deployment"</h2>
                {checked}
                <form method="post" action=action("/pre-flight", place)>
                    <button class="button" data-busy="Looking">
                        {button}
                    </button>
                </form>
            </div>
            {problem}
            <p class="headline" role="status" data-outcome=outcome.map(Outcome::key)>
                {badge(sign, word)}
                " "
                <span>{sentence}</span>
            </p>
            {items}
            {whole}
            {waits}
        </section>
    }
}

/// What the outcome of the whole means, in a sentence.
fn sentence(found: &PreFlight) -> String {
    let all = count(found.items.len(), "item");
    let number = |outcome| found.count(outcome);
    match found.outcome() {
        Outcome::Passed => {
            format!("All of {all} are ready. A push gets through to its deployment.")
        }
        Outcome::Wrong => format!(
            "{} of {all} would stop a deployment. What to do stands below each.",
            number(Outcome::Wrong)
        ),
        Outcome::CouldNotTell => format!(
            "{} of {all} could not be looked at. That is not your fault; look again.",
            number(Outcome::CouldNotTell)
        ),
        Outcome::NotYet => format!(
            "Not ready yet: {} of {all}. It is looked at again by itself.",
            number(Outcome::NotYet)
        ),
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

/// The address that a form posts to, with the page that it leads back to.
fn action(path: &str, place: Place) -> String {
    format!("{path}?from={}", place.key())
}

/// The items; on the overview those that need somebody.
fn items(found: &PreFlight, place: Place, real: bool) -> impl IntoView + use<> {
    let shown = found
        .items
        .iter()
        .filter(|report| place != Place::Overview || report.outcome() != Outcome::Passed);
    let items = shown.map(|report| item(report, place, real)).collect_view();
    view! { <ol class="items">{items}</ol> }
}

fn item(report: &ItemReport, place: Place, real: bool) -> impl IntoView + use<> {
    let outcome = report.outcome();
    let misses = report
        .misses()
        .map(|finding| miss(finding, place, real))
        .collect_view();
    let warnings = report
        .warnings()
        .filter_map(|finding| finding.warning.as_ref().map(|warning| (finding, warning)))
        .map(|(finding, warning)| {
            view! {
                <p class="warning">
                    <strong>{finding.looked_at.clone()}</strong>
                    " "
                    {warning.clone()}
                </p>
            }
        })
        .collect_view();
    let rows = (!report.findings.is_empty() && place != Place::Overview).then(|| rows(report));
    view! {
        <li data-item=report.item.key() data-outcome=outcome.key()>
            <p class="verdict">{badge(outcome.sign(), outcome.word())}</p>
            <div class="item">
                <h3>{report.item.title()}</h3>
                <p class="item-evidence">{report.evidence.clone()}</p>
                {misses}
                {warnings}
                {rows}
            </div>
        </li>
    }
}

/// A row that did not pass: what was found, why probably, what to do, and where.
fn miss(finding: &Finding, place: Place, real: bool) -> impl IntoView + use<> {
    let step = find(finding.kind).step;
    let fix = fix_it(finding, action("/pre-flight/repair", place));
    let console = in_the_console(finding.console.clone().filter(|_| real));
    let expected = (finding.outcome != Outcome::CouldNotTell)
        .then(|| format!(" Expected: {}.", finding.expected));
    view! {
        <div
            class="miss"
            data-finding=format!("{}.{}", finding.kind.key(), finding.setting)
            data-outcome=finding.outcome.key()
        >
            <p class="miss-found">
                <span class="outcome">
                    <span class="sign" aria-hidden="true">
                        {finding.outcome.sign()}
                    </span>
                    <span class="visually-hidden">{finding.outcome.word()} ": "</span>
                    {finding.looked_at.clone()}
                </span>
                " "
                <code>{finding.name.clone()}</code>
                " "
                {format!("Found: {}.", finding.found)}
                {expected}
            </p>
            <p>
                <strong>{finding.cause.clone()}</strong>
                " "
                {finding.remedy.clone()}
            </p>
            <div class="miss-ways">
                {fix} <a href=format!("{}#evidence", step_address(step))>{there(step)}</a> {console}
            </div>
        </div>
    }
}

fn there(step: Step) -> String {
    format!("Step {}: {}", step.number(), step.title())
}

/// Everything that was looked at, folded.
fn rows(report: &ItemReport) -> impl IntoView + use<> {
    let rows = report
        .findings
        .iter()
        .map(|finding| {
            view! {
                <tr data-outcome=finding.outcome.key()>
                    <td>{badge(finding.outcome.sign(), finding.outcome.word())}</td>
                    <th scope="row">
                        {finding.looked_at.clone()} " " <code class="name">{finding.name.clone()}</code>
                    </th>
                    <td data-label="Expected">{finding.expected.clone()}</td>
                    <td data-label="Found">{finding.found.clone()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="looked-at">
            <summary>{format!("{} looked at", count(report.findings.len(), "row"))}</summary>
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Outcome"</th>
                        <th scope="col">"Looked at"</th>
                        <th scope="col">"Expected"</th>
                        <th scope="col">"Found"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}
