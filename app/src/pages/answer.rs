//! A page made of the server's answer.

use std::future::Future;

use http::StatusCode;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;
use workshop::{model::Who, panel::PanelError};

use super::{not_found::NotFound, plain::Plain};
use crate::{Services, services::services};

/// Asks the server and shows its answer, or why there is none.
pub(super) fn answer<T, A, V>(
    ask: impl FnOnce(Services, Who) -> A + Send + 'static,
    show: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView
where
    T: Send + 'static,
    A: Future<Output = Result<T, PanelError>> + Send + 'static,
    V: IntoView + 'static,
{
    // The context is at hand now, not once the answer has come.
    let services = services();
    let page = async move {
        let answer = match services {
            Ok((services, who)) => ask(services, who).await,
            Err(error) => Err(error),
        };
        match answer {
            Ok(answer) => show(answer).into_any(),
            Err(PanelError::NotFound(_)) => view! { <NotFound /> }.into_any(),
            Err(error) => view! { <Failed error=error /> }.into_any(),
        }
    };
    view! { <Suspense fallback=|| ()>{Suspend::new(page)}</Suspense> }
}

/// Sets the status of the response.
pub(super) fn set_status(status: u16) {
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(status) = StatusCode::from_u16(status)
    {
        response.set_status(status);
    }
}

/// The server could not answer; the sentence says why and what to do.
#[component]
fn Failed(error: PanelError) -> impl IntoView {
    set_status(error.status());
    view! {
        <Title text="Not now" />
        <Plain>
            <p class="eyebrow">{error.status()}</p>
            <h1>"This page cannot be shown now"</h1>
            <p class="lede">{error.to_string()}</p>
            <p class="onward">
                <a class="button primary" href="">
                    "Try again"
                </a>
                <a class="button" href="/overview">
                    "Overview"
                </a>
            </p>
        </Plain>
    }
}
