//! Reading redirections.

use super::parse::{Read, Reader, Unreadable};
use super::syntax::{Redirection, Stream, Target};
use super::words;

/// What redirects, longest first.
const OPERATORS: [(&str, Stream, Kind); 13] = [
    ("<<<", Stream::In, Kind::Text),
    ("&>>", Stream::Both, Kind::Append),
    ("2>&1", Stream::Err, Kind::Stream(Stream::Out)),
    ("1>&2", Stream::Out, Kind::Stream(Stream::Err)),
    (">&2", Stream::Out, Kind::Stream(Stream::Err)),
    ("2>>", Stream::Err, Kind::Append),
    ("1>>", Stream::Out, Kind::Append),
    ("&>", Stream::Both, Kind::Write),
    ("2>", Stream::Err, Kind::Write),
    ("1>", Stream::Out, Kind::Write),
    (">>", Stream::Out, Kind::Append),
    (">", Stream::Out, Kind::Write),
    ("<", Stream::In, Kind::Write),
];

#[derive(Clone, Copy)]
enum Kind {
    Write,
    Append,
    Text,
    Stream(Stream),
}

/// The redirection that comes next, if one does.
pub(super) fn read(reader: &mut Reader) -> Read<Option<Redirection>> {
    if reader.looks_at("<<") && !reader.looks_at("<<<") {
        return Err(Unreadable(
            "`<<': here-documents are not simulated".to_owned(),
        ));
    }
    let Some((_, stream, kind)) = OPERATORS.iter().find(|(text, ..)| reader.take(text)) else {
        return Ok(None);
    };
    reader.skip_blanks();
    let mut word = || {
        let word = words::word(reader)?;
        word.ok_or_else(|| Unreadable("syntax error near unexpected token `newline'".to_owned()))
    };
    let to = match kind {
        Kind::Stream(stream) => Target::Stream(*stream),
        Kind::Text => Target::Text(word()?),
        Kind::Write => Target::File {
            path: word()?,
            append: false,
        },
        Kind::Append => Target::File {
            path: word()?,
            append: true,
        },
    };
    Ok(Some(Redirection {
        stream: *stream,
        to,
    }))
}
