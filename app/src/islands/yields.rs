//! What a step yields for later ones.

use leptos::prelude::*;
use workshop::{blueprint::Step, model::YieldView};

use super::hub;

/// The values of one step, or of all, each with a copy button.
#[island]
pub fn LiveYields(
    /// As the page was made.
    yields: Vec<YieldView>,
    /// Only this step's; `None` for all.
    step: Option<Step>,
) -> impl IntoView {
    let (yields, set_yields) = signal(yields);
    hub::listen("yields", move |all: Vec<YieldView>| set_yields.set(all));
    move || {
        let items = yields
            .read()
            .iter()
            .filter(|item| step.is_none_or(|step| item.step == step))
            .map(item)
            .collect_view();
        view! { <dl class="yields">{items}</dl> }
    }
}

fn item(item: &YieldView) -> impl IntoView + use<> {
    let value = match &item.value {
        Some(value) => {
            let id = format!("yield-{}", item.variable);
            view! {
                <dd class="yielded">
                    <code id=id.clone()>{value.clone()}</code>
                    <button
                        type="button"
                        class="copy"
                        data-copy=id
                        aria-label=format!("Copy: {}", item.label)
                    >
                        "Copy"
                    </button>
                </dd>
            }
            .into_any()
        }
        None => view! { <dd class="not-yielded">"not yet"</dd> }.into_any(),
    };
    view! {
        <div>
            <dt>{item.label.clone()}</dt>
            {value}
        </div>
    }
}
