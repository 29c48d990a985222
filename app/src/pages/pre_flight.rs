//! Whether a push would lead to a deployment that gets through.

use leptos::prelude::*;
use leptos_meta::Title;
use workshop::{blueprint::Step, model};

use super::answer::answer;
use crate::{
    components::{Frame, Place, PreFlightCard},
    words::step_address,
};

/// The page of `/pre-flight`.
#[component]
pub fn PreFlightPage() -> impl IntoView {
    answer(
        |services, who| async move { services.pre_flight(&who).await },
        shown,
    )
}

fn shown(page: model::PreFlightPage) -> impl IntoView {
    let frame = page.frame;
    let (account, now) = (frame.account.kind, frame.now);
    let open = frame.first_open().map(before);
    view! {
        <Title text="Pre-flight" />
        <Frame frame=frame live=true>
            <p class="eyebrow">"Before a push"</p>
            <h1>"Will a deployment get through?"</h1>
            <p class="lede">
                "A push costs a build and an hour\u{2019}s waiting if something is amiss. This looks at all that a deployment needs, before you push."
            </p>
            {open}
            <PreFlightCard view=page.view place=Place::Page account=account now=now />
        </Frame>
    }
}

/// A step that is open would be found here, too.
fn before(step: Step) -> impl IntoView {
    view! {
        <p class="onward">
            <a class="button" href=step_address(step)>
                {format!("First finish step {}: {}", step.number(), step.title())}
            </a>
        </p>
    }
}
