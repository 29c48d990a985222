//! `Filter.N` of the Describe operations.
//!
//! A filter is looked up in what the operation is about to answer: each operation has a table from
//! the filter names that AWS documents to the place of the value in the answer. Several filters
//! must all hold; of a filter's values one is enough; `*` and `?` are wildcards.

use std::slice;

use serde::Deserialize;
use serde_json::Value;

use crate::clock;
use crate::fault::Fault;
use crate::protocol::instant;
use crate::wildcard;

/// One `Filter.N` as it arrives.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct Filter {
    pub(super) name: String,
    #[serde(default)]
    pub(super) value: Vec<String>,
}

/// Filter name to path: dots step into a field, and lists are looked through.
pub(super) type Table = &'static [(&'static str, &'static str)];

/// The filters of one request, checked against the operation's table.
pub(super) struct Selection {
    tests: Vec<(Place, Vec<String>)>,
}

enum Place {
    Path(&'static str),
    Tag(String),
}

impl Selection {
    /// Resolves `filters` with `table`. A name that the table lacks is refused, as AWS does.
    /// `tag:KEY` is known wherever the table has `tag-key`, or `key` where the items are tags.
    pub(super) fn new(filters: Vec<Filter>, table: Table) -> Result<Self, Fault> {
        let has_tags = table
            .iter()
            .any(|(known, _)| matches!(*known, "tag-key" | "key"));
        let path = |name: &str| table.iter().find(|(known, _)| *known == name);
        let tests = filters
            .into_iter()
            .map(|filter| {
                let place = match (path(&filter.name), filter.name.strip_prefix("tag:")) {
                    (Some((_, path)), _) => Place::Path(path),
                    (None, Some(key)) if has_tags => Place::Tag(key.to_owned()),
                    _ => {
                        return Err(Fault::new(
                            "InvalidParameterValue",
                            format!("The filter '{}' is invalid", filter.name),
                        ));
                    }
                };
                Ok((place, filter.value))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { tests })
    }

    /// Whether `item`, in the form in which it is answered, passes every filter.
    pub(super) fn accepts(&self, item: &Value) -> bool {
        self.tests.iter().all(|(place, wanted)| {
            let mut found = Vec::new();
            match place {
                Place::Path(path) => collect(item, path, &mut found),
                Place::Tag(key) => {
                    let tags = match &item["tagSet"] {
                        Value::Array(tags) => tags,
                        _ => slice::from_ref(item),
                    };
                    found.extend(
                        tags.iter()
                            .filter(|tag| tag["key"] == **key)
                            .map(|tag| text(&tag["value"])),
                    );
                }
            }
            found.iter().any(|value| {
                wanted
                    .iter()
                    .any(|pattern| wildcard::matches(pattern, value))
            })
        })
    }
}

/// Appends every value at `path` below `value`.
fn collect(value: &Value, path: &str, found: &mut Vec<String>) {
    if let Some(at) = instant(value) {
        found.push(clock::iso8601(at));
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, path, found)),
        Value::Object(fields) => {
            let (field, rest) = path.split_once('.').unwrap_or((path, ""));
            if let Some(value) = fields.get(field) {
                collect(value, rest, found);
            }
        }
        Value::Null => {}
        leaf if path.is_empty() => found.push(text(leaf)),
        _ => {}
    }
}

fn text(leaf: &Value) -> String {
    leaf.as_str()
        .map_or_else(|| leaf.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn selection(name: &str, value: &str) -> Result<Selection, Fault> {
        let filter = Filter {
            name: name.to_owned(),
            value: vec![value.to_owned()],
        };
        Selection::new(
            vec![filter],
            &[
                ("port", "rules.fromPort"),
                ("default", "isDefault"),
                ("tag-key", "tagSet.key"),
            ],
        )
    }

    #[test]
    fn a_filter_looks_through_lists_and_compares_as_text() {
        let item = json!({
            "isDefault": true,
            "rules": [{ "fromPort": 22 }, { "fromPort": 5432 }],
            "tagSet": [{ "key": "Name", "value": "blue" }],
        });
        for (name, value, accepted) in [
            ("port", "5432", true),
            ("port", "543", false),
            ("port", "5?32", true),
            ("default", "true", true),
            ("default", "false", false),
            ("tag-key", "Na*", true),
            ("tag:Name", "b*e", true),
            ("tag:Name", "Name", false),
            ("tag:Other", "*", false),
        ] {
            let selection = selection(name, value).unwrap();
            assert_eq!(selection.accepts(&item), accepted, "{name}={value}");
        }
    }

    #[test]
    fn an_unknown_filter_is_refused() {
        let fault = selection("ports", "22").err().unwrap();
        assert_eq!(fault.code, "InvalidParameterValue");
        assert_eq!(fault.message, "The filter 'ports' is invalid");
    }
}
