//! A text, ready to be filled.

use workshop::{
    blueprint::{GeneratedFile, Kind, Piece, pieces},
    model::AccountKind,
};

/// A text cut at everything that differs from one reader to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Template(pub(super) Vec<Part>);

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// HTML that is the same for everybody.
    Html(String),
    /// The value of this variable, or where it comes from.
    Value(String),
    /// A link: its target is a text with variables, too.
    Link { target: String, words: Template },
    /// The commands that create these resources.
    Calls(Vec<Kind>),
    /// A file that the workshop writes for the repository, to be read or to be committed.
    File(GeneratedFile, FileUse),
    /// For readers with this kind of account only.
    Only(Audience, Template),
}

/// What a reader does with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileUse {
    Read,
    Commit,
}

/// Whom a part is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    Sandbox,
    Aws,
}

impl Audience {
    /// Whether a reader with this kind of account belongs to it.
    pub(super) const fn includes(self, account: AccountKind) -> bool {
        matches!(
            (self, account),
            (Self::Sandbox, AccountKind::Sandbox { .. }) | (Self::Aws, AccountKind::Aws)
        )
    }
}

impl Template {
    /// Adds HTML, cut at its `{{variables}}`.
    pub(super) fn push_html(&mut self, html: &str) {
        for piece in pieces(html) {
            match piece {
                Piece::Text(text) => match self.0.last_mut() {
                    Some(Part::Html(last)) => last.push_str(text),
                    _ => self.0.push(Part::Html(text.to_owned())),
                },
                Piece::Variable(name) => self.0.push(Part::Value(name.to_owned())),
            }
        }
    }

    /// Adds a part.
    pub(super) fn push(&mut self, part: Part) {
        self.0.push(part);
    }

    /// Adds another text.
    pub(super) fn extend(&mut self, other: Self) {
        for part in other.0 {
            match part {
                Part::Html(html) => match self.0.last_mut() {
                    Some(Part::Html(last)) => last.push_str(&html),
                    _ => self.0.push(Part::Html(html)),
                },
                part => self.0.push(part),
            }
        }
    }

    /// Whether there is nothing in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
