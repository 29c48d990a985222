//! A statement of a policy.

/// A statement that allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// Its name: letters and digits only.
    pub(super) sid: String,
    /// What it allows.
    pub(super) action: Vec<String>,
    /// On what.
    pub(super) resource: Vec<String>,
    /// If a key of the request, compared by an operator, is one of these.
    pub(super) condition: Option<(&'static str, &'static str, Vec<String>)>,
}

impl Statement {
    /// These actions, on whatever they are asked of.
    pub(super) fn new(sid: String, actions: Vec<&str>) -> Self {
        Self {
            sid,
            action: actions.into_iter().map(str::to_owned).collect(),
            resource: vec!["*".to_owned()],
            condition: None,
        }
    }

    /// On these resources alone.
    pub(super) fn on(self, resource: Vec<String>) -> Self {
        Self { resource, ..self }
    }

    /// Only where the request's `key` is one of `values`, compared by `operator`.
    pub(super) fn only_if(
        self,
        operator: &'static str,
        key: &'static str,
        values: Vec<String>,
    ) -> Self {
        let condition = Some((operator, key, values));
        Self { condition, ..self }
    }
}
