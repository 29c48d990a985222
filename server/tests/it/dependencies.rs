//! The crates depend on what ARCHITECTURE.md allows, and on nothing more.

use std::process::Command;

/// The names of the crates that `package` pulls in, itself included.
fn tree(package: &str, arguments: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--locked",
            "--offline",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--package",
            package,
        ])
        .args(arguments)
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("names are ASCII");
    text.lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect()
}

fn assert_without(package: &str, arguments: &[&str], forbidden: &[&str]) {
    let names = tree(package, arguments);
    assert_eq!(names.first().map(String::as_str), Some(package));
    for name in names {
        let is_forbidden = |prefix: &&str| match prefix.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => name == **prefix,
        };
        assert!(
            !forbidden.iter().any(is_forbidden),
            "{package} pulls in {name}"
        );
    }
}

#[test]
fn the_pages_know_neither_aws_nor_the_database() {
    for features in ["ssr", "hydrate"] {
        assert_without(
            "app",
            &["--features", features],
            &["aws-*", "sqlx*", "tower-sessions*", "sandbox", "server"],
        );
    }
}

#[test]
fn the_workshop_is_plain_rust() {
    let forbidden = [
        "aws-*",
        "sqlx*",
        "tower-sessions*",
        "leptos*",
        "axum*",
        "tokio*",
        "sandbox",
        "app",
        "server",
    ];
    assert_without("workshop", &[], &forbidden);
}

#[test]
fn the_sandbox_stands_alone() {
    assert_without(
        "sandbox",
        &[],
        &[
            "workshop", "app", "server", "aws-*", "sqlx*", "leptos*", "axum*", "tokio*",
        ],
    );
}

#[test]
fn only_the_cloud_calls_the_sdk_and_only_the_store_holds_sql() {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut files = vec![std::path::PathBuf::from(source)];
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(
                std::fs::read_dir(&path)
                    .expect("a folder")
                    .map(|entry| entry.expect("an entry").path()),
            );
            continue;
        }
        let place = path
            .strip_prefix(source)
            .expect("below src")
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&path).expect("a source file");
        assert!(
            place.starts_with("cloud") || !text.contains("aws_sdk_"),
            "{place} calls the SDK"
        );
        assert!(
            place.starts_with("store") || !text.contains("sqlx::query"),
            "{place} holds SQL"
        );
    }
}
