//! What a buildspec's commands do. They are read, not run: a variable stands for what the last
//! command assigned to it, and a command that is written in a way not foreseen here is not seen.

use std::collections::BTreeMap;

use super::document::Document;

/// What tells one commit from another (`CodeBuild` User Guide, "Environment variables in build
/// environments").
const OF_COMMIT: [&str; 3] = [
    "CODEBUILD_RESOLVED_SOURCE_VERSION",
    "CODEBUILD_SOURCE_VERSION",
    "git rev-parse",
];
/// What tells one build from another.
const OF_BUILD: [&str; 5] = [
    "CODEBUILD_BUILD_NUMBER",
    "CODEBUILD_BUILD_ID",
    "CODEBUILD_START_TIME",
    "date ",
    "uuidgen",
];
/// How deep a variable may stand in another's value, and how many values are put in at most: one
/// may stand in itself.
const DEPTH: u32 = 8;
const MOST_VALUES: u32 = 100;

/// The lines of all phases and the variables that they assign.
pub(super) struct Commands {
    lines: Vec<String>,
    variables: BTreeMap<String, String>,
}

impl Commands {
    pub(super) fn of(document: &Document) -> Self {
        let lines: Vec<String> = document
            .commands()
            .flat_map(|command| {
                let joined = command.replace("\\\n", " ").replace("&&", "\n");
                let lines = joined.split(['\n', ';']).map(|line| line.trim().to_owned());
                lines.collect::<Vec<_>>()
            })
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .collect();
        let mut variables: BTreeMap<_, _> = document.variables.iter().cloned().collect();
        variables.extend(lines.iter().filter_map(|line| assignment(line)));
        Self { lines, variables }
    }

    /// How the build logs in to the registry.
    pub(super) fn login(&self) -> Option<&'static str> {
        let has = |words: &str| self.lines.iter().any(|line| line.contains(words));
        if has("ecr get-login-password") && has("docker login") {
            Some("aws ecr get-login-password | docker login")
        } else if has("ecr get-login ") {
            Some("aws ecr get-login")
        } else if has("docker login") {
            Some("docker login")
        } else {
            None
        }
    }

    /// Whether an image is built.
    pub(super) fn builds(&self) -> Option<&'static str> {
        let mut lines = self.lines.iter();
        lines
            .any(|line| after_docker(line, "build").is_some())
            .then_some("docker build")
    }

    /// The sorts of the tags that are pushed: `commit`, `build`, `latest`, or a tag as it is.
    pub(super) fn pushed_tags(&self) -> Vec<String> {
        let mut tags: Vec<String> = self
            .pushes()
            .flat_map(|(_, names)| names)
            .map(|name| self.sort_of(&name))
            .collect();
        tags.sort();
        tags.dedup();
        tags
    }

    /// Whether `latest` is pushed whatever the project's variables say.
    pub(super) fn pushes_latest_by_name(&self) -> bool {
        self.pushes()
            .flat_map(|(_, names)| names)
            .any(|name| tag_of(&self.expand(&name)).unwrap_or("latest") == "latest")
    }

    /// Whether the push of a tag that is taken already is left out, or its failure expected.
    pub(super) fn spares_a_tag_that_is_taken(&self) -> bool {
        let looks_first = |line: &String| {
            line.contains("ecr describe-images")
                || line.contains("ecr batch-get-image")
                || line.contains("docker manifest inspect")
        };
        self.lines.iter().any(looks_first)
            || self.pushes().any(|(line, names)| {
                line.contains("||") && names.iter().any(|name| self.sort_of(name) == "commit")
            })
    }

    /// What is written to `imageDetail.json`; none if nothing is.
    pub(super) fn image_detail(&self) -> Option<&'static str> {
        let mut written = self
            .lines
            .iter()
            .filter(|line| line.contains("imageDetail.json"))
            .peekable();
        written.peek()?;
        let uri = self.lines.iter().find(|line| line.contains("ImageURI"));
        Some(match uri.map(|line| self.expand(line)) {
            None => "written, without ImageURI",
            Some(line) if holds(&line, &OF_COMMIT) || holds(&line, &OF_BUILD) => {
                "written, with ImageURI"
            }
            Some(_) => "written, with a tag that stays the same",
        })
    }

    /// Each line that pushes, with the names of what it pushes.
    fn pushes(&self) -> impl Iterator<Item = (&str, Vec<String>)> {
        self.lines.iter().filter_map(|line| {
            let names = match after_docker(line, "push") {
                Some(words) if words.iter().any(|word| is_all_tags(word)) => self.given_tags(),
                Some(words) => {
                    let name = words.into_iter().find(|word| !word.starts_with('-'));
                    name.map(str::to_owned).into_iter().collect()
                }
                None => {
                    let words = after_docker(line, "build")?;
                    words.contains(&"--push").then(|| tag_options(&words))?
                }
            };
            Some((line.as_str(), names))
        })
    }

    /// The names that `docker build` and `docker tag` give to images.
    fn given_tags(&self) -> Vec<String> {
        let mut names = Vec::new();
        for line in &self.lines {
            if let Some(words) = after_docker(line, "build") {
                names.extend(tag_options(&words));
            }
            if let Some(words) = after_docker(line, "tag") {
                names.extend(words.get(1).map(|&name| name.to_owned()));
            }
        }
        names
    }

    fn sort_of(&self, name: &str) -> String {
        // The tag stands behind the last colon, be it in the name or in a variable's value.
        let tag = if let Some(tag) = tag_of(name) {
            self.expand(tag)
        } else {
            let whole = self.expand(name);
            tag_of(&whole).unwrap_or("latest").to_owned()
        };
        let sort = if holds(&tag, &OF_COMMIT) {
            "commit"
        } else if holds(&tag, &OF_BUILD) {
            "build"
        } else if tag.contains("IMAGE_TAG") || tag == "latest" {
            // The build project sets IMAGE_TAG to latest.
            "latest"
        } else {
            tag.as_str()
        };
        sort.to_owned()
    }

    /// `text` with the variables' values in their places; what is not known stays.
    fn expand(&self, text: &str) -> String {
        let mut out = String::new();
        self.expand_into(&mut out, text, &mut { MOST_VALUES }, DEPTH);
        out
    }

    fn expand_into(&self, out: &mut String, text: &str, left: &mut u32, depth: u32) {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$') {
            out.push_str(before);
            let (name, tail) = named(after);
            match self.variables.get(name) {
                Some(value) if depth > 0 && *left > 0 => {
                    *left -= 1;
                    self.expand_into(out, value, left, depth - 1);
                }
                _ => {
                    out.push('$');
                    out.push_str(name);
                }
            }
            rest = tail;
        }
        out.push_str(rest);
    }
}

