//! XML in: elements into fields, those that are lists into lists.

use roxmltree::{Document, Node};
use serde_json::{Map, Value};

/// Documents nested deeper than this come from no AWS client.
const DEPTH: usize = 12;

/// What the root of that name has in it; `None` if the text is no such document.
pub(super) fn read(text: &str, root: &str, lists: &[&str]) -> Option<Value> {
    let document = Document::parse(text).ok()?;
    let element = document.root_element();
    if element.tag_name().name() != root {
        return None;
    }
    match value(element, lists, DEPTH)? {
        // A root without anything in it.
        Value::String(_) => Some(Value::Object(Map::new())),
        value => Some(value),
    }
}

fn value(element: Node, lists: &[&str], depth: usize) -> Option<Value> {
    if depth == 0 {
        return None;
    }
    let mut fields = Map::new();
    for child in element.children().filter(Node::is_element) {
        let name = child.tag_name().name();
        let value = value(child, lists, depth - 1)?;
        if lists.contains(&name) {
            let list = fields
                .entry(name)
                .or_insert_with(|| Value::Array(Vec::new()));
            list.as_array_mut()?.push(value);
        } else if fields.insert(name.to_owned(), value).is_some() {
            return None;
        }
    }
    Some(if fields.is_empty() {
        let texts = element.children().filter_map(|child| child.text());
        Value::String(texts.collect())
    } else {
        Value::Object(fields)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_are_lists_however_many_there_are() {
        let text = r#"<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
            <TagSet><Tag><Key>a</Key><Value>1 &lt; 2</Value></Tag></TagSet></Tagging>"#;
        let expected = json!({"TagSet": {"Tag": [{"Key": "a", "Value": "1 < 2"}]}});
        assert_eq!(read(text, "Tagging", &["Tag"]), Some(expected));
        assert_eq!(read("<A/>", "A", &[]), Some(json!({})));
    }

    #[test]
    fn what_is_no_such_document() {
        let deep = format!("{}{}", "<A>".repeat(50), "</A>".repeat(50));
        for bad in [
            "",
            "<A>",
            "text",
            "<B/>",
            "<A><C/><C/></A>",
            &deep,
            "<!DOCTYPE a [<!ENTITY e 'x'>]><A>&e;</A>",
        ] {
            assert_eq!(read(bad, "A", &[]), None, "{bad}");
        }
    }
}
