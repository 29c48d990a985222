//! Light or dark, in a cookie, so that no page flashes.

use axum::Form;
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, HeaderValue, header};
use serde::Deserialize;

/// What the button sends.
#[derive(Debug, Deserialize)]
pub(super) struct Choice {
    theme: String,
    back: String,
}

/// `POST /theme`
pub(super) async fn choose(Form(choice): Form<Choice>) -> Response {
    // Only a path of our own: an address would lead elsewhere.
    let is_path = choice.back.starts_with('/')
        && !choice.back.starts_with("//")
        && !choice.back.contains('\\');
    let mut response = Redirect::to(if is_path { &choice.back } else { "/" }).into_response();
    let theme = app::Theme::from_key(&choice.theme).key();
    let cookie = format!("theme={theme}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// The theme in the request's cookie.
pub(super) fn chosen(headers: &HeaderMap) -> app::Theme {
    let cookies = headers
        .get_all(header::COOKIE)
        .into_iter()
        .filter_map(|value| value.to_str().ok());
    let theme = cookies
        .flat_map(|text| text.split(';'))
        .find_map(|pair| pair.trim().strip_prefix("theme="));
    theme.map_or_else(app::Theme::default, app::Theme::from_key)
}
