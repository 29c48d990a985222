//! A `Value` as XML.

use serde_json::Value;

use super::wire::instant;
use crate::clock;

/// What the elements of a list are called: by the list's name and the element.
pub(super) type Item<'a> = &'a dyn Fn(&str, &Value) -> &'static str;

/// Writes `<name>…</name>`; lists with one child an element, named by `item`.
/// Null is left out.
pub(super) fn element(out: &mut String, name: &str, value: &Value, item: Item) {
    if value.is_null() {
        return;
    }
    out.push('<');
    out.push_str(name);
    out.push('>');
    content(out, name, value, item);
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// Writes what is inside of an element of that name.
pub(super) fn content(out: &mut String, name: &str, value: &Value, item: Item) {
    if let Some(at) = instant(value) {
        out.push_str(&clock::iso8601(at));
        return;
    }
    match value {
        Value::Null => {}
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::String(text) => escape(out, text),
        Value::Array(items) => items
            .iter()
            .for_each(|each| element(out, item(name, each), each, item)),
        Value::Object(fields) => {
            fields
                .iter()
                .for_each(|(name, field)| element(out, name, field, item));
        }
    }
}

/// Text as XML has it. Control characters, which XML 1.0 cannot carry, are left out.
pub(super) fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#xD;"),
            '\n' | '\t' => out.push(letter),
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::protocol::timestamp;

    #[test]
    fn writes_lists_instants_and_text() {
        let value = json!({
            "Roles": [{"Name": "a<b&\"c\""}, {"Name": "d", "Old": true, "Not": null}],
            "At": timestamp(1_440_938_160_000),
            "None": [],
        });
        let mut out = String::new();
        element(&mut out, "R", &value, &|_, _| "member");
        assert_eq!(
            out,
            "<R><At>2015-08-30T12:36:00Z</At><None></None><Roles>\
             <member><Name>a&lt;b&amp;&quot;c&quot;</Name></member>\
             <member><Name>d</Name><Old>true</Old></member></Roles></R>"
        );
    }
}
