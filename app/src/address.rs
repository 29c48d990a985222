//! Where the page stands.

use leptos::prelude::*;
use leptos_router::location::RequestUrl;

/// The address of this request, path and query: `/steps/3?way=cli`.
pub(crate) fn here() -> String {
    use_context::<RequestUrl>()
        .map(|url| path_and_query(url.as_ref()).to_owned())
        .unwrap_or_default()
}

/// The router is given a whole address, with a host of its own.
fn path_and_query(url: &str) -> &str {
    match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => url,
    }
}

#[cfg(test)]
mod tests {
    use super::path_and_query;

    #[test]
    fn the_host_is_left_out() {
        assert_eq!(
            path_and_query("http://leptos.dev/steps/3?way=cli"),
            "/steps/3?way=cli"
        );
        assert_eq!(path_and_query("http://leptos.dev"), "/");
        assert_eq!(path_and_query("/start"), "/start");
    }
}
