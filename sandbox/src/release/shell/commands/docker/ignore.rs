//! `.dockerignore` (Docker's documentation, "Build context").

use crate::wildcard;

/// Whether the file at that path is left out of the build's context: the last rule that matches it
/// or a folder it is in decides.
pub(super) fn leaves_out(rules: &str, path: &str) -> bool {
    let mut out = false;
    for rule in rules.lines().map(str::trim) {
        let (rule, excepts) = match rule.strip_prefix('!') {
            Some(rule) => (rule, true),
            None => (rule, false),
        };
        let rule = rule.trim_start_matches('/').trim_end_matches('/');
        if !rule.is_empty() && !rule.starts_with('#') && matches(rule, path) {
            out = !excepts;
        }
    }
    out
}

fn matches(rule: &str, path: &str) -> bool {
    let rules = rule.split('/').collect::<Vec<_>>();
    let parts = path.split('/').collect::<Vec<_>>();
    // A folder that matches takes all that is in it along.
    (1..=parts.len()).any(|length| segments(&rules, &parts[..length]))
}

fn segments(rules: &[&str], parts: &[&str]) -> bool {
    match rules.split_first() {
        None => parts.is_empty(),
        // Any number of folders, none too.
        Some((&"**", rest)) => (0..=parts.len()).any(|skip| segments(rest, &parts[skip..])),
        Some((rule, rest)) => parts
            .split_first()
            .is_some_and(|(part, parts)| wildcard::matches(rule, part) && segments(rest, parts)),
    }
}

#[cfg(test)]
mod tests {
    use super::leaves_out;

    #[test]
    fn rules() {
        let rules = "# comment\nnode_modules\n*.md\n!README.md\n**/*.log\n/target/\n";
        for out in [
            "node_modules/pg/index.js",
            "CHANGES.md",
            "a/b/c.log",
            "x.log",
            "target/a",
        ] {
            assert!(leaves_out(rules, out), "{out}");
        }
        for stays in [
            "src/main.js",
            "README.md",
            "docs/CHANGES.md",
            "a/target",
            "# comment",
        ] {
            assert!(!leaves_out(rules, stays), "{stays}");
        }
    }
}
