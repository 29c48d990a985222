//! Dockerfiles: read, and followed as far as files go.

/// An instruction with its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Instruction {
    pub(super) line: usize,
    /// In capitals: `COPY`.
    pub(super) name: String,
    pub(super) arguments: String,
}

/// Every instruction there is (Docker's documentation, "Dockerfile reference").
const KNOWN: [&str; 18] = [
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
];

/// What is installed in the images that people build on, as far as `RUN` goes.
const PROGRAMS: [&str; 46] = [
    "./gradlew",
    "./mvnw",
    "[",
    "addgroup",
    "adduser",
    "apk",
    "apt",
    "apt-get",
    "cd",
    "chmod",
    "chown",
    "corepack",
    "cp",
    "curl",
    "dnf",
    "echo",
    "export",
    "find",
    "gradle",
    "groupadd",
    "if",
    "java",
    "ln",
    "ls",
    "mkdir",
    "mv",
    "mvn",
    "node",
    "npm",
    "npx",
    "pip",
    "pnpm",
    "printf",
    "python3",
    "rm",
    "sed",
    "set",
    "sh",
    "tar",
    "test",
    "touch",
    "true",
    "useradd",
    "wget",
    "yarn",
    "yum",
];

/// The instructions, or Docker's words for what cannot be read.
pub(super) fn read(text: &str) -> Result<Vec<Instruction>, String> {
    let (mut instructions, mut open) = (Vec::new(), None::<(usize, String)>);
    for (line, at) in text.lines().zip(1..) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (begun, before) = open.take().unwrap_or((at, String::new()));
        let whole = if before.is_empty() {
            line.to_owned()
        } else {
            format!("{before} {line}")
        };
        match whole.strip_suffix('\\') {
            Some(part) => open = Some((begun, part.trim_end().to_owned())),
            None => instructions.push(instruction(begun, &whole)?),
        }
    }
    if let Some((line, whole)) = open {
        instructions.push(instruction(line, &whole)?);
    }
    let first = instructions.iter().find(|it| it.name != "ARG");
    match first {
        None => Err("failed to solve: file with no instructions".to_owned()),
        Some(first) if first.name != "FROM" => Err(format!(
            "failed to solve: dockerfile parse error on line {}: no build stage in current context",
            first.line
        )),
        Some(_) => Ok(instructions),
    }
}

fn instruction(line: usize, text: &str) -> Result<Instruction, String> {
    let (name, arguments) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let known = name.to_uppercase();
    let problem = |words: String| {
        Err(format!(
            "failed to solve: dockerfile parse error on line {line}: {words}"
        ))
    };
    if !KNOWN.contains(&known.as_str()) {
        return problem(format!("unknown instruction: {name}"));
    }
    if arguments.trim().is_empty() {
        return problem(format!("{known} requires at least one argument"));
    }
    if arguments.contains("<<") {
        return problem(format!("{known}: here-documents are not simulated"));
    }
    Ok(Instruction {
        line,
        name: known,
        arguments: arguments.trim().to_owned(),
    })
}

/// The first program of a `RUN` that no image has.
pub(super) fn unknown_program(arguments: &str) -> Option<String> {
    // The form with brackets has the program first.
    if let Ok(list) = serde_json::from_str::<Vec<String>>(arguments) {
        return list
            .first()
            .filter(|name| !PROGRAMS.contains(&name.as_str()))
            .cloned();
    }
    let commands = arguments
        .split("&&")
        .flat_map(|part| part.split("||"))
        .flat_map(|part| part.split(';'));
    commands
        .filter_map(|command| {
            let words = command.split_whitespace();
            words
                .into_iter()
                .find(|word| !word.starts_with("--mount") && !word.contains('='))
        })
        .find(|name| !PROGRAMS.contains(name))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_and_continued_lines() {
        let read = read(
            "# syntax\nARG V=1\nFROM node:22 AS base\n\nRUN npm ci \\\n  # why\n  --omit=dev\n",
        )
        .unwrap();
        let names = read
            .iter()
            .map(|it| (it.line, it.name.as_str()))
            .collect::<Vec<_>>();
        assert_eq!(names, [(2, "ARG"), (3, "FROM"), (5, "RUN")]);
        assert_eq!(read[2].arguments, "npm ci --omit=dev");
    }

    #[test]
    fn what_cannot_be_read() {
        for (text, words) in [
            ("", "no instructions"),
            ("FRM node", "line 1: unknown instruction: FRM"),
            ("COPY a b", "no build stage"),
            ("FROM a\nCOPY", "line 2: COPY requires"),
        ] {
            assert!(read(text).unwrap_err().contains(words), "{text}");
        }
    }

    #[test]
    fn programs() {
        assert_eq!(unknown_program("npm ci --omit=dev && rm -rf x"), None);
        assert_eq!(unknown_program("nmp ci").as_deref(), Some("nmp"));
        assert_eq!(unknown_program(r#"["npm", "ci"]"#), None);
        assert_eq!(
            unknown_program("CI=1 npm ci || fail").as_deref(),
            Some("fail")
        );
    }
}
