//! Filter patterns for unstructured events (`CloudWatch` Logs User Guide, "Filter pattern syntax"):
//! terms that must all be there, `?` before those of which one must, `-` before those that must not,
//! quotation marks around those that are not words. Patterns for JSON and for columns are refused.

use crate::fault::Fault;
use crate::services::logs::CODE;

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pattern {
    all: Vec<String>,
    any: Vec<String>,
    none: Vec<String>,
}

impl Pattern {
    pub(super) fn read(text: &str) -> Result<Pattern, Fault> {
        let mut pattern = Pattern::default();
        let mut rest = text.trim_start();
        if rest.starts_with(['{', '[', '%']) {
            return Err(invalid());
        }
        while !rest.is_empty() {
            let (list, after) = if let Some(after) = rest.strip_prefix('?') {
                (&mut pattern.any, after)
            } else if let Some(after) = rest.strip_prefix('-') {
                (&mut pattern.none, after)
            } else {
                (&mut pattern.all, rest)
            };
            let (term, after) = if let Some(quoted) = after.strip_prefix('"') {
                quoted.split_once('"').ok_or_else(invalid)?
            } else {
                let end = after.find(char::is_whitespace).unwrap_or(after.len());
                let (term, after) = after.split_at(end);
                let fits = |letter: char| letter.is_alphanumeric() || letter == '_';
                if term.is_empty() || !term.chars().all(fits) {
                    return Err(invalid());
                }
                (term, after)
            };
            list.push(term.to_owned());
            rest = after.trim_start();
        }
        Ok(pattern)
    }

    /// Whether the event matches: upper and lower case differ.
    pub(super) fn matches(&self, message: &str) -> bool {
        let has = |term: &String| message.contains(term.as_str());
        self.all.iter().all(has)
            && !self.none.iter().any(has)
            && (self.any.is_empty() || self.any.iter().any(has))
    }
}

fn invalid() -> Fault {
    Fault::new(CODE, "Invalid filter pattern")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms() {
        let matches = |pattern, message| Pattern::read(pattern).unwrap().matches(message);
        assert!(matches("", "anything"));
        assert!(matches("ERROR push", "ERROR while push"));
        assert!(!matches("ERROR push", "error while push"));
        assert!(matches("?ERROR ?WARN", "WARN: slow"));
        assert!(!matches("?ERROR ?WARN", "INFO"));
        assert!(matches("ERROR -Exiting", "ERROR: more"));
        assert!(!matches("ERROR -Exiting", "ERROR: Exiting"));
        assert!(matches("\"exit status 127\"", "failed: exit status 127."));
        assert!(matches("é", "é"));
    }

    #[test]
    fn what_is_no_pattern_of_terms_is_refused() {
        for bad in ["{ $.a = 1 }", "[a, b]", "%x%", "\"open", "a.b", "?", "-"] {
            assert!(Pattern::read(bad).is_err(), "{bad}");
        }
    }
}
