//! What steps yield for later ones.

use leptos::prelude::*;
use workshop::model::YieldView;

/// The values, each with a copy button as soon as it is known.
#[component]
pub fn Yields(
    /// What is yielded.
    yields: Vec<YieldView>,
) -> impl IntoView {
    let items = yields.into_iter().map(item).collect_view();
    view! { <dl class="yields">{items}</dl> }
}

fn item(item: YieldView) -> impl IntoView {
    let id = format!("yield-{}", item.variable);
    let known = if item.value.is_some() { "" } else { "not" };
    let value = item.value.unwrap_or_else(|| "not yet".to_owned());
    view! {
        <div data-yield=item.variable data-known=known>
            <dt>{item.label.clone()}</dt>
            <dd>
                <code id=id.clone()>{value}</code>
                <button
                    type="button"
                    class="copy"
                    data-copy=id
                    aria-label=format!("Copy: {}", item.label)
                >
                    "Copy"
                </button>
            </dd>
        </div>
    }
}
