//! The tables in `actions/`, read.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What an operation needs.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rule {
    /// Without the service's name.
    pub(super) action: &'static str,
    /// `None` stands for an operation that needs no permission.
    pub(super) resources: Resources,
    pub(super) also: Vec<Also>,
}

/// Templates of resources.
pub(super) type Resources = Vec<&'static str>;

/// What an operation needs beside its own action.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Also {
    /// Another action, if one of the parameters is given.
    If {
        given: &'static str,
        action: &'static str,
        resources: Resources,
    },
    /// The right to hand what a parameter names to a service.
    Hands {
        given: &'static str,
        action: &'static str,
        service: &'static str,
    },
}

macro_rules! tables {
    ($($service:literal),* $(,)?) => {
        [$(($service, include_str!(concat!("actions/", $service, ".txt")))),*]
    };
}

const TABLES: [(&str, &str); 15] = tables!(
    "autoscaling",
    "codebuild",
    "codeconnections",
    "codedeploy",
    "codepipeline",
    "ec2",
    "ecr",
    "ecs",
    "elasticloadbalancing",
    "iam",
    "logs",
    "rds",
    "s3",
    "ssm",
    "sts",
);

/// The rules of a service, by operation.
type Rules = BTreeMap<&'static str, Rule>;

static RULES: LazyLock<BTreeMap<&'static str, Rules>> = LazyLock::new(|| {
    let tables = TABLES.iter();
    tables
        .map(|(service, table)| (*service, read(table)))
        .collect()
});

/// The rule of an operation; `None` if it needs no permission.
pub(super) fn find(service: &str, operation: &str) -> Option<&'static Rule> {
    // The connections' older name has the same operations.
    let service = match service {
        "codestar-connections" => "codeconnections",
        service => service,
    };
    let rule = RULES.get(service)?.get(operation)?;
    (rule.resources != ["-"]).then_some(rule)
}

fn read(table: &'static str) -> Rules {
    let mut rules = Rules::new();
    let mut last = "";
    for line in table.lines() {
        let mut words = line.split_whitespace();
        let first = words.next().unwrap_or_default();
        if !line.starts_with(' ') {
            let (operation, action) = first.split_once('=').unwrap_or((first, first));
            let rule = Rule {
                action,
                resources: words.collect(),
                also: Vec::new(),
            };
            rules.insert(operation, rule);
            last = operation;
        } else if let (Some(rule), Some(given), Some(action)) =
            (rules.get_mut(last), words.next(), words.next())
        {
            rule.also.push(match first {
                ">" => Also::Hands {
                    given,
                    action,
                    service: words.next().unwrap_or_default(),
                },
                _ => Also::If {
                    given,
                    action,
                    resources: words.collect(),
                },
            });
        }
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::operations;

    #[test]
    fn every_operation_has_a_line_and_every_line_an_operation() {
        let mut lines: Vec<_> = RULES
            .iter()
            .flat_map(|(service, rules)| rules.keys().map(|operation| (*service, *operation)))
            .collect();
        for name in operations() {
            let service = name.service.replace("codestar-", "code");
            let is_told = RULES[service.as_str()].contains_key(name.operation);
            assert!(is_told, "{} {}", name.service, name.operation);
            lines.retain(|line| *line != (&service, name.operation));
        }
        assert_eq!(lines, []);
    }

    #[test]
    fn what_else_is_needed_is_read_too() {
        let rule = find("rds", "DeleteDBCluster").unwrap();
        assert_eq!(rule.resources, ["cluster:{DBClusterIdentifier}"]);
        let also = Also::If {
            given: "FinalDBSnapshotIdentifier",
            action: "rds:CreateDBClusterSnapshot",
            resources: vec![
                "cluster:{DBClusterIdentifier}",
                "cluster-snapshot:{FinalDBSnapshotIdentifier}",
            ],
        };
        assert_eq!(rule.also, [also]);
        for rule in RULES.values().flat_map(Rules::values) {
            for also in &rule.also {
                let (Also::If { action, .. } | Also::Hands { action, .. }) = also;
                assert!(action.contains(':'), "{also:?}");
                if let Also::Hands { service, .. } = also {
                    assert!(service.ends_with(".amazonaws.com"), "{also:?}");
                }
            }
        }
        assert_eq!(find("sts", "GetCallerIdentity"), None);
        assert_eq!(find("s3", "HeadBucket").unwrap().action, "ListBucket");
    }
}
