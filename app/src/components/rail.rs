//! The steps, with how far each is.

use leptos::prelude::*;
use workshop::{blueprint::Step, model::RailItem};

use crate::words::{rail_note, step_address};

/// The steps as a list of links.
#[component]
pub fn Rail(
    /// The steps.
    rail: Vec<RailItem>,
    /// The step whose page this is.
    current: Option<Step>,
) -> impl IntoView {
    let items = rail
        .iter()
        .map(|item| {
            let (step, state) = (item.step, item.state);
            view! {
                <li>
                    <a
                        href=step_address(step)
                        class="rail-step"
                        data-step=step.number()
                        data-state=state.key()
                        aria-current=(current == Some(step)).then_some("step")
                    >
                        <span class="sign" aria-hidden="true">
                            {state.sign()}
                        </span>
                        <span class="rail-title">{step.title()}</span>
                        <span class="rail-note">{rail_note(item)}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="rail-steps">{items}</ol> }
}
