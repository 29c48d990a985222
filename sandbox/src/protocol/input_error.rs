//! What is wrong with input that does not fit its operation's model.

use std::fmt;

use serde::de;

use crate::fault::Fault;

/// Input that does not fit the operation's model. `path` is the parameter's,
/// as it was written: `Tags.1.Key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InputError {
    pub(crate) path: String,
    pub(crate) problem: Problem,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Problem {
    Missing,
    Unknown,
    /// The wrong type; the sentence says which was wanted.
    Type(String),
}

impl InputError {
    /// The words of IAM and STS: AWS's common validation for what is missing,
    /// their parser's for what has another type.
    pub(crate) fn query(self) -> Fault {
        self.words("ValidationError", "MalformedInput")
    }

    /// The words of the JSON services, each of which has its own code.
    pub(crate) fn validation(self, code: &'static str) -> Fault {
        self.words(code, "SerializationException")
    }

    fn words(self, code: &'static str, malformed: &'static str) -> Fault {
        let InputError { path, problem } = &self;
        match problem {
            Problem::Missing => {
                let words = format!(
                    "1 validation error detected: Value null at '{}' failed to satisfy \
                     constraint: Member must not be null",
                    self.member()
                );
                Fault::new(code, words)
            }
            Problem::Unknown => Fault::new(code, format!("The parameter {path} is not recognized")),
            Problem::Type(wanted) => Fault::new(malformed, format!("{path}: {wanted}")),
        }
    }

    /// `tags.1.member.key`, as AWS's validation writes a path.
    fn member(&self) -> String {
        let parts = self.path.split('.').map(|part| {
            let mut letters = part.chars();
            match letters.next() {
                Some(digit) if digit.is_ascii_digit() => format!("{part}.member"),
                Some(first) => first.to_lowercase().chain(letters).collect(),
                None => String::new(),
            }
        });
        parts.collect::<Vec<_>>().join(".")
    }

    pub(super) fn new(path: &str, problem: Problem) -> InputError {
        InputError {
            path: path.to_owned(),
            problem,
        }
    }

    pub(super) fn within(mut self, part: &str) -> InputError {
        self.path = if self.path.is_empty() {
            part.to_owned()
        } else {
            format!("{part}.{}", self.path)
        };
        self
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}", self.path, self.problem)
    }
}

impl std::error::Error for InputError {}

impl de::Error for InputError {
    fn custom<T: fmt::Display>(message: T) -> InputError {
        InputError::new("", Problem::Type(message.to_string()))
    }

    fn missing_field(field: &'static str) -> InputError {
        InputError::new(field, Problem::Missing)
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> InputError {
        InputError::new(field, Problem::Unknown)
    }
}
