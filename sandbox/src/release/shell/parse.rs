//! Reading a command line (POSIX, "Shell Command Language", as far as it goes here).

use super::syntax::{Body, Command, List, Pipeline, When, Word};
use super::{redirections, words};

/// Lists nested deeper than this are not written by people.
const DEPTH: usize = 24;

/// Why a line cannot be read, as the shell says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unreadable(pub(super) String);

pub(super) type Read<T> = Result<T, Unreadable>;

/// Reads a whole line, or several.
pub(super) fn parse(text: &str) -> Read<List> {
    let mut reader = Reader::new(text);
    let list = reader.list(&[])?;
    match reader.peek() {
        None => Ok(list),
        Some(other) => Err(Unreadable(format!(
            "syntax error near unexpected token `{other}'"
        ))),
    }
}

/// The text and how far it was read.
pub(super) struct Reader {
    letters: Vec<char>,
    at: usize,
    depth: usize,
}

impl Reader {
    pub(super) fn new(text: &str) -> Reader {
        Reader {
            letters: text.chars().collect(),
            at: 0,
            depth: 0,
        }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let letter = self.peek();
        self.at += usize::from(letter.is_some());
        letter
    }

    pub(super) fn looks_at(&self, text: &str) -> bool {
        let mut ahead = self.letters[self.at..].iter();
        text.chars().all(|letter| ahead.next() == Some(&letter))
    }

    /// Takes the text if it is next.
    pub(super) fn take(&mut self, text: &str) -> bool {
        let found = self.looks_at(text);
        if found {
            self.at += text.chars().count();
        }
        found
    }

    pub(super) fn demand(&mut self, text: &str) -> Read<()> {
        if self.take(text) {
            return Ok(());
        }
        Err(match self.peek() {
            None => Unreadable("syntax error: unexpected end of file".to_owned()),
            Some(other) => Unreadable(format!("syntax error near unexpected token `{other}'")),
        })
    }

