//! `sed`, as far as buildspecs take it: `s` with a text, `-i`, several `-e`, a file or the input.

use super::{misused, text};
use crate::release::shell::execute::{Ran, Shell};

pub(super) fn sed(shell: &mut Shell, arguments: &[String], input: &str) -> Ran {
    let (mut in_place, mut scripts, mut paths) = (false, Vec::new(), Vec::new());
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "-i" | "--in-place" => in_place = true,
            "-e" => scripts.extend(rest.next()),
            "-E" | "-r" => {}
            it if it.starts_with('-') => return misused("sed", format!("{it} is not simulated")),
            _ if scripts.is_empty() => scripts.push(argument),
            path => paths.push(path),
        }
    }
    let mut substitutions = Vec::new();
    for script in scripts.iter().flat_map(|script| commands(script)) {
        let Some(substitution) = Substitution::read(&script) else {
            let words = format!("{script}: only s with a text, not a pattern, is simulated");
            return misused("sed", words);
        };
        substitutions.push(substitution);
    }
    if substitutions.is_empty() {
        return misused("sed", "no script specified");
    }
    let edited = |text: &str| {
        let lines = text.split_inclusive('\n').map(|line| {
            let mut line = line.to_owned();
            for substitution in &substitutions {
                line = substitution.of(&line);
            }
            line
        });
        lines.collect::<String>()
    };
    if !in_place {
        return match text::texts(shell, "sed", paths.into_iter(), input) {
            Ok(text) => Ran::out(edited(&text)),
            Err(ran) => ran,
        };
    }
    for path in paths {
        let Some(there) = shell.machine.read(path) else {
            return Ran::failed(
                2,
                format!("sed: can't read {path}: No such file or directory"),
            );
        };
        if let Err(problem) = shell.machine.write(path, edited(&there), false) {
            return Ran::failed(4, format!("sed: {problem}"));
        }
    }
    Ran::status(0)
}

/// Several commands in one script: `s/a/b/; s/c/d/`.
fn commands(script: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    for part in script.split(';') {
        // A semicolon inside of a text is no end.
        let whole = match commands.last() {
            Some(last) if Substitution::read(last).is_none() => format!("{last};{part}"),
            _ => {
                commands.push(part.trim().to_owned());
                continue;
            }
        };
        commands.pop();
        commands.push(whole);
    }
    commands.retain(|command| !command.is_empty());
    commands
}

struct Substitution {
    text: String,
    with: String,
    all: bool,
}

impl Substitution {
    /// `s/text/with/g`, with any letter for the slash.
    fn read(script: &str) -> Option<Substitution> {
        let mut letters = script.trim().strip_prefix('s')?.chars();
        let mark = letters.next().filter(|mark| !mark.is_alphanumeric())?;
        let mut parts = vec![String::new()];
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => {
                    // A backslash takes a mark, or whatever pattern it would be, as it is.
                    let next = letters.next()?;
                    if next.is_alphanumeric() {
                        return None;
                    }
                    parts.last_mut()?.push(next);
                }
                letter if letter == mark => parts.push(String::new()),
                // Patterns are not simulated; a dot matches itself too.
                '*' | '[' | '^' | '$' if parts.len() == 1 => return None,
                '&' if parts.len() == 2 => return None,
                letter => parts.last_mut()?.push(letter),
            }
        }
        match parts.as_slice() {
            [text, with, flags] if !text.is_empty() && matches!(flags.as_str(), "" | "g") => {
                Some(Substitution {
                    text: text.clone(),
                    with: with.clone(),
                    all: flags == "g",
                })
            }
            _ => None,
        }
    }

    fn of(&self, line: &str) -> String {
        let times = if self.all { usize::MAX } else { 1 };
        line.replacen(&self.text, &self.with, times)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn substitutions() {
        let of = |script: &str, line: &str| Substitution::read(script).map(|it| it.of(line));
        assert_eq!(of("s/a/b/", "aa").as_deref(), Some("ba"));
        assert_eq!(of("s/a/b/g", "aa").as_deref(), Some("bb"));
        assert_eq!(
            of("s|<image>|reg/app:1|", "<image>").as_deref(),
            Some("reg/app:1")
        );
        assert_eq!(of(r"s/a\/b/c/", "a/b").as_deref(), Some("c"));
        for bad in [
            "d",
            "s/a*/b/",
            "s/a/b",
            "s/a/&&/",
            "s/^a/b/",
            r"s/\(a\)/\1/",
            "s//x/",
        ] {
            assert!(of(bad, "a").is_none(), "{bad}");
        }
        assert_eq!(commands("s/a/b/; s/c;d/e/"), ["s/a/b/", "s/c;d/e/"]);
    }
}
