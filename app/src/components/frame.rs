//! What stands around every page: whose account it is, what it costs, the steps.

use leptos::prelude::*;
use workshop::{
    blueprint::Step,
    model::{self, AccountBadge, AccountKind},
};

use super::{GoalBanner, rail::Rail};
use crate::{
    Theme,
    address::here,
    islands::LiveMarks,
    words::{costs, dollars},
};

/// The top bar, the rail, and the page's column between them and the right column.
#[component]
pub fn Frame(
    /// What the server knows for every page.
    frame: model::Frame,
    /// The step whose page this is.
    #[prop(optional_no_strip)]
    current: Option<Step>,
    /// Whether the page has islands, which keep its figures up to date.
    live: bool,
    /// Whether the page takes the right column's place too.
    #[prop(optional)]
    wide: bool,
    /// The right column.
    #[prop(optional_no_strip)]
    side: Option<AnyView>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let verb = costs(frame.account.kind);
    let columns = if wide { "page wide" } else { "page" };
    let heading = format!("Set up · {} of {}", frame.done(), frame.rail.len());
    let here = match current {
        Some(step) => format!("Step {} of {}", step.number(), frame.rail.len()),
        None => "Steps".to_owned(),
    };
    view! {
        <a class="skip" href="#main">
            "Skip to the content"
        </a>
        <header class="bar">
            <Mark />
            <Account account=frame.account.clone() />
            <p class="cost">
                {verb} " "
                <strong class="figure" data-cost="">
                    {dollars(frame.cost_per_hour)}
                </strong> " an hour"
            </p>
            <ThemeButton />
        </header>
        <div class=columns>
            <nav class="rail" id="steps" aria-label="Steps">
                <a class="rail-open" href="#steps">
                    {here}
                    <span aria-hidden="true">" ▾"</span>
                </a>
                <a class="rail-close" href="#main">
                    "Close the steps"
                    <span aria-hidden="true">" ▴"</span>
                </a>
                <div class="rail-body">
                    <ul class="rail-pages">
                        {PAGES.map(|(address, name)| page_link(address, name))}
                    </ul>
                    <p class="eyebrow">{heading}</p>
                    <Rail rail=frame.rail.clone() current=current />
                </div>
            </nav>
            <main id="main" tabindex="-1">
                <GoalBanner frame=frame.clone() />
                {children()}
            </main>
            {side}
        </div>
        {live.then(|| view! { <LiveMarks /> })}
    }
}

/// The pages beside the steps.
const PAGES: [(&str, &str); 3] = [
    ("/start", "Before you begin"),
    ("/overview", "Overview"),
    ("/pre-flight", "Pre-flight"),
];

fn page_link(address: &'static str, name: &'static str) -> impl IntoView {
    let is_here = here() == address;
    view! {
        <li>
            <a href=address aria-current=is_here.then_some("page")>
                {name}
            </a>
        </li>
    }
}

/// The mark: the two versions of one application, and the way home.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <a class="mark" href="/overview">
            <svg width="20" height="8" viewBox="0 0 20 8" aria-hidden="true">
                <circle class="mark-blue" cx="4" cy="4" r="4" />
                <circle class="mark-green" cx="16" cy="4" r="4" />
            </svg>
            "Greenlight"
        </a>
    }
}

/// Which account the pages change: a simulated one and a real one look and read differently.
#[component]
fn Account(account: AccountBadge) -> impl IntoView {
    let id = account.id.map_or_else(
        || view! { <span>"not reachable"</span> }.into_any(),
        |id| account_id(&id).into_any(),
    );
    let region = account.region;
    match account.kind {
        AccountKind::Sandbox { speed } => view! {
            <p class="account sandbox">
                <strong>"Simulated account"</strong>
                " "
                {id}
                " · "
                {region}
                <span class="account-note">
                    {format!(" · time ×{speed}, nothing is charged")}
                </span>
            </p>
        }
        .into_any(),
        AccountKind::Aws => view! {
            <p class="account aws">
                <strong>"AWS account"</strong>
                " "
                {id}
                " · "
                {region}
                <span class="account-note">" · real, and charged"</span>
            </p>
        }
        .into_any(),
    }
}

/// Twelve digits in groups of four. The gaps are drawn, so that a copy is the bare number.
fn account_id(id: &str) -> impl IntoView + use<> {
    let groups = id
        .as_bytes()
        .chunks(4)
        .map(|group| {
            let group = String::from_utf8_lossy(group).into_owned();
            view! { <span>{group}</span> }
        })
        .collect_view();
    view! { <span class="account-id">{groups}</span> }
}

/// Goes through the themes; the server keeps the choice in a cookie and leads back.
#[component]
fn ThemeButton() -> impl IntoView {
    let theme = use_context::<Theme>().unwrap_or_default();
    let (icon, name) = match theme {
        Theme::Auto => ("◐", "as the system says"),
        Theme::Light => ("○", "light"),
        Theme::Dark => ("●", "dark"),
    };
    view! {
        <form method="post" action="/theme" class="theme">
            <input type="hidden" name="theme" value=theme.next().key() />
            <input type="hidden" name="back" value=here() />
            <button
                class="round"
                aria-label=format!("Colours: {name}. Change")
                title=format!("Colours: {name}")
            >
                {icon}
            </button>
        </form>
    }
}
