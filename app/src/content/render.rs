//! Fills a [`Template`] with a reader's values.

use std::collections::BTreeMap;

use workshop::{
    blueprint::{Inputs, Kind, Piece, Profile, RESOURCES, Step, Variables, commands, find, pieces},
    model::AccountKind,
};

use super::{
    files,
    highlight::{Language, highlight},
    html::{code_close, code_open, escape, escape_into},
    template::{Part, Template},
};

/// The profile of the commands where the server does not name one.
const PROFILE: &str = "greenlight-local";

/// Who reads: what the text is filled with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    /// This attendee's values.
    pub(crate) variables: &'a Variables,
    /// The kind of account.
    pub(crate) account: AccountKind,
}

impl Template {
    /// The text as HTML, for this reader.
    pub(crate) fn render(&self, reader: Reader<'_>) -> String {
        let mut out = String::with_capacity(4096);
        self.render_into(&mut out, reader);
        out
    }

    fn render_into(&self, out: &mut String, reader: Reader<'_>) {
        for part in &self.0 {
            match part {
                Part::Html(html) => out.push_str(html),
                Part::Value(name) => match reader.variables.get(name) {
                    Some(value) => escape_into(out, value),
                    None => awaited(out, name),
                },
                Part::Link { target, words } => link(out, target, words, reader),
                Part::Calls(kinds) => {
                    if let Some(html) = calls(kinds, &wanted(kinds), reader.variables) {
                        out.push_str(&html);
                    }
                }
                Part::File(file, usage) => {
                    out.push_str(&files::block(*file, *usage, reader.variables));
                }
                Part::Only(audience, text) if audience.includes(reader.account) => {
                    text.render_into(out, reader);
                }
                Part::Only(..) => {}
            }
        }
    }
}

/// A text that names an optional resource wants it.
fn wanted(kinds: &[Kind]) -> BTreeMap<String, String> {
    let optional = kinds.iter().filter(|kind| find(**kind).optional.is_some());
    optional
        .map(|kind| (format!("{}.wanted", kind.key()), "yes".to_owned()))
        .collect()
}

/// The commands that create these resources with these answers, as a block with a copy button;
/// `None` where none of it is done by the AWS CLI.
pub(crate) fn calls(
    kinds: &[Kind],
    answers: &BTreeMap<String, String>,
    variables: &Variables,
) -> Option<String> {
    let calls: Vec<_> = kinds
        .iter()
        .map(|kind| find(*kind))
        .flat_map(|resource| (resource.create)(&Inputs::new(resource, answers, variables)))
        .filter(|call| call.service != "source")
        .collect();
    if calls.is_empty() {
        return None;
    }
    let profile = Profile(variables.get("profile").unwrap_or(PROFILE).to_owned());
    let code = commands(&calls, variables, &profile);
    let mut out = code_open("sh", Some("sh"));
    out.push_str(&highlight(Language::Shell, &code));
    out.push_str(code_close(true));
    Some(out)
}

/// Stands for a value that is not known yet and leads to the step that yields it.
fn awaited(out: &mut String, variable: &str) {
    let html = if let Some((step, label)) = origin(variable) {
        let (number, label) = (step.number(), escape(&lower_first(label)));
        format!("<a class=\"awaited\" href=\"/steps/{number}\">‹{label}, from step {number}›</a>")
    } else {
        let name = escape(&variable.replace('_', " "));
        format!("<span class=\"awaited\">‹{name}, not known yet›</span>")
    };
    out.push_str(&html);
}

/// A link whose target is known, or else the words and where the target comes from.
fn link(out: &mut String, target: &str, words: &Template, reader: Reader<'_>) {
    let missing = pieces(target).into_iter().find_map(|piece| match piece {
        Piece::Variable(name) if reader.variables.get(name).is_none() => Some(name),
        _ => None,
    });
    match missing {
        None => {
            out.push_str("<a href=\"");
            escape_into(out, &reader.variables.fill_loosely(target));
            out.push_str("\">");
            words.render_into(out, reader);
            out.push_str("</a>");
        }
        Some(name) => {
            words.render_into(out, reader);
            out.push_str(" (");
            awaited(out, name);
            out.push(')');
        }
    }
}

/// The step that yields `variable`, and what it calls it.
fn origin(variable: &str) -> Option<(Step, &'static str)> {
    RESOURCES.iter().find_map(|resource| {
        let yielded = resource
            .yields
            .iter()
            .find(|yielded| yielded.variable == variable)?;
        Some((resource.step, yielded.label))
    })
}

/// `Writer endpoint` → `writer endpoint`; `ECR …` stays.
fn lower_first(label: &str) -> String {
    let mut chars = label.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => label.to_owned(),
    }
}
