//! A step: why, how, what the account says, and what comes of it.

use std::str::FromStr;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use workshop::{
    blueprint::{Kind, Step},
    model::{self, AccountKind, NodeState, Outcome, StepState, Way},
};

use super::{answer::answer, not_found::NotFound};
use crate::{
    components::{
        Banner, Frame, Handshake, LookAgain, MapFragment, Place, PreFlightCard, StepForm, Tabs,
        UpTo, Yields,
    },
    content::{self, Reader},
    islands::LiveEvidence,
    words::{step_address, way_key},
};

/// The page of `/steps/:number`.
#[component]
pub fn StepPage() -> impl IntoView {
    let step = use_params_map()
        .read_untracked()
        .get("number")
        .and_then(|number| u8::from_str(&number).ok())
        .and_then(Step::from_number);
    let way = match use_query_map().read_untracked().get("way").as_deref() {
        Some("cli") => Way::Cli,
        Some("console") => Way::Console,
        _ => Way::Form,
    };
    match step {
        None => view! { <NotFound /> }.into_any(),
        Some(step) => answer(
            move |services, who| async move { services.step(&who, step).await },
            move |page| shown(page, way),
        )
        .into_any(),
    }
}

fn shown(page: model::StepPage, way: Way) -> impl IntoView {
    let step = page.step;
    let account = page.frame.account.kind;
    let now = page.frame.now;
    let text = content::step(step);
    let reader = Reader {
        variables: &page.variables,
        account,
    };
    let lede = text.lede.render(reader);
    // Once something was tried, the text steps back and the work comes first.
    let unread = page.evidence.is_none();
    let reading = (!text.reading.is_empty()).then(|| {
        let html = text.reading.render(reader);
        view! {
            <details class="reading" open=unread>
                <summary>"Why, and what to watch for"</summary>
                <div class="prose" inner_html=html></div>
            </details>
        }
    });
    let eyebrow = format!(
        "Step {} of {} · about {} minutes",
        step.number(),
        page.frame.rail.len(),
        step.minutes()
    );
    let broken = broken(&page.frame, step);
    let waits = page
        .evidence
        .as_ref()
        .is_some_and(|evidence| evidence.outcome() == Outcome::NotYet);
    let panel = match way {
        Way::Form => {
            view! { <StepForm step=step form=page.form variables=page.variables.clone() /> }
                .into_any()
        }
        Way::Cli => prose(text.cli.render(reader)).into_any(),
        Way::Console => prose(text.console.render(reader)).into_any(),
    };
    let yields: Vec<_> = page
        .yields
        .into_iter()
        .filter(|item| item.step == step)
        .collect();
    let yields = (!yields.is_empty()).then(|| {
        view! {
            <section>
                <h2 class="eyebrow">"This step yields"</h2>
                <Yields yields=yields />
            </section>
        }
    });
    let side = view! {
        <aside class="side" aria-label="What comes of this step">
            {yields} <section>
                <h2 class="eyebrow">"Where it sits"</h2>
                <MapFragment step=step resources=page.resources.clone() />
            </section>
        </aside>
    };
    let handshake = pending(&page.resources, step, account).map(|name| {
        view! { <Handshake connection=name way=way_key(way) /> }
    });
    let offers = page.frame.goal.as_ref().is_none_or(|goal| !goal.is_open());
    let up_to = (offers && page.frame.first_open().is_some_and(|open| open < step)).then(|| {
        view! { <UpTo step=step account=account resources=page.resources.clone() /> }
    });
    let pre_flight = page.pre_flight.map(|view| {
        view! { <PreFlightCard view=view place=Place::Step account=account now=now /> }
    });
    view! {
        <Title text=step.title() />
        <Frame frame=page.frame current=Some(step) live=true side=Some(side.into_any())>
            <p class="eyebrow">{eyebrow}</p>
            <h1>{step.title()}</h1>
            <p class="lede" inner_html=lede></p>
            {page.problem.map(|problem| view! { <Banner title="That did not work." text=problem /> })}
            {broken.map(|text| view! { <Banner title="This step is broken." text=text /> })}
            {reading}
            {up_to}
            {handshake}
            <Tabs step=step way=way />
            {panel}
            <LiveEvidence
                step=step
                evidence=page.evidence
                now=now
                way=way_key(way).to_owned()
                real=account == AccountKind::Aws
            />
            {pre_flight}
            {waits
                .then(|| {
                    let address = format!("{}?way={}", step_address(step), way_key(way));
                    view! { <LookAgain address=address /> }
                })}
        </Frame>
    }
}

/// Since when a step that had passed does so no more.
fn broken(frame: &model::Frame, step: Step) -> Option<String> {
    let item = frame.rail.iter().find(|item| item.step == step)?;
    match item.state {
        StepState::Broken { since } => Some(format!(
            "It had passed. That it does no more was noticed {} ({}).",
            since.ago(frame.now),
            since.utc()
        )),
        _ => None,
    }
}

/// The connection that waits for a person, where no console is there to finish it.
fn pending(resources: &[model::ResourceView], step: Step, account: AccountKind) -> Option<String> {
    let is_simulated = matches!(account, AccountKind::Sandbox { .. });
    let connection = resources.iter().find(|resource| {
        resource.kind == Kind::Connection && resource.state == NodeState::Coming
    })?;
    (is_simulated && step == Step::Connection).then(|| connection.name.clone())
}

/// A way that is told, not clicked.
fn prose(html: String) -> impl IntoView {
    view! { <div class="card prose" inner_html=html></div> }
}
