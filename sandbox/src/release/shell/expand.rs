//! From words to arguments: parameters, outputs, splitting, wildcards.

use super::execute::Shell;
use super::machine::TEXT;
use super::syntax::{Change, Parameter, Piece, PieceKind, Word};
use crate::wildcard;

/// Why words cannot be expanded.
pub(super) struct Problem(pub(super) String);

/// An argument in the making: its text, and as a pattern.
#[derive(Default)]
struct Field {
    text: String,
    pattern: String,
    is_pattern: bool,
    /// Whether it is an argument even if it is empty.
    is_there: bool,
}

impl Field {
    fn push(&mut self, letter: char, quoted: bool) {
        let wild = matches!(letter, '*' | '?');
        self.is_pattern |= wild && !quoted;
        if (wild && quoted) || letter == '\\' {
            self.pattern.push('\\');
        }
        self.pattern.push(letter);
        self.text.push(letter);
        self.is_there = true;
    }
}

impl Shell<'_, '_> {
    /// The arguments that the words become.
    pub(super) fn arguments(&mut self, words: &[Word]) -> Result<Vec<String>, Problem> {
        let (mut arguments, mut size) = (Vec::new(), 0);
        for word in words {
            for field in self.fields(word)? {
                let matching = if field.is_pattern {
                    self.matching(&field.pattern)
                } else {
                    Vec::new()
                };
                // A pattern that nothing matches stays what it is.
                let new = if matching.is_empty() {
                    vec![field.text]
                } else {
                    matching
                };
                size += new.iter().map(|text| text.len() + 1).sum::<usize>();
                arguments.extend(new);
                if size > TEXT {
                    return Err(Problem("Argument list too long".to_owned()));
                }
            }
        }
        Ok(arguments)
    }

    /// The one text that the word becomes where nothing is split: in assignments, in paths.
    pub(super) fn text(&mut self, word: &Word) -> Result<String, Problem> {
        let mut text = String::new();
        for piece in word {
            text.push_str(&self.value(piece)?);
            if text.len() > TEXT {
                return Err(Problem("Argument list too long".to_owned()));
            }
        }
        Ok(text)
    }

    fn fields(&mut self, word: &Word) -> Result<Vec<Field>, Problem> {
        let (mut fields, mut field, mut size) = (Vec::new(), Field::default(), 0);
        for piece in word {
            let value = self.value(piece)?;
            size += value.len();
            if size > TEXT {
                return Err(Problem("Argument list too long".to_owned()));
            }
            field.is_there |= piece.quoted;
            let is_text = matches!(piece.kind, PieceKind::Text(_));
            for letter in value.chars() {
                if letter.is_whitespace() && !piece.quoted && !is_text {
                    fields.push(std::mem::take(&mut field));
                } else {
                    field.push(letter, piece.quoted);
                }
            }
        }
        fields.push(field);
        fields.retain(|field| field.is_there);
        Ok(fields)
    }

    fn value(&mut self, piece: &Piece) -> Result<String, Problem> {
        match &piece.kind {
            PieceKind::Text(text) => Ok(text.clone()),
            PieceKind::Parameter(parameter) => self.parameter(parameter),
            PieceKind::Output(list) => Ok(self.output_of(list)),
        }
    }

