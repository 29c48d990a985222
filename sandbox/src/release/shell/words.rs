//! Reading words: quotation marks, parameters, commands' outputs.

use super::parse::{Read, Reader, Unreadable};
use super::syntax::{Change, Parameter, Piece, PieceKind, Word};

/// Whether the letter can be in a variable's name.
pub(super) fn in_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// A variable's name, as far as it goes.
pub(super) fn name(reader: &mut Reader) -> String {
    let mut name = String::new();
    while let Some(letter) = reader.peek().filter(|letter| in_name(*letter)) {
        name.push(letter);
        reader.next();
    }
    name
}

/// The word that comes next, if one does.
pub(super) fn word(reader: &mut Reader) -> Read<Option<Word>> {
    let pieces = pieces(reader, |letter| {
        letter.is_whitespace() || ";&|()<>".contains(letter)
    })?;
    Ok((!pieces.is_empty()).then_some(pieces))
}

/// Pieces up to a letter that ends them, outside of quotation marks.
fn pieces(reader: &mut Reader, ends: impl Fn(char) -> bool) -> Read<Word> {
    let mut pieces = Word::new();
    while let Some(letter) = reader.peek().filter(|letter| !ends(*letter)) {
        match letter {
            '\'' => {
                reader.next();
                let mut text = String::new();
                loop {
                    match reader.next() {
                        Some('\'') => break,
                        Some(letter) => text.push(letter),
                        None => return Err(unclosed('\'')),
                    }
                }
                pieces.push(self::text(text, true));
            }
            '"' => {
                reader.next();
                quoted(reader, &mut pieces)?;
            }
            '$' | '`' => pieces.push(dollar(reader, false)?),
            '\\' => {
                reader.next();
                match reader.next() {
                    // A continued line.
                    Some('\n') => {}
                    Some(letter) => pieces.push(text(letter.to_string(), true)),
                    None => pieces.push(text("\\".to_owned(), true)),
                }
            }
            _ => {
                reader.next();
                push(&mut pieces, letter, false);
            }
        }
    }
    Ok(pieces)
}

/// What is between double quotation marks; the first was read.
fn quoted(reader: &mut Reader, pieces: &mut Word) -> Read<()> {
    // Even where there is nothing in them, they make a word.
    pieces.push(text(String::new(), true));
    loop {
        match reader.peek() {
            None => return Err(unclosed('"')),
            Some('"') => {
                reader.next();
                return Ok(());
            }
            Some('$' | '`') => pieces.push(dollar(reader, true)?),
            Some('\\') => {
                reader.next();
                match reader.next() {
                    Some('\n') => {}
                    Some(letter @ ('$' | '`' | '"' | '\\')) => push(pieces, letter, true),
                    Some(letter) => {
                        push(pieces, '\\', true);
                        push(pieces, letter, true);
                    }
                    None => return Err(unclosed('"')),
                }
            }
            Some(letter) => {
                reader.next();
                push(pieces, letter, true);
            }
        }
    }
}

/// `$name`, `${…}`, `$(…)`, or the same in backquotes.
fn dollar(reader: &mut Reader, quoted: bool) -> Read<Piece> {
    let kind = if reader.looks_at("$((") {
        return Err(Unreadable("`$((': arithmetic is not simulated".to_owned()));
    } else if reader.take("$(") {
        reader.nested(|reader| {
            let list = reader.list(&[])?;
            reader.demand(")").map(|()| PieceKind::Output(list))
        })?
    } else if reader.take("`") {
        let mut inner = String::new();
        while let Some(letter) = reader.next() {
            if letter == '`' {
                let list = reader.nested(|_| super::parse::parse(&inner))?;
                return Ok(Piece {
                    quoted,
                    kind: PieceKind::Output(list),
                });
            }
            inner.push(letter);
        }
        return Err(unclosed('`'));
    } else if reader.take("${") {
        PieceKind::Parameter(reader.nested(braced)?)
    } else {
        reader.next();
        match reader.peek() {
            Some(letter @ ('?' | '#' | '@' | '*' | '$' | '!')) => {
                reader.next();
                plain(letter.to_string())
            }
            Some(letter) if letter.is_ascii_digit() => {
                reader.next();
                plain(letter.to_string())
            }
            Some(letter) if in_name(letter) => plain(name(reader)),
            _ => PieceKind::Text("$".to_owned()),
        }
    };
    Ok(Piece { quoted, kind })
}

fn plain(name: String) -> PieceKind {
    PieceKind::Parameter(Parameter { name, change: None })
}

/// What is inside of `${…}`, and the brace that ends it.
fn braced(reader: &mut Reader) -> Read<Parameter> {
    let length = reader.take("#");
    let name = name(reader);
    if name.is_empty() {
        return Err(Unreadable("${: bad substitution".to_owned()));
    }
    let change = if length {
        Some(Change::Length)
    } else {
        change(reader, &name)?
    };
    reader.demand("}")?;
    Ok(Parameter { name, change })
}

fn change(reader: &mut Reader, name: &str) -> Read<Option<Change>> {
    let inner = |reader: &mut Reader| pieces(reader, |letter| letter == '}');
    let or_empty = [":-", ":=", ":+", ":?"]
        .iter()
        .any(|it| reader.looks_at(it));
    if or_empty {
        reader.next();
    }
    Ok(Some(match reader.peek() {
        Some('}') => return Ok(None),
        Some(letter @ ('-' | '=' | '+' | '?')) => {
            reader.next();
            let word = inner(reader)?;
            match letter {
                '-' => Change::Default { word, or_empty },
                '=' => Change::Assign { word, or_empty },
                '+' => Change::Alternative { word, or_empty },
                _ => Change::Demand { word, or_empty },
            }
        }
        Some(letter @ ('#' | '%')) => {
            reader.next();
            let longest = reader.take(&letter.to_string());
            let pattern = inner(reader)?;
            match letter {
                '#' => Change::WithoutPrefix { pattern, longest },
                _ => Change::WithoutSuffix { pattern, longest },
            }
        }
        Some('/') => {
            reader.next();
            let all = reader.take("/");
            let text = pieces(reader, |letter| letter == '}' || letter == '/')?;
            let other = if reader.take("/") {
                inner(reader)?
            } else {
                Word::new()
            };
            Change::Replace { text, other, all }
        }
        Some(':') => {
            reader.next();
            let offset = number(reader, name)?;
            let length = reader.take(":").then(|| number(reader, name)).transpose()?;
            Change::Part { offset, length }
        }
        _ => return Err(Unreadable(format!("${{{name}: bad substitution"))),
    }))
}

fn number(reader: &mut Reader, name: &str) -> Read<i64> {
    let mut digits = String::new();
    while let Some(letter) = reader
        .peek()
        .filter(|it| it.is_ascii_digit() || " -".contains(*it))
    {
        digits.push(letter);
        reader.next();
    }
    let number = digits.trim().parse();
    number.map_err(|_| Unreadable(format!("${{{name}: bad substitution")))
}

fn text(text: String, quoted: bool) -> Piece {
    Piece {
        quoted,
        kind: PieceKind::Text(text),
    }
}

/// Adds a letter to the last piece, if that is text of the same kind.
fn push(pieces: &mut Word, letter: char, quoted: bool) {
    match pieces.last_mut() {
        Some(Piece {
            quoted: same,
            kind: PieceKind::Text(text),
        }) if *same == quoted => text.push(letter),
        _ => pieces.push(text(letter.to_string(), quoted)),
    }
}

fn unclosed(mark: char) -> Unreadable {
    Unreadable(format!(
        "unexpected EOF while looking for matching `{mark}'"
    ))
}