/// The name behind a `$`, in braces or without, and what follows. `${NAME:-other}` counts as
/// `NAME`.
fn named(text: &str) -> (&str, &str) {
    let length = |text: &str| text.bytes().take_while(|&byte| is_name(byte)).count();
    match text.strip_prefix('{') {
        Some(body) => {
            let end = body.find('}').map_or(body.len(), |end| end + 1);
            (&body[..length(body)], &body[end..])
        }
        None => text.split_at(length(text)),
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The variable and the value of `NAME=value`, `export` or not.
fn assignment(line: &str) -> Option<(String, String)> {
    let line = line.strip_prefix("export ").unwrap_or(line).trim_start();
    let (name, value) = line.split_once('=')?;
    let is_variable = !name.is_empty() && name.bytes().all(is_name);
    is_variable.then(|| (name.to_owned(), value.to_owned()))
}

/// The words behind `docker <verb>`, without quotes, up to the next command on the line.
fn after_docker<'a>(line: &'a str, verb: &str) -> Option<Vec<&'a str>> {
    let mut words = line
        .split_whitespace()
        .map(|word| word.trim_matches(['"', '\'', '(', ')']));
    words.find(|&word| word == "docker")?;
    let mut words = words.peekable();
    words.next_if(|word| matches!(*word, "buildx" | "image"));
    words.next_if_eq(&verb)?;
    Some(
        words
            .take_while(|word| !matches!(*word, "||" | "|" | ">" | "2>&1"))
            .collect(),
    )
}

/// The values of `--tag`.
fn tag_options(words: &[&str]) -> Vec<String> {
    let mut names = Vec::new();
    let mut words = words.iter();
    while let Some(&word) = words.next() {
        if matches!(word, "-t" | "--tag") {
            names.extend(words.next().map(|&name| name.to_owned()));
        } else if let Some(name) = word.strip_prefix("--tag=") {
            names.push(name.trim_matches('"').to_owned());
        }
    }
    names
}

fn is_all_tags(word: &str) -> bool {
    matches!(word, "-a" | "--all-tags")
}

/// What stands behind the last colon that is not in braces; a port is no tag.
fn tag_of(name: &str) -> Option<&str> {
    let mut braces = 0_u32;
    let mut at = None;
    for (position, char) in name.char_indices() {
        match char {
            '{' => braces += 1,
            '}' => braces = braces.saturating_sub(1),
            ':' if braces == 0 => at = Some(position + 1),
            '/' if braces == 0 => at = None,
            _ => {}
        }
    }
    at.map(|at| name[at..].trim_matches('"'))
}

fn holds(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}
