//! The calls that the form would send, as commands.

use std::collections::BTreeMap;

use leptos::prelude::*;
use workshop::{
    blueprint::{Kind, Variables},
    model::FormGroup,
};

use crate::content;

/// “Show the calls”: what the button beside it sends, as the AWS CLI would.
#[component]
pub fn ShowTheCalls(
    /// The form, as it stands.
    form: Vec<FormGroup>,
    /// This attendee's values.
    variables: Variables,
) -> impl IntoView {
    let missing: Vec<Kind> = form
        .iter()
        .filter(|group| !group.exists)
        .map(|group| group.kind)
        .collect();
    content::calls(&missing, &answers(&form), &variables).map(|html| {
        view! {
            <details class="calls">
                <summary class="button">"Show the calls"</summary>
                <div inner_html=html></div>
            </details>
        }
    })
}

/// The form's values as the blueprint takes them.
pub(super) fn answers(form: &[FormGroup]) -> BTreeMap<String, String> {
    form.iter()
        .flat_map(|group| &group.fields)
        .map(|field| (field.name.clone(), field.value.clone()))
        .collect()
}
