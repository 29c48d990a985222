//! The cluster query language: conditions on container instances, joined by `and`, `or` and `not`
//! (ECS Developer Guide, "Cluster query language"). Parentheses are not understood.

use super::container_instances::attributes;
use super::faults::invalid;
use super::state::{Cluster, ContainerInstance, Task};
use crate::fault::Fault;
use crate::wildcard;

/// A condition: one of these must hold, each of which is a number of terms that all must.
#[derive(Debug, PartialEq)]
pub(super) struct Expression(Vec<Vec<Term>>);

#[derive(Debug, PartialEq)]
struct Term {
    negated: bool,
    subject: String,
    operator: Operator,
    values: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Operator {
    In,
    Matches,
    Exists,
}

/// Reads an expression.
pub(super) fn parse(text: &str) -> Result<Expression, Fault> {
    let plain = text.replace("&&", " and ").replace("||", " or ");
    let alternatives = split(&plain, "or").into_iter().map(|alternative| {
        let terms = split(&alternative, "and").into_iter();
        terms.map(|it| term(&it)).collect::<Option<Vec<_>>>()
    });
    alternatives
        .collect::<Option<Vec<_>>>()
        .map(Expression)
        .ok_or_else(|| invalid(format!("Invalid expression: {text}")))
}

/// The parts between a word.
fn split(text: &str, word: &str) -> Vec<String> {
    let mut parts = vec![Vec::new()];
    for token in text.split_whitespace() {
        if token.eq_ignore_ascii_case(word) {
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(token);
        }
    }
    parts.into_iter().map(|part| part.join(" ")).collect()
}

/// The operators: what they do, and whether they say the opposite. Longer ones come first, for some
/// are the beginning of others.
const OPERATORS: [(&str, Operator, bool); 10] = [
    ("not_equals", Operator::In, true),
    ("equals", Operator::In, false),
    ("not_in", Operator::In, true),
    ("!in", Operator::In, true),
    (" in ", Operator::In, false),
    ("matches", Operator::Matches, false),
    ("==", Operator::In, false),
    ("!=", Operator::In, true),
    ("=~", Operator::Matches, false),
    (" in[", Operator::In, false),
];

fn term(text: &str) -> Option<Term> {
    let text = text.trim();
    let (negated, text) = text
        .strip_prefix('!')
        .or_else(|| text.strip_prefix("not "))
        .map_or((false, text), |rest| (true, rest.trim()));
    if let Some(subject) = text.strip_suffix(" exists") {
        return Some(Term {
            negated,
            subject: subject.trim().to_owned(),
            operator: Operator::Exists,
            values: Vec::new(),
        });
    }
    let (at, (word, operator, inverse)) = OPERATORS
        .iter()
        .find_map(|known| text.find(known.0).map(|at| (at, *known)))?;
    let subject = text[..at].trim();
    let end = at + word.trim_end_matches('[').len();
    let values = text[end..].trim().trim_matches(['[', ']']).split(',');
    let values: Vec<_> = values
        .map(|value| value.trim().trim_matches(['\'', '"']).to_owned())
        .filter(|value| !value.is_empty())
        .collect();
    (!subject.is_empty() && !values.is_empty()).then(|| Term {
        negated: negated != inverse,
        subject: subject.to_owned(),
        operator,
        values,
    })
}

impl Expression {
    /// Whether a container instance fulfils it.
    pub(super) fn accepts(&self, cluster: &Cluster, instance: &ContainerInstance) -> bool {
        let holds = |term: &Term| {
            let value = value(&term.subject, cluster, instance);
            let holds = match (term.operator, value) {
                (Operator::Exists, value) => value.is_some(),
                (_, None) => false,
                (Operator::In, Some(value)) => term.values.contains(&value),
                (Operator::Matches, Some(value)) => term
                    .values
                    .iter()
                    .any(|pattern| wildcard::matches(&pattern.replace(".*", "*"), &value)),
            };
            holds != term.negated
        };
        self.0.iter().any(|terms| terms.iter().all(holds))
    }
}

/// What a subject is of an instance; `None` where it has no such attribute.
fn value(subject: &str, cluster: &Cluster, instance: &ContainerInstance) -> Option<String> {
    let count = |of: fn(&Task) -> bool| {
        let tasks = cluster.tasks_on(&instance.id);
        Some(tasks.filter(|task| of(task)).count().to_string())
    };
    match subject {
        "ec2InstanceId" => Some(instance.ec2_instance.clone()),
        "agentConnected" => Some(instance.connected.to_string()),
        "runningTasksCount" => count(Task::is_running),
        "pendingTasksCount" => count(Task::is_pending),
        "capacityProviderName" => instance.capacity_provider.clone(),
        _ => {
            let name = subject.strip_prefix("attribute:")?;
            let attributes = attributes(instance).into_iter();
            let mut named = attributes.filter(|(known, _)| *known == name);
            named
                .next()
                .map(|(_, value)| value.unwrap_or_default().to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Term {
        let Expression(mut alternatives) = parse(text).unwrap();
        assert_eq!(
            (alternatives.len(), alternatives[0].len()),
            (1, 1),
            "{text}"
        );
        alternatives.remove(0).remove(0)
    }

    #[test]
    fn operators_have_several_spellings() {
        for text in [
            "a == b",
            "a equals b",
            "a in [b]",
            "a in ['b']",
            "not a != b",
        ] {
            let term = one(text);
            assert_eq!(
                (term.subject.as_str(), term.negated),
                ("a", false),
                "{text}"
            );
            assert_eq!(
                (term.operator, term.values),
                (Operator::In, vec!["b".to_owned()]),
                "{text}"
            );
        }
        for text in ["a != b", "a not_in [b]", "not a == b", "!a == b"] {
            assert!(one(text).negated, "{text}");
        }
        assert_eq!(one("attribute:x =~ t3.*").operator, Operator::Matches);
        assert_eq!(one("attribute:x exists").operator, Operator::Exists);
    }

    #[test]
    fn words_join_terms() {
        let Expression(alternatives) = parse("a == 1 and b == 2 or c == 3").unwrap();
        assert_eq!(
            alternatives.iter().map(Vec::len).collect::<Vec<_>>(),
            [2, 1]
        );
        for bad in ["", "a", "a ==", "== b", "a == b and"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
