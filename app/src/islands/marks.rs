//! New states on what the server drew: the rail, the map and its table, the cost, the yields.
//!
//! Drawing these again in the browser would send their code and their data a second time, for a
//! sign and a word. So an element says by an attribute what it stands for, and this writes its
//! state onto it:
//!
//! | the element has | it is |
//! |---|---|
//! | `data-step="3"` | a step: its `data-state`, `.sign` and `.rail-note` are written |
//! | `data-kind="db_writer"` | a resource: its `data-state`, `.sign` and `.word` are written, and `data-name` with the state becomes its label |
//! | `data-from`, `data-to` | an arrow, drawn out when both its ends are right |
//! | `data-pre-flight="1795508103000"` | the pre-flight of that time; the page is loaded again when there is a later one |
//! | `data-cost` | the cost an hour |
//! | `data-yield="writer_endpoint"` | a yielded value |

use leptos::prelude::*;

/// Keeps the marks of the whole page up to date. It shows nothing itself.
#[island]
pub fn LiveMarks() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::subscribe();
}

#[cfg(feature = "hydrate")]
mod browser {
    use serde::Deserialize;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, NodeList};
    use workshop::{
        blueprint::{Kind, Micros},
        model::{NodeState, RailItem},
    };

    use super::super::hub;
    use crate::words::{dollars, rail_note, state_key, state_words};

    /// Of the event `frame`, what is written here.
    #[derive(Deserialize)]
    struct Frame {
        cost_per_hour: Micros,
        rail: Vec<RailItem>,
        goal: Option<Goal>,
        pre_flight: Option<(serde::de::IgnoredAny, i64)>,
    }

    /// Of what is being made at once: whether it stopped.
    #[derive(Deserialize)]
    struct Goal {
        problem: Option<String>,
    }

    /// Of a resource in the event `resources`, what is written here.
    #[derive(Deserialize)]
    struct Resource {
        kind: Kind,
        state: NodeState,
    }

    /// Of a value in the event `yields`, what is written here.
    #[derive(Deserialize)]
    struct Yield {
        variable: String,
        value: Option<String>,
    }

    pub(super) fn subscribe() {
        hub::listen("frame", |frame: Frame| {
            for element in all("[data-cost]") {
                write(&element, &dollars(frame.cost_per_hour));
            }
            // What began or ended changes more of the page than marks.
            let pre_flight = frame.pre_flight.map(|(_, at)| at.to_string());
            let pre_flight = Some(pre_flight.unwrap_or_default());
            if all("[data-pre-flight]")
                .any(|card| card.get_attribute("data-pre-flight") != pre_flight)
            {
                let _ = leptos::prelude::window().location().reload();
                return;
            }
            let is_under_way = frame.goal.is_some_and(|goal| goal.problem.is_none());
            if is_under_way != all("[data-goal]").next().is_some() {
                let _ = leptos::prelude::window().location().reload();
                return;
            }
            for item in &frame.rail {
                for element in all(&format!("[data-step='{}']", item.step.number())) {
                    set(&element, "data-state", item.state.key());
                    write_in(&element, ".sign", item.state.sign());
                    write_in(&element, ".rail-note", &rail_note(item));
                }
            }
        });
        hub::listen("resources", |resources: Vec<Resource>| {
            // From now on a change shows before one's eyes, and pulses.
            for map in all(".map") {
                set(&map, "data-live", "");
            }
            for resource in &resources {
                for element in all(&format!("[data-kind='{}']", resource.kind.key())) {
                    mark(&element, resource.state);
                }
            }
            let is_right = |key: Option<String>| {
                key.is_none_or(|key| {
                    resources.iter().any(|resource| {
                        resource.kind.key() == key && resource.state == NodeState::Right
                    })
                })
            };
            for arrow in all("[data-arrow]") {
                let stands = is_right(arrow.get_attribute("data-from"))
                    && is_right(arrow.get_attribute("data-to"));
                let state = if stands {
                    NodeState::Right
                } else {
                    NodeState::Absent
                };
                set(&arrow, "data-state", state_key(state));
            }
        });
        hub::listen("yields", |yields: Vec<Yield>| {
            for item in yields {
                for element in all(&format!("[data-yield='{}']", item.variable)) {
                    let known = if item.value.is_some() { "" } else { "not" };
                    set(&element, "data-known", known);
                    write_in(&element, "code", item.value.as_deref().unwrap_or("not yet"));
                }
            }
        });
    }

    fn mark(element: &Element, state: NodeState) {
        let (sign, words) = state_words(state);
        set(element, "data-state", state_key(state));
        write_in(element, ".sign", sign);
        write_in(element, ".word", words);
        if let Some(name) = element.get_attribute("data-name") {
            let label = format!("{name}: {words}");
            write_in(element, ":scope > title", &label);
            if element.has_attribute("aria-label") {
                set(element, "aria-label", &label);
            }
        }
    }

    fn all(selector: &str) -> impl Iterator<Item = Element> + use<> {
        let found: Option<NodeList> = leptos::prelude::document()
            .query_selector_all(selector)
            .ok();
        found
            .into_iter()
            .flat_map(|list| (0..list.length()).filter_map(move |at| list.get(at)?.dyn_into().ok()))
    }

    fn write_in(element: &Element, selector: &str, text: &str) {
        if let Ok(Some(inner)) = element.query_selector(selector) {
            write(&inner, text);
        }
    }

    /// Only what differs, so that nothing is announced or animated that did not change.
    fn write(element: &Element, text: &str) {
        if element.text_content().as_deref() != Some(text) {
            element.set_text_content(Some(text));
        }
    }

    fn set(element: &Element, attribute: &str, value: &str) {
        if element.get_attribute(attribute).as_deref() != Some(value) {
            // It fails for invalid names only, and these are fixed.
            let _ = element.set_attribute(attribute, value);
        }
    }
}
