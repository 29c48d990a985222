//! The first page: what one needs, how long it takes, whose account is about to change.

use leptos::prelude::*;
use leptos_meta::Title;
use workshop::model::{self, Prerequisite};

use super::answer::answer;
use crate::{
    components::Frame,
    content::{self, Reader},
    words::step_address,
};

/// The page of `/start`.
#[component]
pub fn StartPage() -> impl IntoView {
    answer(
        |services, who| async move { services.start(&who).await },
        shown,
    )
}

fn shown(page: model::StartPage) -> impl IntoView {
    let text = content::start();
    let reader = Reader {
        variables: &page.variables,
        account: page.frame.account.kind,
    };
    let lede = text.lede.render(reader);
    let reading = text.reading.render(reader);
    let minutes: u32 = page.frame.rail.iter().map(|item| item.step.minutes()).sum();
    let eyebrow = format!("{} steps · about {minutes} minutes", page.frame.rail.len());
    let (address, words) = match page.frame.first_open() {
        Some(step) if page.begun => (
            step_address(step),
            format!("Go on with step {}: {}", step.number(), step.title()),
        ),
        Some(step) => (step_address(step), format!("Begin: {}", step.title())),
        None => ("/overview".to_owned(), "See what stands".to_owned()),
    };
    view! {
        <Title text="Before you begin" />
        <Frame frame=page.frame live=false>
            <p class="eyebrow">{eyebrow}</p>
            <h1>"Ship without downtime"</h1>
            <p class="lede" inner_html=lede></p>
            <p class="onward first">
                <a class="button primary" href=address>
                    {words}
                </a>
            </p>
            <section class="card">
                <h2>"What you need"</h2>
                <ul class="needs">{page.prerequisites.iter().map(need).collect_view()}</ul>
            </section>
            <div class="prose" inner_html=reading></div>
        </Frame>
    }
}

fn need(need: &Prerequisite) -> impl IntoView + use<> {
    let (sign, word, key) = match need.outcome {
        Some(outcome) => (outcome.sign(), outcome.word(), outcome.key()),
        None => ("–", "yours to see to", "not-begun"),
    };
    let remedy = need
        .remedy
        .clone()
        .map(|remedy| view! { <p class="remedy">{remedy}</p> });
    view! {
        <li data-outcome=key>
            <span class="outcome">
                <span class="sign" aria-hidden="true">
                    {sign}
                </span>
                {word}
            </span>
            <div>
                <strong>{need.title.clone()}</strong>
                <p>{need.detail.clone()}</p>
                {remedy}
            </div>
        </li>
    }
}
