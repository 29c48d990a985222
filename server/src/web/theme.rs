//! Light or dark, in a cookie, so that no page flashes.

use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, HeaderValue, header};
use serde::Deserialize;

use super::asked::Fields;

/// What the button sends.
#[derive(Debug, Deserialize)]
pub(super) struct Choice {
    theme: String,
    back: String,
}

/// `POST /theme`
pub(super) async fn choose(Fields(choice): Fields<Choice>) -> Response {
    let back = if is_path(&choice.back) {
        &choice.back
    } else {
        "/"
    };
    let mut response = Redirect::to(back).into_response();
    let theme = app::Theme::from_key(&choice.theme).key();
    let cookie = format!("theme={theme}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Whether this is a path of our own; anything else would lead elsewhere. A browser reads `\` as
/// `/` and leaves out tabs and line ends.
fn is_path(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    text.starts_with('/') && !text.starts_with("//") && text.bytes().all(is_plain)
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
