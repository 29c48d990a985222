//! Doing everything up to a step, at once.

use leptos::prelude::*;
use workshop::{
    blueprint::{Step, find},
    model::{AccountKind, Frame, Goal, NodeState, ResourceView},
};

use super::{Banner, LookAgain};
use crate::address::here;
use crate::words::{costs, count, dollars, step_address};

/// The offer: first what it would make and what that costs, then the button.
#[component]
pub fn UpTo(
    /// The last step that is made.
    step: Step,
    /// Whose account it is.
    account: AccountKind,
    /// What is there.
    resources: Vec<ResourceView>,
) -> impl IntoView {
    let missing: Vec<_> = resources
        .iter()
        .map(|view| (view, find(view.kind)))
        .filter(|(view, resource)| {
            view.state == NodeState::Absent && resource.step <= step && resource.optional.is_none()
        })
        .collect();
    (!missing.is_empty()).then(|| {
        let price = missing
            .iter()
            .map(|(_, resource)| resource.price.hourly(None))
            .sum();
        let names = missing
            .iter()
            .map(|(view, resource)| {
                view! { <li>{resource.noun} " " <code>{view.name.clone()}</code></li> }
            })
            .collect_view();
        let number = step.number();
        view! {
            <details class="card up-to">
                <summary>{format!("Do everything up to step {number}")}</summary>
                <p>
                    "With the workshop's answers, in order, and checked after each step. It makes "
                    {count(missing.len(), "resource")} ", which "
                    {match account {
                        AccountKind::Sandbox { .. } => costs(account),
                        AccountKind::Aws => "cost",
                    }} " about " <strong>{dollars(price)}</strong> " an hour while they exist:"
                </p>
                <ul class="up-to-list">{names}</ul>
                <form method="post" action=format!("{}/up-to-here", step_address(step))>
                    <button class="button primary" data-busy="Beginning">
                        {format!("Make all of it, up to step {number}")}
                    </button>
                </form>
            </details>
        }
    })
}

/// Where it is, or why it stopped.
#[component]
pub fn GoalBanner(
    /// What every page knows.
    frame: Frame,
) -> impl IntoView {
    frame.goal.as_ref().map(|goal| match &goal.problem {
        Some(problem) => {
            view! { <Banner title="It stopped on the way." text=problem.clone() /> }.into_any()
        }
        None => under_way(goal, &frame).into_any(),
    })
}

fn under_way(goal: &Goal, frame: &Frame) -> impl IntoView + use<> {
    let now = frame
        .first_open()
        .map(|step| format!(" Now: step {}, {}.", step.number(), step.title()));
    view! {
        <div class="banner under-way" role="status" data-goal=goal.step.number()>
            <p>
                <span class="sign" aria-hidden="true">
                    "◔"
                </span>
                <strong>{format!("Everything up to step {} is being made.", goal.step.number())}</strong>
                {now}
                " It goes on while you look elsewhere."
            </p>
            <LookAgain address=here() />
        </div>
    }
}
