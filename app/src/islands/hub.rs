//! The tab's one event stream, `GET /live`, shared by the islands.
//!
//! Each event is named (`evidence`, `frame`, `resources`, `yields`) and carries the whole value as
//! JSON, so that one that is missed does no harm: the next one makes up for it.

use leptos::prelude::*;
use serde::de::DeserializeOwned;

/// Hands every value of the event `name` to `receive`. On the server there are none.
#[cfg_attr(
    not(feature = "hydrate"),
    expect(unused_variables, reason = "only a browser listens")
)]
pub(super) fn listen<T>(name: &'static str, receive: impl Fn(T) + 'static)
where
    T: DeserializeOwned + 'static,
{
    #[cfg(feature = "hydrate")]
    browser::listen(name, move |json| {
        // A value that this page's code cannot read comes from a newer server: the page stays as
        // it is until it is loaded again.
        if let Ok(value) = serde_json::from_str(&json) {
            receive(value);
        }
    });
}

/// Whether the stream is cut off; the browser keeps trying to get it back.
pub(super) fn cut_off() -> ReadSignal<bool> {
    let (is_cut_off, set_cut_off) = signal(false);
    #[cfg(feature = "hydrate")]
    browser::watch_connection(move |connected| set_cut_off.set(!connected));
    #[cfg(not(feature = "hydrate"))]
    let _ = set_cut_off;
    is_cut_off
}

#[cfg(feature = "hydrate")]
mod browser {
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{EventSource, MessageEvent};

    thread_local! {
        static STREAM: Option<EventSource> = EventSource::new("/live").ok();
    }

    pub(super) fn listen(name: &str, receive: impl Fn(String) + 'static) {
        on(name, move |event| {
            if let Some(json) = event
                .dyn_ref::<MessageEvent>()
                .and_then(|message| message.data().as_string())
            {
                receive(json);
            }
        });
    }

    pub(super) fn watch_connection(tell: impl Fn(bool) + Clone + 'static) {
        let lost = tell.clone();
        on("error", move |_| lost(false));
        on("open", move |_| tell(true));
    }

    fn on(name: &str, handle: impl Fn(web_sys::Event) + 'static) {
        STREAM.with(|stream| {
            let Some(stream) = stream else { return };
            let handler = Closure::<dyn Fn(web_sys::Event)>::new(handle);
            // It fails for no name that is ever passed here, and then the page just stays still.
            let _ = stream.add_event_listener_with_callback(name, handler.as_ref().unchecked_ref());
            // Islands live as long as their page.
            handler.forget();
        });
    }
}
