//! Attributes: settings as keys and values, which load balancers, target groups and listeners have.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::invalid;
use super::state::Attributes;
use crate::fault::Fault;

/// An attribute that there is.
pub(super) struct Attribute {
    key: &'static str,
    default: &'static str,
    allowed: Allowed,
}

/// An entry of a table of attributes.
pub(super) const fn attribute(
    key: &'static str,
    default: &'static str,
    allowed: Allowed,
) -> Attribute {
    Attribute {
        key,
        default,
        allowed,
    }
}

/// The values that an attribute may have.
pub(super) enum Allowed {
    OneOf(&'static [&'static str]),
    Between(u32, u32),
    /// Nought for *off*, or a number between the two.
    ZeroOrBetween(u32, u32),
    /// A word for *off*, or a number between the two.
    WordOrBetween(&'static str, u32, u32),
    Text,
}

/// `true` or `false`.
pub(super) const FLAG: Allowed = Allowed::OneOf(&["true", "false"]);

/// An attribute as it arrives.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct Given {
    key: Option<String>,
    #[serde(default)]
    value: String,
}

/// `current` with what was given, each checked against the `known`; `what` is the service's word
/// for whose attributes they are.
pub(super) fn changed(
    what: &str,
    known: &[Attribute],
    current: &Attributes,
    given: Vec<Given>,
) -> Result<Attributes, Fault> {
    if given.is_empty() {
        return Err(invalid(format!("{what} attributes must be specified")));
    }
    let mut attributes = current.clone();
    let mut seen = Vec::new();
    for Given { key, value } in given {
        let key = key.unwrap_or_default();
        let attribute = known
            .iter()
            .find(|attribute| attribute.key == key)
            .ok_or_else(|| invalid(format!("{what} attribute key '{key}' is not recognized")))?;
        if seen.contains(&key) {
            return Err(invalid(format!(
                "{what} attribute key '{key}' was specified more than once"
            )));
        }
        attribute.check(&value)?;
        seen.push(key.clone());
        attributes.insert(key, value);
    }
    Ok(attributes)
}

/// Every known attribute with its value.
pub(super) fn list(known: &[Attribute], set: &Attributes) -> Value {
    known
        .iter()
        .map(|attribute| json!({ "Key": attribute.key, "Value": attribute.of(set) }))
        .collect()
}

/// The value of attribute `key`; empty if there is none such.
pub(super) fn value<'a>(known: &[Attribute], set: &'a Attributes, key: &str) -> &'a str {
    known
        .iter()
        .find(|attribute| attribute.key == key)
        .map_or("", |attribute| attribute.of(set))
}

impl Attribute {
    fn of<'a>(&self, set: &'a Attributes) -> &'a str {
        set.get(self.key).map_or(self.default, String::as_str)
    }

    fn check(&self, value: &str) -> Result<(), Fault> {
        let key = self.key;
        let within = |least: u32, most: u32| {
            value
                .parse::<u32>()
                .is_ok_and(|number| (least..=most).contains(&number))
        };
        let (good, rule) = match self.allowed {
            Allowed::OneOf(values) => (
                values.contains(&value),
                format!("must be one of [{}]", values.join(", ")),
            ),
            Allowed::Between(least, most) => (
                within(least, most),
                format!("must be between '{least}-{most}' inclusive"),
            ),
            Allowed::ZeroOrBetween(least, most) => (
                value == "0" || within(least, most),
                format!("must be '0' or between '{least}-{most}' inclusive"),
            ),
            Allowed::WordOrBetween(word, least, most) => (
                value == word || within(least, most),
                format!("must be '{word}' or between '{least}-{most}' inclusive"),
            ),
            Allowed::Text => (
                value.chars().count() <= 1024,
                "must be at most '1024' characters long".to_owned(),
            ),
        };
        if good {
            return Ok(());
        }
        Err(invalid(format!("'{key}' value '{value}' {rule}")))
    }
}
