//! Highlights code by weight, not by colour: colour means something on these pages.
//!
//! Commands change with the reader's values, so that they are highlighted on every request. A
//! small scanner does that in microseconds and knows what the texts need: what a command runs,
//! its options, strings, variables, comments, and the keys of JSON and YAML.

use super::html::escape_into;

/// A language, as far as it reads differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// A POSIX shell.
    Shell,
    /// Keys before colons, strings, comments after `#`: JSON, YAML.
    Data,
    /// Anything else: as it stands.
    Plain,
}

impl Language {
    /// The language of a fence.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "sh" | "bash" | "calls" => Self::Shell,
            "json" | "yaml" | "yml" => Self::Data,
            _ => Self::Plain,
        }
    }
}

/// `code` as HTML: escaped, with `<span class="hl-…">` around what stands out. Its text is
/// exactly `code`.
pub(super) fn highlight(language: Language, code: &str) -> String {
    let mut out = String::with_capacity(code.len() * 3 / 2);
    match language {
        Language::Shell => shell(&mut out, code),
        Language::Data => data(&mut out, code),
        Language::Plain => escape_into(&mut out, code),
    }
    out
}

/// In a shell a command's own words stand out: `aws rds create-db-cluster`, up to what it is given.
fn shell(out: &mut String, code: &str) {
    let mut rest = code;
    let mut in_command = true;
    while let Some(first) = rest.chars().next() {
        let (len, class) = match first {
            '#' => (line_end(rest), Some("hl-comment")),
            '"' | '\'' => {
                in_command = false;
                (string_end(rest, first), Some("hl-string"))
            }
            '$' if rest.starts_with("$(") => {
                in_command = true;
                (2, None)
            }
            '$' => (1 + word_end(&rest[1..]), Some("hl-variable")),
            '\\' if rest.starts_with("\\\n") => (2, Some("hl-comment")),
            '\\' => (1 + rest.chars().nth(1).map_or(0, char::len_utf8), None),
            '\n' | '|' | ';' | '&' => {
                in_command = true;
                (1, None)
            }
            ' ' | '\t' | '(' | ')' | '<' | '>' | '`' => (first.len_utf8(), None),
            '-' => {
                in_command = false;
                (word_end(rest), Some("hl-option"))
            }
            _ => {
                let len = word_end(rest).max(first.len_utf8());
                let word = &rest[..len];
                // `NAME=` may come before a command; anything that is no plain word ends it.
                in_command &= word.ends_with('=') || is_plain(word);
                let class = (in_command && is_plain(word)).then_some("hl-command");
                (len, class)
            }
        };
        span(out, class, &rest[..len]);
        rest = &rest[len..];
    }
}

/// Whether a word may be a command's own: `create-db-cluster`, not `eu-west-1`.
fn is_plain(word: &str) -> bool {
    word.bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

/// In data the keys stand out.
fn data(out: &mut String, code: &str) {
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let (len, class) = match first {
            '#' => (line_end(rest), Some("hl-comment")),
            '"' | '\'' => {
                let len = string_end(rest, first);
                let is_key = rest[len..].starts_with(':');
                let class = if is_key { "hl-command" } else { "hl-string" };
                (len, Some(class))
            }
            // A variable is one word with what stands beside it.
            _ if first.is_alphanumeric() || rest.starts_with("{{") => {
                let len = rest
                    .find(|char: char| char.is_whitespace() || ":,\"'".contains(char))
                    .unwrap_or(rest.len());
                let is_key = rest[len..].starts_with(": ") || rest[len..].starts_with(":\n");
                let class = if is_key { "hl-command" } else { "hl-value" };
                (len, Some(class))
            }
            _ => (first.len_utf8(), None),
        };
        span(out, class, &rest[..len]);
        rest = &rest[len..];
    }
}

fn span(out: &mut String, class: Option<&str>, text: &str) {
    match class {
        Some(class) if !text.is_empty() => {
            out.push_str("<span class=\"");
            out.push_str(class);
            out.push_str("\">");
            escape_into(out, text);
            out.push_str("</span>");
        }
        _ => escape_into(out, text),
    }
}

fn line_end(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// The length of the word that `text` begins with. A word ends with its `=`, so that a value is
/// a word of its own.
fn word_end(text: &str) -> usize {
    for (at, char) in text.char_indices() {
        match char {
            '=' => return at + 1,
            ' ' | '\t' | '\n' | '"' | '\'' | '|' | ';' | '&' | '(' | ')' | '<' | '>' | '`'
            | '\\' | '$' => return at,
            _ => {}
        }
    }
    text.len()
}

/// The length of the string that `text` begins with, its quotes included.
fn string_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, char) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if char == '\\' && quote == '"' {
            escaped = true;
        } else if char == quote {
            return at + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(html: &str) -> String {
        let mut out = String::new();
        let mut in_tag = false;
        for char in html.chars() {
            match char {
                '<' => in_tag = true,
                '>' => in_tag = false,
                _ if !in_tag => out.push(char),
                _ => {}
            }
        }
        out.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&")
    }

    #[test]
    fn a_command_stands_out_up_to_its_options() {
        assert_eq!(
            highlight(Language::Shell, "aws sts get --profile x # who"),
            "<span class=\"hl-command\">aws</span> <span class=\"hl-command\">sts</span> \
             <span class=\"hl-command\">get</span> <span class=\"hl-option\">--profile</span> x \
             <span class=\"hl-comment\"># who</span>"
        );
    }

    #[test]
    fn the_text_stays_what_it_was() {
        for code in [
            "ID=$(aws ec2 create --tags '[{\"a\":\"b\"}]' \\\n  --name \"${X}\") && echo \"$ID\" | tee <f >g",
            "unclosed 'string",
            "echo é — ü; a=1 b",
            "{{profile}} --x {{region}}",
            "$",
            "",
        ] {
            assert_eq!(text_of(&highlight(Language::Shell, code)), code);
            assert_eq!(text_of(&highlight(Language::Data, code)), code);
            assert_eq!(text_of(&highlight(Language::Plain, code)), code);
        }
    }

    #[test]
    fn variables_are_not_cut() {
        let html = highlight(
            Language::Shell,
            "aws x --region {{region}} --name '{{db_cluster}}'",
        );
        assert!(
            html.contains("{{region}}") && html.contains("{{db_cluster}}"),
            "{html}"
        );
        let html = highlight(Language::Data, "{\"name\": \"{{db_cluster}}\", \"n\": 1}");
        assert!(html.contains("{{db_cluster}}"), "{html}");
        let html = highlight(
            Language::Data,
            "push: docker {{account}}.dkr/{{name}}:latest",
        );
        assert!(html.contains("{{account}}.dkr/{{name}}"), "{html}");
    }

    #[test]
    fn keys_of_data_stand_out() {
        assert_eq!(
            highlight(Language::Data, "version: 0.2"),
            "<span class=\"hl-command\">version</span>: <span class=\"hl-value\">0.2</span>"
        );
    }
}
