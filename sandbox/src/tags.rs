//! Tags, in the form most services share: a list of `Key` and `Value`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Tags as they are kept.
pub(crate) type Tags = BTreeMap<String, String>;

/// A tag as it arrives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct Tag {
    pub(crate) key: String,
    #[serde(default)]
    pub(crate) value: String,
}

/// What arrived, as it is kept; of two with one key the later wins.
pub(crate) fn collect(tags: Vec<Tag>) -> Tags {
    tags.into_iter().map(|tag| (tag.key, tag.value)).collect()
}

/// What is kept, as it is sent.
pub(crate) fn list(tags: &Tags) -> Value {
    tags.iter()
        .map(|(key, value)| json!({"Key": key, "Value": value}))
        .collect()
}

/// Whether AWS takes this key and value: 1 to 128 characters and at most 256, and not the prefix
/// that AWS keeps for itself, in whatever case (Tagging AWS Resources, "Tag naming limits").
pub(crate) fn fits(key: &str, value: &str) -> bool {
    (1..=128).contains(&key.chars().count())
        && value.chars().count() <= 256
        && !key.to_ascii_lowercase().starts_with("aws:")
}

/// What is there with what is given over it; `None` where that is more than `most`.
pub(crate) fn joined(there: &Tags, given: Tags, most: usize) -> Option<Tags> {
    let mut all = there.clone();
    all.extend(given);
    (all.len() <= most).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_aws_s() {
        assert!(fits("k", ""));
        assert!(fits(&"k".repeat(128), &"v".repeat(256)));
        for (key, value) in [
            ("", "v"),
            (&*"k".repeat(129), "v"),
            ("k", &*"v".repeat(257)),
            ("aws:k", "v"),
            ("AWS:k", "v"),
        ] {
            assert!(!fits(key, value), "{key} {value}");
        }
    }

    #[test]
    fn what_is_given_wins_and_the_sum_is_bounded() {
        let tags = |pairs: &[(&str, &str)]| -> Tags {
            pairs
                .iter()
                .map(|&(key, value)| (key.to_owned(), value.to_owned()))
                .collect()
        };
        let there = tags(&[("a", "1"), ("b", "2")]);
        let all = tags(&[("a", "1"), ("b", "3")]);
        assert_eq!(joined(&there, tags(&[("b", "3")]), 2), Some(all));
        assert_eq!(joined(&there, tags(&[("c", "3")]), 2), None);
    }
}
