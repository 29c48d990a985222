//! The form of a step: what the AWS console asks, with the workshop's values proposed.

use std::collections::BTreeMap;

use super::Variables;

/// One question of a form. Its name among the form's values is `<kind>.<key>`.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Unique within its resource.
    pub key: &'static str,
    /// As the AWS console labels it.
    pub label: &'static str,
    /// Why the workshop proposes this value, in a sentence.
    pub help: &'static str,
    /// What can be answered.
    pub kind: FieldKind,
    /// The workshop's value, a template.
    pub default: &'static str,
}

/// What can be answered to a [`Field`].
#[derive(Debug, Clone, Copy)]
pub enum FieldKind {
    /// A name that later steps refer to: shown, not asked.
    Fixed,
    /// One of these: value and label.
    Choice(&'static [(&'static str, &'static str)]),
    /// A whole number within these bounds, both included.
    Number(i64, i64),
    /// IPv4 ranges in CIDR notation, separated by commas; at least one.
    Cidrs,
    /// A project of the real account's Git host, as `group/name`.
    Project,
    /// A password by RDS's rules, or nothing to have one made.
    Password,
}

/// A value that cannot be sent, and what would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidField {
    /// `<kind>.<key>`.
    pub name: String,
    /// What to enter instead, in a sentence.
    pub message: String,
}

/// The answers of one resource's part of the form, defaults included.
#[derive(Debug, Clone)]
pub struct Inputs<'a> {
    resource: &'a super::Resource,
    chosen: &'a BTreeMap<String, String>,
    variables: &'a Variables,
}

impl<'a> Inputs<'a> {
    /// What was chosen for `resource`; `chosen` is keyed by `<kind>.<key>`.
    pub fn new(
        resource: &'a super::Resource,
        chosen: &'a BTreeMap<String, String>,
        variables: &'a Variables,
    ) -> Self {
        Self {
            resource,
            chosen,
            variables,
        }
    }

    /// The answer to `key`: what was chosen, or else the workshop's value.
    pub fn text(&self, key: &str) -> String {
        self.text_of(self.resource, key)
    }

    /// The answer to `key` of another resource, where one question decides about both.
    pub fn text_of(&self, resource: &super::Resource, key: &str) -> String {
        let chosen = self
            .chosen
            .get(&format!("{}.{key}", resource.kind.key()))
            .map(|text| text.trim());
        match chosen {
            Some(text) if !text.is_empty() => text.to_owned(),
            _ => {
                let default = resource
                    .fields
                    .iter()
                    .find(|field| field.key == key)
                    .map_or("", |field| field.default);
                self.variables.fill_loosely(default)
            }
        }
    }

    /// A value that a step yielded, if it is known.
    pub fn value(&self, variable: &str) -> Option<&str> {
        self.variables.get(variable)
    }

    /// A number; 0 where it is none, which validation has refused before.
    pub fn number(&self, key: &str) -> i64 {
        self.text(key).parse().unwrap_or(0)
    }

    /// A yes-or-no choice.
    pub fn yes(&self, key: &str) -> bool {
        self.text(key) == "yes"
    }

    /// Whether the account is simulated. There the panel stands in for tools that only a person's
    /// machine has, such as Docker.
    pub fn is_simulated(&self) -> bool {
        self.variables.get("account_kind") != Some("aws")
    }

    /// The parts of a comma-separated answer.
    pub fn list(&self, key: &str) -> Vec<String> {
        self.text(key)
            .split(',')
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect()
    }
}

/// Says what of `chosen` cannot be sent for `resource`.
pub fn validate(
    resource: &super::Resource,
    chosen: &BTreeMap<String, String>,
) -> Vec<InvalidField> {
    let check = |field: &Field| {
        let name = format!("{}.{}", resource.kind.key(), field.key);
        let value = chosen
            .get(&name)
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())?;
        invalid(field, value).map(|message| InvalidField { name, message })
    };
    resource.fields.iter().filter_map(check).collect()
}

fn invalid(field: &Field, value: &str) -> Option<String> {
    match field.kind {
        FieldKind::Fixed => (value != field.default && !field.default.contains("{{"))
            .then(|| "Later steps refer to this name; keep it as it is.".to_owned()),
        FieldKind::Choice(choices) => {
            let labels: Vec<_> = choices.iter().map(|(_, label)| *label).collect();
            (!choices.iter().any(|(choice, _)| *choice == value))
                .then(|| format!("Choose one of: {}.", labels.join(", ")))
        }
        FieldKind::Number(low, high) => (!value
            .parse()
            .is_ok_and(|number: i64| (low..=high).contains(&number)))
        .then(|| format!("Enter a whole number from {low} to {high}.")),
        FieldKind::Cidrs => {
            let bad = value
                .split(',')
                .map(str::trim)
                .find(|part| !is_cidr(part))?;
            Some(format!(
                "“{bad}” is not an IPv4 range. Write it like 203.0.113.7/32, several separated by commas."
            ))
        }
        FieldKind::Project => (!is_project(value)).then(|| {
            "Write it as in the project's address: your-name/tripmgmt, without the host.".to_owned()
        }),
        FieldKind::Password => {
            let length = value.chars().count();
            let forbidden = value
                .chars()
                .any(|char| "/@\" ".contains(char) || !char.is_ascii() || char.is_ascii_control());
            ((!(8..=99).contains(&length)) || forbidden).then(|| {
                "Aurora wants 8 to 99 printable ASCII characters, without / @ \" and spaces."
                    .to_owned()
            })
        }
    }
}

/// GitLab's paths: at least a namespace and a name, of letters, digits, `_`, `-` and `.`.
fn is_project(text: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && !part.starts_with(['.', '-'])
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
    };
    text.contains('/') && text.split('/').all(is_part)
}

fn is_cidr(text: &str) -> bool {
    let Some((address, bits)) = text.split_once('/') else {
        return false;
    };
    address.parse::<std::net::Ipv4Addr>().is_ok() && bits.parse::<u8>().is_ok_and(|bits| bits <= 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: FieldKind) -> Field {
        Field {
            key: "k",
            label: "",
            help: "",
            kind,
            default: "",
        }
    }

    #[test]
    fn each_kind_of_field_refuses_what_aws_would() {
        for (kind, good, bad) in [
            (FieldKind::Cidrs, "10.0.0.0/8, 203.0.113.7/32", "10.0.0.0"),
            (FieldKind::Cidrs, "0.0.0.0/0", "10.0.0.0/33"),
            (FieldKind::Number(1, 35), "7", "36"),
            (
                FieldKind::Project,
                "ada/tripmgmt",
                "https://gitlab.com/ada/tripmgmt",
            ),
            (FieldKind::Project, "team/sub/tripmgmt", "tripmgmt"),
            (FieldKind::Password, "postgres123", "short"),
            (FieldKind::Password, "a-long-enough-one", "with space in it"),
            (FieldKind::Choice(&[("a", "A"), ("b", "B")]), "a", "c"),
        ] {
            assert_eq!(invalid(&field(kind), good), None);
            assert!(invalid(&field(kind), bad).is_some(), "{kind:?} {bad}");
        }
    }
}
