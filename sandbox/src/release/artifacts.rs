//! Collecting the files of an artifact.

use super::buildspec::Files;
use super::tree::Tree;
use crate::wildcard;

/// The files that the buildspec names, of those below the source's folder; or why there are none.
pub(crate) fn collect(wanted: &Files, files: &Tree) -> Result<Tree, String> {
    let base = wanted.base.as_deref().unwrap_or_default();
    let base = base.trim_start_matches("./").trim_matches('/');
    let base = if base == "." { "" } else { base };
    if !files.has_folder(base) {
        return Err(format!("no matching base directory path found for {base}"));
    }
    let skip = if base.is_empty() { 0 } else { base.len() + 1 };
    let mut found = Tree::default();
    for (path, content) in files.below(base) {
        // What is not below the source has an absolute path.
        let Some(path) = path.get(skip..).filter(|path| !path.starts_with('/')) else {
            continue;
        };
        let among = |patterns: &[String]| patterns.iter().any(|pattern| matches(pattern, path));
        if among(&wanted.include) && !among(&wanted.exclude) {
            let last = path.rsplit('/').next().filter(|_| wanted.discards_paths);
            let name = last.unwrap_or(path);
            found.insert(name, content.clone());
        }
    }
    if found.is_empty() {
        return Err("no matching artifact paths found".to_owned());
    }
    Ok(found)
}

/// `**/*` is everything, `*` whatever is in the folder itself, `dir/**/*` everything below.
fn matches(pattern: &str, path: &str) -> bool {
    let pattern = pattern.trim_start_matches("./");
    let patterns = pattern.split('/').collect::<Vec<_>>();
    segments(&patterns, &path.split('/').collect::<Vec<_>>())
}

fn segments(patterns: &[&str], parts: &[&str]) -> bool {
    match patterns.split_first() {
        None => parts.is_empty(),
        Some((&"**", [])) => true,
        Some((&"**", rest)) => (0..=parts.len()).any(|skip| segments(rest, &parts[skip..])),
        Some((pattern, rest)) => parts
            .split_first()
            .is_some_and(|(part, parts)| wildcard::matches(pattern, part) && segments(rest, parts)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collected(wanted: &Files) -> Result<Vec<String>, String> {
        let files = ["app.json", "src/a.js", "src/lib/b.js", "/tmp/c"].map(|path| (path, "x"));
        let found = collect(wanted, &Tree::from_iter(files))?;
        Ok(found.iter().map(|(path, _)| path.to_owned()).collect())
    }

    fn files(patterns: &[&str]) -> Files {
        Files {
            include: patterns.iter().map(|&it| it.to_owned()).collect(),
            ..Files::default()
        }
    }

    #[test]
    fn patterns() {
        assert_eq!(
            collected(&files(&["**/*"])).unwrap(),
            ["app.json", "src/a.js", "src/lib/b.js"]
        );
        assert_eq!(collected(&files(&["*"])).unwrap(), ["app.json"]);
        assert_eq!(
            collected(&files(&["src/**/*"])).unwrap(),
            ["src/a.js", "src/lib/b.js"]
        );
        assert_eq!(
            collected(&files(&["app.json", "none"])).unwrap(),
            ["app.json"]
        );
        assert_eq!(
            collected(&files(&["none"])).unwrap_err(),
            "no matching artifact paths found"
        );
    }

    #[test]
    fn bases_and_names_alone() {
        let base = Some("src".to_owned());
        let wanted = Files {
            base,
            ..files(&["**/*"])
        };
        assert_eq!(collected(&wanted).unwrap(), ["a.js", "lib/b.js"]);
        let wanted = Files {
            discards_paths: true,
            ..wanted
        };
        assert_eq!(collected(&wanted).unwrap(), ["a.js", "b.js"]);
        let wanted = Files {
            base: Some("none".to_owned()),
            ..wanted
        };
        assert!(collected(&wanted).unwrap_err().contains("base directory"));
    }
}
