//! The condition keys that a request brings along.

use serde_json::Value;

use super::resources;
use crate::services::iam::Key;

/// The keys that the parameters say.
pub(super) fn of(input: &Value) -> Vec<Key> {
    let mut keys = tags(input);
    for (key, parameter) in [
        ("iam:PolicyARN", "PolicyArn"),
        ("iam:AWSServiceName", "AWSServiceName"),
    ] {
        if let Some(value) = resources::values(input, parameter).next() {
            keys.push((key.to_owned(), vec![value.to_owned()]));
        }
    }
    keys
}

/// `aws:RequestTag/…` and `aws:TagKeys`: tags are a list of pairs or a map.
fn tags(input: &Value) -> Vec<Key> {
    let mut keys = Vec::new();
    for at in ["Tags", "tags", "TagSpecification"] {
        let given = input.get(at).unwrap_or(&Value::Null);
        let nested = given.as_array().into_iter().flatten();
        let nested = nested.filter_map(|specification| specification.get("Tag"));
        for list in nested.chain([given]) {
            keys.extend(pairs(list));
        }
    }
    let names: Vec<String> = keys.iter().map(|(key, _)| key.clone()).collect();
    let mut keys: Vec<Key> = keys
        .into_iter()
        .map(|(key, value)| (format!("aws:RequestTag/{key}"), vec![value]))
        .collect();
    if !names.is_empty() {
        keys.push(("aws:TagKeys".to_owned(), names));
    }
    keys
}

fn pairs(list: &Value) -> Vec<(String, String)> {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    match list {
        Value::Object(map) => map
            .iter()
            .filter_map(|(key, value)| Some((key.clone(), text(Some(value))?)))
            .collect(),
        Value::Array(items) => items
            .iter()
            .filter_map(|item| {
                let of = |upper, lower| text(item.get(upper).or_else(|| item.get(lower)));
                let value = of("Value", "value").unwrap_or_default();
                Some((of("Key", "key")?, value))
            })
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tags_in_every_form() {
        for input in [
            json!({"Tags": [{"Key": "team", "Value": "a"}]}),
            json!({"tags": [{"key": "team", "value": "a"}]}),
            json!({"tags": {"team": "a"}}),
            json!({"TagSpecification": [{"ResourceType": "vpc", "Tag": [{"Key": "team", "Value": "a"}]}]}),
        ] {
            let keys = of(&input);
            let one = |key: &str, value: &str| (key.to_owned(), vec![value.to_owned()]);
            assert_eq!(
                keys,
                [one("aws:RequestTag/team", "a"), one("aws:TagKeys", "team")],
                "{input}"
            );
        }
        assert_eq!(of(&json!({"name": "x"})), []);
    }
}
