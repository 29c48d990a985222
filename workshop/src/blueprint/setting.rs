//! What the workshop expects of a resource, setting by setting.

use super::{MissingVariable, Variables};

/// One thing about a resource that a check looks at.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Unique within its resource; the server's observation uses the same key.
    pub key: &'static str,
    /// As the evidence names it.
    pub label: &'static str,
    /// What is right.
    pub expect: Expect,
    /// Why it is probably wrong, in a sentence. A template.
    pub cause: &'static str,
    /// What to do about it, in a sentence. A template.
    pub remedy: &'static str,
}

/// A value that is allowed, perhaps with a warning.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// The value, a template.
    pub value: &'static str,
    /// Why it is allowed though not wise.
    pub warning: Option<&'static str>,
}

/// What is right for a setting. Values are templates.
#[derive(Debug, Clone, Copy)]
pub enum Expect {
    /// Just this value.
    Is(&'static str),
    /// One of these.
    OneOf(&'static [Choice]),
    /// All of these, and perhaps more.
    Includes(&'static [&'static str]),
    /// What `judge` says; `words` say it to people.
    Rule {
        /// What is expected, in words. A template.
        words: &'static str,
        /// The verdict on the values found.
        judge: fn(&[String], &Variables) -> Verdict,
    },
}

/// The verdict on a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// As the workshop wants it.
    Right,
    /// Allowed though not wise, with the reason.
    RightBut(&'static str),
    /// Not what the workshop needs.
    Wrong,
}

impl Expect {
    /// What is expected, in words.
    pub fn words(&self, variables: &Variables) -> String {
        let fill = |template: &&str| variables.fill_loosely(template);
        match self {
            Self::Is(value) => fill(value),
            // What is allowed though not wise is not proposed.
            Self::OneOf(choices) => {
                let wise = choices.iter().filter(|choice| choice.warning.is_none());
                wise.map(|choice| fill(&choice.value))
                    .collect::<Vec<_>>()
                    .join(" or ")
            }
            Self::Includes(values) => values.iter().map(fill).collect::<Vec<_>>().join(", "),
            Self::Rule { words, .. } => fill(words),
        }
    }

    /// The first variable of what is expected that is not known.
    pub fn missing(&self, variables: &Variables) -> Option<MissingVariable> {
        let unknown = |template: &&str| variables.fill(template).err();
        match self {
            Self::Is(value) | Self::Rule { words: value, .. } => unknown(value),
            // What is allowed though not wise need not be known.
            Self::OneOf(choices) => choices
                .iter()
                .filter(|choice| choice.warning.is_none())
                .find_map(|choice| unknown(&choice.value)),
            Self::Includes(values) => values.iter().find_map(unknown),
        }
    }

    /// The verdict on the values `found`.
    pub fn judge(&self, found: &[String], variables: &Variables) -> Verdict {
        let has = |template: &str| {
            let wanted = variables.fill_loosely(template);
            found.contains(&wanted)
        };
        let right_if = |right: bool| {
            if right {
                Verdict::Right
            } else {
                Verdict::Wrong
            }
        };
        match self {
            Self::Is(value) => right_if(found.len() == 1 && has(value)),
            Self::OneOf(choices) => match choices
                .iter()
                .find(|choice| found.len() == 1 && has(choice.value))
            {
                Some(Choice {
                    warning: Some(warning),
                    ..
                }) => Verdict::RightBut(warning),
                Some(_) => Verdict::Right,
                None => Verdict::Wrong,
            },
            Self::Includes(values) => right_if(values.iter().all(|value| has(value))),
            Self::Rule { judge, .. } => judge(found, variables),
        }
    }
}
