//! What was seen of a resource in the account.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The answer to "what is there?".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Observation {
    /// Nothing by that name; perhaps something near it.
    Absent(Option<Near>),
    /// It is there.
    Present(Facts),
    /// It could not be looked at.
    Unknown(Trouble),
}

/// Something that was probably meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Near {
    /// A name that is a letter or two off.
    Name(String),
    /// The right name in another Region.
    Region(String),
}

/// What is known of a resource that is there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Its id or ARN, by which it is deleted.
    pub identifier: String,
    /// Whether it is ready.
    pub phase: Phase,
    /// What was found, by setting (and what it yields, by the yield's fact).
    pub values: BTreeMap<String, Fact>,
    /// The workspace in its tag, if it carries one.
    pub tag: Option<String>,
}

/// What was found for one setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    /// These values; none is an answer too.
    Found(Vec<String>),
    /// This part could not be looked at.
    Unknown(Trouble),
}

/// Where a resource is in its life.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// Ready.
    #[default]
    Ready,
    /// On its way; AWS's own word for it.
    Coming(String),
    /// On its way out; AWS's own word for it.
    Going(String),
    /// Stopped by somebody; AWS's own word for it.
    Stopped(String),
    /// It will not get ready by itself; AWS's own word for it.
    Failed(String),
}

/// Why something could not be looked at: never the attendee's fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// What happened, in a sentence.
    pub sentence: String,
    /// What to do, in a sentence.
    pub remedy: String,
}

impl Facts {
    /// A ready resource with nothing known of it but its identifier.
    pub fn new(identifier: impl Into<String>) -> Self {
        Self {
            identifier: identifier.into(),
            ..Self::default()
        }
    }

    /// Adds one found value.
    pub fn with(self, key: &str, value: impl Into<String>) -> Self {
        self.with_all(key, vec![value.into()])
    }

    /// Adds found values.
    pub fn with_all(mut self, key: &str, values: Vec<String>) -> Self {
        self.values.insert(key.to_owned(), Fact::Found(values));
        self
    }

    /// Adds what was found, or why it could not be.
    pub fn with_fact(mut self, key: &str, fact: Fact) -> Self {
        self.values.insert(key.to_owned(), fact);
        self
    }

    /// Sets the phase.
    pub fn in_phase(mut self, phase: Phase) -> Self {
        self.phase = phase;
        self
    }

    /// Sets the workspace of its tag.
    pub fn tagged(mut self, tag: Option<String>) -> Self {
        self.tag = tag;
        self
    }

    /// The single value found for `key`.
    pub fn value(&self, key: &str) -> Option<&str> {
        match self.values.get(key) {
            Some(Fact::Found(values)) => values.first().map(String::as_str),
            _ => None,
        }
    }
}
