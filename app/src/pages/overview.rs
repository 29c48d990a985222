//! What stands, what it costs, and what is left to do.

use leptos::prelude::*;
use leptos_meta::Title;
use workshop::{
    blueprint::{PRICES_AS_OF, Step, find},
    model::{self, AccountKind, NodeState, ResourceView},
};

use super::answer::answer;
use crate::{
    components::{Frame, Place, PreFlightCard, StartOver, UpTo, WholeMap, Yields},
    words::{costs, count, dollars, state_key, state_words, step_address},
};

/// The page of `/overview`.
#[component]
pub fn OverviewPage() -> impl IntoView {
    answer(
        |services, who| async move { services.overview(&who).await },
        shown,
    )
}

fn shown(page: model::Overview) -> impl IntoView {
    let frame = page.frame;
    let (done, all) = (frame.done(), frame.rail.len());
    let nothing_stands = page
        .resources
        .iter()
        .all(|resource| resource.state == NodeState::Absent);
    let title = match (done, all) {
        (0, _) if nothing_stands => "Nothing stands yet".to_owned(),
        (done, all) if done == all => "The whole pipeline stands".to_owned(),
        _ => format!("{done} of {all} steps are done"),
    };
    let lede = format!(
        "{} done, about {} left. What exists now {} about {} an hour.",
        count(frame.minutes_done() as usize, "minute"),
        frame.minutes_left(),
        costs(frame.account.kind),
        dollars(frame.cost_per_hour)
    );
    let onward = frame.first_open().map(onward);
    let sandbox = matches!(frame.account.kind, AccountKind::Sandbox { .. });
    let start_over = sandbox.then(|| view! { <StartOver workspace=frame.workspace.clone() /> });
    let account = frame.account.clone();
    // While it is under way there is nothing to offer.
    let offers = frame.goal.as_ref().is_none_or(|goal| !goal.is_open());
    let last = Step::ALL.last().copied().filter(|_| offers);
    let known: Vec<_> = page
        .yields
        .into_iter()
        .filter(|item| item.value.is_some())
        .collect();
    let (kind, now) = (frame.account.kind, frame.now);
    let pre_flight = page.pre_flight.map(|view| {
        view! { <PreFlightCard view=view place=Place::Overview account=kind now=now /> }
    });
    let yields = (!known.is_empty()).then(|| {
        view! {
            <details class="card yielded">
                <summary>{format!("What the steps yielded ({})", known.len())}</summary>
                <Yields yields=known />
            </details>
        }
    });
    view! {
        <Title text="Overview" />
        <Frame frame=frame live=true wide=true>
            <div class="overview-head">
                <div>
                    <h1>{title}</h1>
                    <p class="lede">{lede}</p>
                </div>
                {onward}
            </div>
            <WholeMap account=account.clone() resources=page.resources.clone() />
            {last.map(|step| {
                view! { <UpTo step=step account=account.kind resources=page.resources.clone() /> }
            })}
            {pre_flight}
            <Inventory resources=page.resources />
            {yields}
            {start_over}
        </Frame>
    }
}

fn onward(step: Step) -> impl IntoView {
    view! {
        <p class="onward">
            <a class="button primary" href=step_address(step)>
                {format!("Step {}: {}", step.number(), step.title())}
            </a>
        </p>
    }
}

/// The map as a table: every resource with its name, state and price.
#[component]
fn Inventory(resources: Vec<ResourceView>) -> impl IntoView {
    let rows = resources
        .iter()
        .map(|view| {
            let resource = find(view.kind);
            let (sign, words) = state_words(view.state);
            let cost = (view.cost_per_hour > 0).then(|| dollars(view.cost_per_hour));
            view! {
                <tr data-kind=view.kind.key() data-state=state_key(view.state)>
                    <td class="verdict">
                        <span class="outcome">
                            <span class="sign" aria-hidden="true">
                                {sign}
                            </span>
                            <span class="word">{words}</span>
                        </span>
                    </td>
                    <th scope="row">
                        <a href=step_address(resource.step)>{resource.noun}</a>
                    </th>
                    <td>
                        <code>{view.name.clone()}</code>
                    </td>
                    <td class="number">{cost}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2>"What belongs to it"</h2>
            <table class="inventory">
                <thead>
                    <tr>
                        <th scope="col">"State"</th>
                        <th scope="col">"Resource"</th>
                        <th scope="col">"Name"</th>
                        <th scope="col" class="number">
                            "An hour"
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="fine">{format!("List prices of {PRICES_AS_OF}.")}</p>
        </section>
    }
}
