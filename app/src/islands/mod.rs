//! What moves: the only code that the browser gets.
//!
//! The evidence grows and shrinks, so that its island renders it; its first value is a prop. What
//! only changes its state, the rail, the map, the cost, stays the server's: [`LiveMarks`] writes
//! new states onto it. Later values come over the tab's one event stream.

mod clock;
mod evidence;
mod hub;
mod marks;
mod remedy;

pub use evidence::LiveEvidence;
pub use marks::LiveMarks;
pub(crate) use remedy::{fix_it, in_the_console};

/// Whether the page at this address (path and query) has islands, so that it needs their code.
#[cfg(feature = "ssr")]
pub(crate) fn stand_on(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    match path.strip_prefix("/steps/") {
        Some(number) => number
            .parse()
            .is_ok_and(|number| workshop::blueprint::Step::from_number(number).is_some()),
        None => matches!(path, "/overview" | "/pre-flight"),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::stand_on;

    #[test]
    fn only_pages_that_move_need_the_islands() {
        assert!(stand_on("/overview"));
        assert!(stand_on("/steps/1"));
        assert!(stand_on("/steps/3?way=cli"));
        assert!(stand_on("/pre-flight"));
        assert!(!stand_on("/start"));
        assert!(!stand_on("/steps/0"));
        assert!(!stand_on("/steps/99"));
        assert!(!stand_on("/overviews"));
    }
}
