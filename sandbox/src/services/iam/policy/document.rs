//! A policy document, read.

use super::conditions::Condition;

/// What a document is for: the two have different rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::services::iam) enum Kind {
    /// Who may assume a role.
    Trust,
    /// What an identity may do.
    Identity,
}

#[derive(Debug, Clone)]
pub(in crate::services::iam) struct Document {
    pub(super) statements: Vec<Statement>,
}

#[derive(Debug, Clone)]
pub(super) struct Statement {
    pub(super) allow: bool,
    pub(super) actions: Patterns,
    pub(super) resources: Patterns,
    /// The services that a trust policy trusts, `*` for whoever asks; an
    /// identity's policy names none, for it is the identity's own.
    pub(super) services: Patterns,
    pub(super) conditions: Vec<Condition>,
}

/// `Action` or `NotAction`, `Resource` or `NotResource`,
/// `Principal` or `NotPrincipal`.
#[derive(Debug, Clone)]
pub(super) enum Patterns {
    In(Vec<String>),
    NotIn(Vec<String>),
}

impl Patterns {
    pub(super) fn list(&self) -> &[String] {
        match self {
            Patterns::In(list) | Patterns::NotIn(list) => list,
        }
    }

    pub(super) fn hold(&self, matches: impl Fn(&str) -> bool) -> bool {
        match self {
            Patterns::In(list) => list.iter().any(|pattern| matches(pattern)),
            Patterns::NotIn(list) => !list.iter().any(|pattern| matches(pattern)),
        }
    }
}
