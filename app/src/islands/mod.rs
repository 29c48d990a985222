//! What moves: the only code that the browser gets. Each island shows its first value from the
//! server, as a prop, and later ones as they come over the tab's one event stream.

/// Whether the page at this address (path and query) has islands, so that it needs their code.
#[cfg(feature = "ssr")]
pub(crate) fn stand_on(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    match path.strip_prefix("/steps/") {
        Some(number) => number
            .parse()
            .is_ok_and(|number| workshop::blueprint::Step::from_number(number).is_some()),
        None => path == "/overview",
    }
}
