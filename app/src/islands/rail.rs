//! The steps, with how far each is.

use leptos::prelude::*;
use workshop::{
    blueprint::Step,
    model::{Frame, RailItem, StepState},
};

use super::hub;
use crate::words::step_address;

/// The steps of the rail.
#[island]
pub fn LiveRail(
    /// As the page was made.
    rail: Vec<RailItem>,
    /// The step whose page this is.
    current: Option<Step>,
) -> impl IntoView {
    let (rail, set_rail) = signal(rail);
    hub::listen("frame", move |frame: Frame| set_rail.set(frame.rail));
    move || rail_list(&rail.read(), current)
}

/// The steps as a list of links.
pub(crate) fn rail_list(rail: &[RailItem], current: Option<Step>) -> impl IntoView + use<> {
    let items = rail
        .iter()
        .map(|item| {
            let (step, state) = (item.step, item.state);
            let note = match state {
                StepState::NotBegun => format!("{} min", step.minutes()),
                // The sentence of a warning stands on the step's page.
                state if state.is_done() => "passed".to_owned(),
                state => state.word().to_owned(),
            };
            view! {
                <li>
                    <a
                        href=step_address(step)
                        class="rail-step"
                        data-state=state.key()
                        aria-current=(current == Some(step)).then_some("step")
                    >
                        <span class="sign" aria-hidden="true">
                            {state.sign()}
                        </span>
                        <span class="rail-title">{step.title()}</span>
                        <span class="rail-note">{note}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="rail-steps">{items}</ol> }
}