    /// Reads what is nested, unless it is nested too deeply.
    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Reader) -> Read<T>) -> Read<T> {
        if self.depth == DEPTH {
            return Err(Unreadable("commands are nested too deeply".to_owned()));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// Blanks, comments and continued lines.
    pub(super) fn skip_blanks(&mut self) {
        loop {
            match self.peek() {
                Some(' ' | '\t') => self.at += 1,
                Some('#') => {
                    while self.peek().is_some_and(|letter| letter != '\n') {
                        self.at += 1;
                    }
                }
                Some('\\') if self.looks_at("\\\n") => self.at += 2,
                _ => return,
            }
        }
    }

    fn skip_lines(&mut self) {
        self.skip_blanks();
        while self.take("\n") || self.take("\r\n") {
            self.skip_blanks();
        }
    }

    /// A list up to one of the words that end it; those stay.
    pub(super) fn list(&mut self, ends: &[&str]) -> Read<List> {
        let mut list = List::default();
        let mut when = When::Always;
        loop {
            self.skip_lines();
            let ended = match self.peek() {
                None | Some(')') => true,
                Some('}') => ends.contains(&"}"),
                Some(_) => self
                    .keyword()
                    .is_some_and(|word| ends.contains(&word.as_str())),
            };
            if ended {
                return match when {
                    When::Always => Ok(list),
                    _ => Err(Unreadable(
                        "syntax error: unexpected end of file".to_owned(),
                    )),
                };
            }
            list.0.push((when, self.pipeline()?));
            self.skip_blanks();
            when = if self.take("&&") {
                When::Succeeded
            } else if self.take("||") {
                When::Failed
            } else if self.take(";") || self.take("\n") || self.take("\r\n") {
                When::Always
            } else if self.looks_at("&") {
                return Err(Unreadable(
                    "`&': jobs in the background are not simulated".to_owned(),
                ));
            } else if matches!(self.peek(), None | Some(')')) {
                return Ok(list);
            } else {
                self.demand(";")?;
                When::Always
            };
        }
    }

    fn pipeline(&mut self) -> Read<Pipeline> {
        self.skip_blanks();
        let negated = self.take("! ");
        let mut commands = vec![self.command()?];
        self.skip_blanks();
        while !self.looks_at("||") && self.take("|") {
            self.skip_lines();
            commands.push(self.command()?);
            self.skip_blanks();
        }
        Ok(Pipeline { negated, commands })
    }

    fn command(&mut self) -> Read<Command> {
        self.skip_blanks();
        let body = match self.keyword().as_deref() {
            Some("if") => self.nested(Reader::condition)?,
            Some("for") => self.nested(Reader::repetition)?,
            Some(word @ ("while" | "until" | "case" | "function" | "select")) => {
                return Err(Unreadable(format!("`{word}' is not simulated")));
            }
            Some(word @ ("then" | "elif" | "else" | "fi" | "do" | "done")) => {
                return Err(Unreadable(format!(
                    "syntax error near unexpected token `{word}'"
                )));
            }
            _ if self.take("(") => self.nested(|reader| {
                let list = reader.list(&[])?;
                reader.demand(")").map(|()| Body::Subshell(list))
            })?,
            _ if self.looks_at("{ ") || self.looks_at("{\n") => self.nested(|reader| {
                reader.next();
                let list = reader.list(&["}"])?;
                reader.demand("}").map(|()| Body::Group(list))
            })?,
            _ => return self.simple(),
        };
        let mut redirections = Vec::new();
        self.skip_blanks();
        while let Some(redirection) = redirections::read(self)? {
            redirections.push(redirection);
            self.skip_blanks();
        }
        Ok(Command { body, redirections })
    }

    fn condition(&mut self) -> Read<Body> {
        let (mut branches, mut otherwise) = (Vec::new(), List::default());
        self.demand("if")?;
        loop {
            let test = self.list(&["then"])?;
            self.demand("then")?;
            branches.push((test, self.list(&["elif", "else", "fi"])?));
            if self.take("elif") {
                continue;
            }
            if self.take("else") {
                otherwise = self.list(&["fi"])?;
            }
            self.demand("fi")?;
            return Ok(Body::If {
                branches,
                otherwise,
            });
        }
    }

    fn repetition(&mut self) -> Read<Body> {
        self.demand("for")?;
        self.skip_blanks();
        let name = words::name(self);
        self.skip_blanks();
        self.demand("in")?;
        let mut list = Vec::new();
        self.skip_blanks();
        while let Some(word) = words::word(self)? {
            list.push(word);
            self.skip_blanks();
        }
        let _ = self.take(";");
        self.skip_lines();
        self.demand("do")?;
        let body = self.list(&["done"])?;
        self.demand("done")?;
        Ok(Body::For {
            name,
            words: list,
            body,
        })
    }

    fn simple(&mut self) -> Read<Command> {
        let (mut assignments, mut list) = (Vec::new(), Vec::<Word>::new());
        let mut redirections = Vec::new();
        loop {
            self.skip_blanks();
            if let Some(redirection) = redirections::read(self)? {
                redirections.push(redirection);
                continue;
            }
            if let Some(name) = self.assigned().filter(|_| list.is_empty()) {
                self.at += name.chars().count() + 1;
                let value = words::word(self)?.unwrap_or_default();
                assignments.push((name, value));
                continue;
            }
            match words::word(self)? {
                Some(word) => list.push(word),
                None => break,
            }
        }
        if list.is_empty() && assignments.is_empty() && redirections.is_empty() {
            self.demand("a command")?;
        }
        Ok(Command {
            body: Body::Simple {
                assignments,
                words: list,
            },
            redirections,
        })
    }

    /// The name before a `=` that comes next.
    fn assigned(&self) -> Option<String> {
        let ahead = &self.letters[self.at..];
        let end = ahead.iter().position(|letter| !words::in_name(*letter))?;
        let begins = ahead.first().is_some_and(|letter| !letter.is_ascii_digit());
        (end > 0 && begins && ahead[end] == '=').then(|| ahead[..end].iter().collect())
    }

    /// The bare word that comes next, where a reserved one can stand.
    fn keyword(&self) -> Option<String> {
        let ahead = self.letters[self.at..].iter();
        let word = ahead
            .take_while(|letter| letter.is_ascii_alphabetic())
            .collect::<String>();
        let after = self.letters.get(self.at + word.len()).copied();
        let ends = after.is_none_or(|after| after.is_whitespace() || ";&|()".contains(after));
        (ends && !word.is_empty()).then_some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_to_what() {
        use When::{Always, Failed, Succeeded};
        let list = parse("a && b || c; d | e\nf").unwrap();
        let whens = list.0.iter().map(|(when, _)| *when).collect::<Vec<_>>();
        assert_eq!(whens, [Always, Succeeded, Failed, Always, Always]);
        assert_eq!(list.0[3].1.commands.len(), 2);
    }

    #[test]
    fn conditions_and_loops() {
        for good in [
            "if a; then b; fi",
            "if a; then b; elif c; then d; else e; fi | f",
            "for x in a b; do echo $x; done",
            "if [ -f a ]\nthen\n  b\nfi\n# over",
            "(a; b) && { c; d; }",
            "",
            "  # nothing",
        ] {
            assert!(parse(good).is_ok(), "{good}: {:?}", parse(good));
        }
    }

    #[test]
    fn what_cannot_be_read() {
        for bad in [
            "if a; then b",
            "a &&",
            "| a",
            "(a",
            "echo \"a",
            "echo 'a",
            "echo $(a",
            "fi",
            "while a; do b; done",
            "a & b",
            "for x in a; b",
            "a ;; b",
            "${",
            "echo ${a!}",
            "cat <<EOF",
        ] {
            assert!(parse(bad).is_err(), "{bad}: {:?}", parse(bad));
        }
        assert!(parse(&"(".repeat(1000)).is_err());
        assert!(parse(&"$(".repeat(1000)).is_err());
    }
}
