//! Pages of a list: a size and a token.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// One page and the token of the next, if there is one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    pub(crate) next: Option<String>,
}

/// The page that `token` stands for, at most `size` items long.
///
/// `None` if the token is not one of ours: each service has its own words for that.
pub(crate) fn page<T>(items: Vec<T>, token: Option<&str>, size: usize) -> Option<Page<T>> {
    let start = match token.filter(|token| !token.is_empty()) {
        None => 0,
        Some(token) => read(token)?,
    };
    let total = items.len();
    let items = items.into_iter().skip(start).take(size).collect::<Vec<_>>();
    let end = start + items.len();
    Some(Page {
        items,
        next: (end < total).then(|| URL_SAFE_NO_PAD.encode(format!("from:{end}"))),
    })
}

fn read(token: &str) -> Option<usize> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    text.strip_prefix("from:")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_join_up() {
        let all = (0..5).collect::<Vec<_>>();
        let (mut seen, mut token) = (Vec::new(), None);
        loop {
            let page = page(all.clone(), token.as_deref(), 2).unwrap();
            seen.extend(page.items);
            token = page.next;
            if token.is_none() {
                break;
            }
        }
        assert_eq!(seen, all);
    }

    #[test]
    fn a_strange_token_is_none() {
        assert_eq!(page(vec![1], Some("garbage"), 10), None);
    }
}
