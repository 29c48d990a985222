//! `{{variables}}`: this attendee's real values, filled into texts, commands and calls.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A text names a value that no step has yielded yet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{{{{{0}}}}} is not known yet")]
pub struct MissingVariable(pub String);

/// The attendee's values by name: names, account, Region, and what the steps yielded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variables(pub BTreeMap<String, String>);

/// A piece of a template: text as it stands, or the name of a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text that is the same for everybody.
    Text(&'a str),
    /// A variable's name, without the braces.
    Variable(&'a str),
}

/// Cuts `template` at its `{{variables}}`. Braces that hold anything but a name are text.
pub fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = template;
    let mut from = 0;
    while let Some(open) = rest[from..].find("{{").map(|at| at + from) {
        let Some(close) = rest[open..].find("}}").map(|at| at + open) else {
            break;
        };
        let name = &rest[open + 2..close];
        let is_name = !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if is_name {
            if open > 0 {
                out.push(Piece::Text(&rest[..open]));
            }
            out.push(Piece::Variable(name));
            rest = &rest[close + 2..];
            from = 0;
        } else {
            from = open + 2;
        }
    }
    if !rest.is_empty() {
        out.push(Piece::Text(rest));
    }
    out
}

impl Variables {
    /// The value of `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Sets `name`, as a step yields it.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// Fills every variable of `template`, or says which is missing.
    pub fn fill(&self, template: &str) -> Result<String, MissingVariable> {
        self.fill_with(template, |name| Err(MissingVariable(name.to_owned())))
    }

    /// Fills `template`; `otherwise` says what stands for a variable that is not known.
    pub fn fill_with<E>(
        &self,
        template: &str,
        mut otherwise: impl FnMut(&str) -> Result<String, E>,
    ) -> Result<String, E> {
        let mut out = String::with_capacity(template.len());
        for piece in pieces(template) {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Variable(name) => match self.get(name) {
                    Some(value) => out.push_str(value),
                    None => out.push_str(&otherwise(name)?),
                },
            }
        }
        Ok(out)
    }

    /// Fills `template` for reading: what is not known yet stays in sight as `{{name}}`.
    pub fn fill_loosely(&self, template: &str) -> String {
        self.fill_with(template, |name| {
            Ok::<_, std::convert::Infallible>(format!("{{{{{name}}}}}"))
        })
        .unwrap_or_else(|never| match never {})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_variables_only() {
        assert_eq!(
            pieces("a {{x}} {{ y }} {{z_1}}"),
            [
                Piece::Text("a "),
                Piece::Variable("x"),
                Piece::Text(" {{ y }} "),
                Piece::Variable("z_1")
            ]
        );
        assert_eq!(pieces("no {{end"), [Piece::Text("no {{end")]);
        assert_eq!(pieces(""), []);
    }

    #[test]
    fn fills_or_names_what_is_missing() {
        let mut variables = Variables::default();
        variables.set("region", "eu-west-1");
        assert_eq!(
            variables.fill("in {{region}}.").as_deref(),
            Ok("in eu-west-1.")
        );
        assert_eq!(
            variables.fill("{{uri}}"),
            Err(MissingVariable("uri".into()))
        );
        assert_eq!(
            variables.fill_loosely("{{region}}/{{uri}}"),
            "eu-west-1/{{uri}}"
        );
    }
}
