//! What the panel's own credentials must be allowed: the least that suffices, made of the
//! operations that a test recorded (`operations.txt`, written by `tests/it/operations.rs`).

mod actions;
mod layout;
mod roles;
mod statement;

use std::collections::{BTreeMap, BTreeSet};

use workshop::blueprint::Names;

pub use actions::needs;
use statement::Statement;

/// The operations that the panel uses, `service Operation` a line, the service by the name that
/// requests are signed for.
const OPERATIONS: &str = include_str!("../operations.txt");

/// The operations that the panel uses, each with its service, in the order of the list.
pub fn operations() -> impl Iterator<Item = (&'static str, &'static str)> {
    OPERATIONS.lines().filter_map(|line| line.split_once(' '))
}

/// Which of the permissions: a managed policy has no room for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// All.
    Whole,
    /// Those that change nothing: enough to check every step.
    Read,
    /// The others.
    Change,
}

impl Part {
    fn has(self, action: &str) -> bool {
        match self {
            Self::Whole => true,
            Self::Read => reads(action),
            Self::Change => !reads(action),
        }
    }
}

/// Whether an action changes nothing, which its name says.
fn reads(action: &str) -> bool {
    let name = action.split(':').nth(1).unwrap_or_default();
    ["BatchGet", "Describe", "Get", "List", "Simulate"]
        .iter()
        .any(|verb| name.starts_with(verb))
}

/// The least policy under which the panel does all that it does, or a part of it, as JSON (IAM User
/// Guide, "Grammar of the IAM JSON policy language").
pub fn policy(part: Part) -> String {
    layout::document(&statements(part))
}

/// A statement a service, and IAM's, which give rights away, each as narrow as it can be.
fn statements(part: Part) -> Vec<Statement> {
    let all: BTreeSet<String> = operations()
        .flat_map(|(service, operation)| needs(service, operation))
        .filter(|action| part.has(action))
        .collect();
    let mut services: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for action in &all {
        let service = action.split(':').next().unwrap_or_default();
        services.entry(service).or_default().push(action);
    }
    let mut statements = Vec::new();
    for (service, actions) in services {
        match service {
            "iam" => statements.extend(roles::statements(&actions)),
            "s3" => statements.extend(buckets(&actions)),
            _ => statements.push(Statement::new(sid(service), actions)),
        }
    }
    statements.retain(|statement| !statement.action.is_empty());
    statements
}

/// S3's: the listing of all buckets, and whatever else on the workshop's alone.
fn buckets(actions: &[&str]) -> [Statement; 2] {
    let (all, one): (Vec<&str>, Vec<&str>) = actions
        .iter()
        .partition(|action| **action == "s3:ListAllMyBuckets");
    // Its name also has Region and account in it, and a short form (`panel/artifacts.rs`).
    let names = ["codepipeline-*-{{project}}", "cp-*-{{project}}"];
    let names = names.map(|name| format!("arn:aws:s3:::{}", named(name)));
    [
        Statement::new("S3List".to_owned(), all),
        Statement::new("S3".to_owned(), one).on(names.to_vec()),
    ]
}

/// A resource's name in whichever workspace and account, as a pattern.
fn named(template: &str) -> String {
    let anyone = Names {
        workspace: "*".to_owned(),
        suffix: Some("*".to_owned()),
    };
    let variables = anyone.variables();
    let (mut out, mut rest) = (String::new(), template);
    while let Some((before, (variable, after))) = rest
        .split_once("{{")
        .and_then(|(before, from)| Some((before, from.split_once("}}")?)))
    {
        out.push_str(before);
        out.push_str(variables.get(variable).unwrap_or("*"));
        rest = after;
    }
    out.push_str(rest);
    // Who is alone in an account has no suffix, and so no hyphen before it.
    out.replace("-*", "*")
}

/// A statement's name: letters and digits only.
fn sid(service: &str) -> String {
    let mut letters = service.chars().filter(char::is_ascii_alphanumeric);
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTS: [Part; 3] = [Part::Whole, Part::Read, Part::Change];

    #[test]
    fn each_part_has_room_where_it_goes() {
        // IAM and STS quotas, white space not counted: of a managed policy, and of the inline
        // policies of a role or a permission set.
        for (part, room) in [
            (Part::Read, 6144),
            (Part::Change, 6144),
            (Part::Whole, 10_240),
        ] {
            let policy = policy(part);
            let characters = policy.chars().filter(|it| !it.is_whitespace()).count();
            assert!(characters <= room, "{part:?}: {characters}");
        }
    }

    #[test]
    fn the_parts_are_the_whole() {
        let actions = |part| -> BTreeSet<String> {
            let statements = statements(part).into_iter();
            statements.flat_map(|statement| statement.action).collect()
        };
        let (read, change) = (actions(Part::Read), actions(Part::Change));
        assert!(read.is_disjoint(&change));
        assert_eq!(&read | &change, actions(Part::Whole));
        assert!(change.contains("iam:PassRole") && read.contains("iam:GetRole"));
    }

    #[test]
    fn no_statement_is_empty_or_unnamed() {
        for part in PARTS {
            let mut names = BTreeSet::new();
            for statement in statements(part) {
                let Statement { sid, action, .. } = &statement;
                assert!(!action.is_empty(), "{statement:?}");
                assert!(sid.chars().all(|it| it.is_ascii_alphanumeric()), "{sid}");
                assert!(names.insert(sid.clone()), "{sid}");
            }
        }
    }

    #[test]
    fn it_is_json_whose_lines_can_be_read() {
        for part in PARTS {
            let policy = policy(part);
            let read: serde_json::Value = serde_json::from_str(&policy).expect("JSON");
            let count = read["Statement"].as_array().map(Vec::len);
            assert_eq!(count, Some(statements(part).len()));
            assert!(policy.lines().all(|line| line.len() <= 120), "{policy}");
        }
    }

    #[test]
    fn the_list_is_sorted_and_each_line_an_operation() {
        let lines: Vec<_> = OPERATIONS.lines().collect();
        assert!(lines.is_sorted());
        assert_eq!(operations().count(), lines.len());
    }

    #[test]
    fn names_become_patterns_for_every_workspace() {
        assert_eq!(named("{{execution_role}}"), "ecsTaskExecutionRole*");
        assert_eq!(
            named("{{build_role}}"),
            "codebuild-tripmgmt*-demo-service-role"
        );
        assert_eq!(named("a-{{nobody_knows}}"), "a*");
    }
}