    fn parameter(&mut self, parameter: &Parameter) -> Result<String, Problem> {
        let name = &parameter.name;
        let set = match name.as_str() {
            "?" => Some(self.status().to_string()),
            "#" => Some("0".to_owned()),
            "0" => Some("sh".to_owned()),
            "$" => Some("1".to_owned()),
            name => self.machine.variables.get(name).cloned(),
        };
        let present = |or_empty: bool| set.as_ref().is_some_and(|set| !or_empty || !set.is_empty());
        let value = set.clone().unwrap_or_default();
        Ok(match &parameter.change {
            None => value,
            Some(Change::Length) => value.chars().count().to_string(),
            Some(Change::Default { word, or_empty }) => {
                if present(*or_empty) {
                    value
                } else {
                    self.text(word)?
                }
            }
            Some(Change::Assign { word, or_empty }) => {
                if present(*or_empty) {
                    value
                } else {
                    let value = self.text(word)?;
                    self.machine.set(name, value.clone());
                    value
                }
            }
            Some(Change::Alternative { word, or_empty }) => {
                if present(*or_empty) {
                    self.text(word)?
                } else {
                    String::new()
                }
            }
            Some(Change::Demand { word, or_empty }) => {
                if present(*or_empty) {
                    value
                } else {
                    return Err(Problem(format!("{name}: {}", self.text(word)?)));
                }
            }
            Some(Change::WithoutPrefix { pattern, longest }) => {
                let pattern = self.text(pattern)?;
                without(
                    &value,
                    *longest,
                    |at| (&value[..at], &value[at..]),
                    &pattern,
                )
            }
            Some(Change::WithoutSuffix { pattern, longest }) => {
                let pattern = self.text(pattern)?;
                without(
                    &value,
                    *longest,
                    |at| (&value[value.len() - at..], &value[..value.len() - at]),
                    &pattern,
                )
            }
            Some(Change::Part { offset, length }) => part(&value, *offset, *length),
            Some(Change::Replace { text, other, all }) => {
                let (text, other) = (self.text(text)?, self.text(other)?);
                match (text.as_str(), all) {
                    ("", _) => value,
                    (text, true) => value.replace(text, &other),
                    (text, false) => value.replacen(text, &other, 1),
                }
            }
        })
    }

    /// The files and folders that a pattern matches, in its own terms.
    fn matching(&self, pattern: &str) -> Vec<String> {
        let machine = &self.machine;
        let base = machine.key(".");
        let prefix = if base.is_empty() {
            String::new()
        } else {
            format!("{base}/")
        };
        let depth = pattern.matches('/').count();
        let mut found = machine
            .files
            .iter()
            .filter_map(|(path, _)| path.strip_prefix(&prefix))
            .filter(|path| !path.starts_with('/'))
            .map(|path| {
                let cut = path
                    .match_indices('/')
                    .nth(depth)
                    .map_or(path.len(), |(at, _)| at);
                &path[..cut]
            })
            .filter(|path| path.matches('/').count() == depth)
            // A dot in front is matched by a dot alone.
            .filter(|path| pattern.starts_with('.') || !path.starts_with('.'))
            .filter(|path| segments_match(pattern, path))
            .map(str::to_owned)
            .collect::<Vec<_>>();
        found.dedup();
        found
    }
}

fn segments_match(pattern: &str, path: &str) -> bool {
    let pairs = pattern.split('/').zip(path.split('/'));
    pairs
        .into_iter()
        .all(|(pattern, segment)| wildcard::matches(pattern, segment))
}

/// The value without the shortest or the longest piece at one end that the pattern matches. `cut`
/// gives that piece and the rest for the piece's length.
fn without<'a>(
    value: &'a str,
    longest: bool,
    cut: impl Fn(usize) -> (&'a str, &'a str),
    pattern: &str,
) -> String {
    // Both ends are asked for every boundary; those that are none at this end are left out.
    let mut lengths = (0..=value.len()).collect::<Vec<_>>();
    if longest {
        lengths.reverse();
    }
    let boundary =
        |at: usize| value.is_char_boundary(at) && value.is_char_boundary(value.len() - at);
    let found = lengths
        .into_iter()
        .filter(|at| boundary(*at))
        .map(cut)
        .find(|(piece, _)| wildcard::matches(pattern, piece));
    found.map_or(value, |(_, rest)| rest).to_owned()
}

/// `length` letters from `offset` on; an offset below zero counts from the end.
fn part(value: &str, offset: i64, length: Option<i64>) -> String {
    let letters = value.chars().collect::<Vec<_>>();
    let count = i64::try_from(letters.len()).unwrap_or(i64::MAX);
    let from = if offset < 0 { count + offset } else { offset }.clamp(0, count);
    let to = match length {
        None => count,
        Some(length) if length < 0 => (count + length).max(from),
        Some(length) => from.saturating_add(length).min(count),
    };
    let range = usize::try_from(from).unwrap_or(0)..usize::try_from(to).unwrap_or(0);
    letters.get(range).unwrap_or_default().iter().collect()
}
