//! Patterns with `*` and `?`, as the filters of several services take them.

/// Whether `text` matches `pattern`, in which `*` stands for any run and `?` for one character,
/// and a backslash takes the next character literally.
///
/// Only the last `*` is ever tried again, so the cost is bounded by the product of the lengths.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let pattern = glyphs(pattern);
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut done) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while done < text.len() {
        match pattern.get(at) {
            Some(Glyph::Run) => {
                star = Some((at, done));
                at += 1;
            }
            Some(glyph) if glyph.is(text[done]) => {
                at += 1;
                done += 1;
            }
            _ => {
                let Some((place, taken)) = star else {
                    return false;
                };
                star = Some((place, taken + 1));
                at = place + 1;
                done = taken + 1;
            }
        }
    }
    pattern[at..]
        .iter()
        .all(|glyph| matches!(glyph, Glyph::Run))
}

enum Glyph {
    Run,
    One,
    Literal(char),
}

impl Glyph {
    fn is(&self, character: char) -> bool {
        match self {
            Self::Run => false,
            Self::One => true,
            Self::Literal(literal) => *literal == character,
        }
    }
}

fn glyphs(pattern: &str) -> Vec<Glyph> {
    let mut glyphs = Vec::new();
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        glyphs.push(match character {
            '*' => Glyph::Run,
            '?' => Glyph::One,
            '\\' => Glyph::Literal(characters.next().unwrap_or('\\')),
            literal => Glyph::Literal(literal),
        });
    }
    glyphs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_and_single_characters() {
        for (pattern, text) in [
            ("*", ""),
            ("a*", "a"),
            ("*a*b", "xaxbab"),
            ("t?st", "test"),
            ("", ""),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("?", ""),
            ("a*", "ba"),
            ("*a*b", "xaxba"),
            ("t?st", "tst"),
            ("", "a"),
        ] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn a_backslash_takes_the_next_literally() {
        assert!(matches(r"a\*c", "a*c"));
        assert!(!matches(r"a\*c", "abc"));
    }

    #[test]
    fn many_runs_cost_no_more_than_the_product_of_the_lengths() {
        assert!(!matches(&"*a".repeat(200), &"b".repeat(2000)));
    }
}
