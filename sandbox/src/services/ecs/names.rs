//! Names and ARNs: almost everything in ECS can be named by either.

use super::faults::{invalid, no_such_cluster};
use super::state::Cluster;
use crate::context::Cx;
use crate::fault::Fault;
use crate::page::{Page, page};

/// The name of a cluster that is named by nothing at all.
const DEFAULT: &str = "default";

/// The last part of `arn:aws:ecs:…:{kind}/…/{name}`, or the name itself.
pub(super) fn short<'a>(cx: &Cx, kind: &str, reference: &'a str) -> Result<&'a str, Fault> {
    if !reference.starts_with("arn:") {
        return Ok(reference);
    }
    let own = cx.arn("ecs", &format!("{kind}/"));
    let rest = reference.strip_prefix(&own);
    rest.map(|rest| rest.rsplit('/').next().unwrap_or(rest))
        .ok_or_else(|| invalid(format!("Invalid identifier: {reference}")))
}

/// The name of the cluster that is meant; `default` where none is.
pub(super) fn cluster_name(cx: &Cx, reference: Option<&str>) -> Result<String, Fault> {
    let reference = reference.filter(|name| !name.is_empty());
    short(cx, "cluster", reference.unwrap_or(DEFAULT)).map(str::to_owned)
}

/// The active cluster that is meant.
pub(super) fn cluster<'a>(
    cx: &'a mut Cx,
    reference: Option<&str>,
) -> Result<&'a mut Cluster, Fault> {
    let name = cluster_name(cx, reference)?;
    let found = cx.region().ecs.clusters.get_mut(&name);
    found
        .filter(|cluster| cluster.active)
        .ok_or_else(no_such_cluster)
}

/// Letters, digits, hyphens and underscores, at most 255 of them.
pub(super) fn is_name(name: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    (1..=255).contains(&name.len()) && name.chars().all(fits)
}

/// A page of a list, as ECS's List operations cut them.
pub(super) fn listed<T>(
    items: Vec<T>,
    token: Option<&str>,
    size: Option<usize>,
    default: usize,
) -> Result<Page<T>, Fault> {
    let size = size.unwrap_or(default);
    if !(1..=100).contains(&size) {
        return Err(invalid("Max results must be between 1 and 100."));
    }
    page(items, token, size).ok_or_else(|| invalid("Invalid token."))
}

/// An entry of `failures`.
pub(super) fn missing(arn: &str) -> serde_json::Value {
    serde_json::json!({ "arn": arn, "reason": "MISSING" })
}
