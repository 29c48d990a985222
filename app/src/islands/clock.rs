//! The server's time, ticking.

use leptos::prelude::*;
use workshop::model::Timestamp;

/// The server's time: `now` as the page was made, and onwards in the browser, whose own clock may
/// be wrong and is only used to measure what has passed.
pub(super) fn ticking(now: Timestamp) -> ReadSignal<Timestamp> {
    let (time, set_time) = signal(now);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        let began = js_sys::Date::now();
        let second = std::time::Duration::from_secs(1);
        set_interval(
            move || {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "milliseconds since the page was opened"
                )]
                let passed = (js_sys::Date::now() - began) as i64;
                set_time.set(Timestamp(now.0 + passed));
            },
            second,
        );
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = set_time;
    time
}
