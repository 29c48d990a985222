//! The Query protocols' parameters: dotted names into one tree.
//!
//! `Tags.member.1.Key=a` (Query, with the list element's name in between) and
//! `Filter.1.Name=a` (EC2, flattened) both become a list of objects. No model
//! is needed: numbers are lists, and in Query a single child that holds numbers
//! only is an element's name. (In EC2 it is a field: a launch template's
//! `LaunchTemplateData.SecurityGroupId.1`.) An empty list arrives as `Tags=`, an
//! empty string, which [`super::input`] takes for one.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Names nested deeper than this come from no AWS client.
const DEPTH: usize = 12;

#[derive(Default)]
struct Node {
    text: Option<String>,
    children: BTreeMap<String, Node>,
}

/// How lists are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lists {
    /// `Tags.member.1`, or without the name in between.
    Named,
    /// `Tag.1`, and nothing else.
    Flat,
}

/// The tree of the given pairs, or the name that is none.
pub(super) fn tree(
    pairs: impl Iterator<Item = (String, String)>,
    lists: Lists,
) -> Result<Value, String> {
    let mut root = Node::default();
    for (name, text) in pairs {
        let mut node = &mut root;
        if name.split('.').count() > DEPTH || name.split('.').any(str::is_empty) {
            return Err(name);
        }
        for part in name.split('.') {
            node = node.children.entry(part.to_owned()).or_default();
        }
        node.text = Some(text);
    }
    Ok(Value::Object(root.fields(lists)))
}

impl Node {
    fn value(self, lists: Lists) -> Value {
        if self.children.is_empty() {
            return Value::String(self.text.unwrap_or_default());
        }
        if self.is_list() {
            return self.elements(lists);
        }
        let named = lists == Lists::Named && self.children.len() == 1;
        if named && self.children.values().all(Node::is_list) {
            return self
                .children
                .into_values()
                .next()
                .map_or(Value::Null, |elements| elements.elements(lists));
        }
        Value::Object(self.fields(lists))
    }

    fn is_list(&self) -> bool {
        !self.children.is_empty() && self.children.keys().all(|key| key.parse::<u32>().is_ok())
    }

    /// In the order of their numbers, which need not be without gaps.
    fn elements(self, lists: Lists) -> Value {
        let mut elements = self.children.into_iter().collect::<Vec<_>>();
        elements.sort_by_key(|(key, _)| key.parse::<u32>().unwrap_or(u32::MAX));
        let values = elements.into_iter().map(|(_, node)| node.value(lists));
        values.collect()
    }

    fn fields(self, lists: Lists) -> Map<String, Value> {
        self.children
            .into_iter()
            .map(|(key, node)| (key, node.value(lists)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(query: &str) -> Result<Value, String> {
        tree(
            form_urlencoded::parse(query.as_bytes()).into_owned(),
            Lists::Named,
        )
    }

    fn read_flat(query: &str) -> Result<Value, String> {
        tree(
            form_urlencoded::parse(query.as_bytes()).into_owned(),
            Lists::Flat,
        )
    }

    #[test]
    fn lists_of_query_and_of_ec2() {
        assert_eq!(
            read("Tags.member.1.Key=a&Tags.member.1.Value=b&Tags.member.2.Key=c").unwrap(),
            json!({"Tags": [{"Key": "a", "Value": "b"}, {"Key": "c"}]})
        );
        assert_eq!(
            read_flat("Filter.1.Name=vpc-id&Filter.1.Value.1=x&Filter.1.Value.2=y").unwrap(),
            json!({"Filter": [{"Name": "vpc-id", "Value": ["x", "y"]}]})
        );
        assert_eq!(
            read("VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-1").unwrap(),
            json!({"VpcSecurityGroupIds": ["sg-1"]})
        );
    }

    #[test]
    fn a_structure_with_one_list_stays_a_structure() {
        assert_eq!(
            read("Config.Types.member.1=a").unwrap(),
            json!({"Config": {"Types": ["a"]}})
        );
    }

    #[test]
    fn in_ec2_a_single_list_is_a_field() {
        assert_eq!(
            read_flat("Data.SecurityGroupId.1=sg-1").unwrap(),
            json!({"Data": {"SecurityGroupId": ["sg-1"]}})
        );
    }

    #[test]
    fn ten_comes_after_two() {
        let query = (1..=12)
            .map(|n| format!("I.{n}={n}"))
            .collect::<Vec<_>>()
            .join("&");
        let expected = (1..=12).map(|n| n.to_string()).collect::<Vec<_>>();
        assert_eq!(read(&query).unwrap(), json!({"I": expected}));
    }

    #[test]
    fn names_that_are_none_are_refused() {
        assert_eq!(read("A..B=1").unwrap_err(), "A..B");
        assert!(read(&format!("{}=1", ["A"; 40].join("."))).is_err());
    }
}
