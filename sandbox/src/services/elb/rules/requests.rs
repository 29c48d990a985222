//! Which requests meet a condition.

use std::net::Ipv4Addr;

use crate::services::ec2::reach::within;
use crate::services::elb::state::Condition;
use crate::wildcard;

/// A request as far as rules look at it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    pub(crate) method: &'a str,
    pub(crate) host: &'a str,
    pub(crate) path: &'a str,
    /// Keys and values.
    pub(crate) query: &'a [(String, String)],
    pub(crate) headers: &'a [(String, String)],
    pub(crate) source: Ipv4Addr,
}

/// Whether `request` meets `condition`; names and hosts in any case, paths in theirs.
pub(in crate::services::elb) fn meets(condition: &Condition, request: &Request) -> bool {
    let any = |text: &str| {
        condition
            .values
            .iter()
            .any(|pattern| wildcard::matches(pattern, text))
    };
    let any_case = |text: &str| {
        let text = text.to_ascii_lowercase();
        condition
            .values
            .iter()
            .any(|pattern| wildcard::matches(&pattern.to_ascii_lowercase(), &text))
    };
    match condition.field.as_str() {
        "path-pattern" => any(request.path),
        "host-header" => any_case(request.host),
        "http-request-method" => condition
            .values
            .iter()
            .any(|method| method == request.method),
        "http-header" => {
            let name = condition.header.as_deref().unwrap_or_default();
            let mut headers = request.headers.iter();
            headers.any(|(key, value)| key.eq_ignore_ascii_case(name) && any_case(value))
        }
        "source-ip" => condition
            .values
            .iter()
            .any(|range| within(range, request.source)),
        _ => condition.pairs.iter().any(|(key, value)| {
            let same = |pattern: &str, text: &str| {
                wildcard::matches(&pattern.to_ascii_lowercase(), &text.to_ascii_lowercase())
            };
            let mut query = request.query.iter();
            query.any(|(name, text)| {
                key.as_ref().is_none_or(|key| same(key, name)) && same(value, text)
            })
        }),
    }
}
