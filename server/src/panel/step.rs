//! A step's page. It is read from what is kept; opening it asks the account nothing.

use std::collections::BTreeMap;

use workshop::blueprint::{Field, FieldKind, Inputs, Kind, Resource, Step, Variables, of_step};
use workshop::model::{AccountKind, FieldView, FormGroup, NodeState, Outcome, StepPage, Who};

use super::Greenlight;
use super::frame::{resources, yields};
use crate::error::Error;
use crate::store::{Draft, Progress};

impl Greenlight {
    pub(super) async fn step_page(&self, who: &Who, step: Step) -> Result<StepPage, Error> {
        let workspace = self.workspace(&who.workspace).await?;
        let progress = self.parts().store.progress(&who.workspace).await?;
        let mut variables = self.variables(&workspace, &progress);
        let kind = self.parts().accounts.kind();
        if matches!(kind, AccountKind::Sandbox { .. }) {
            // The simulated account's own keys: for this page's reader, who needs them for the CLI.
            variables.set("secret_access_key", workspace.secret_access_key.as_str());
            variables.set("git_token", workspace.git_token.as_str());
        }
        if progress
            .steps
            .get(&step)
            .is_some_and(|record| record.evidence.outcome() == Outcome::NotYet)
        {
            self.parts().hub.visit(&workspace.name);
        }
        let draft = progress.drafts.get(&step).cloned().unwrap_or_default();
        let form = of_step(step)
            .filter(|resource| is_made_by_somebody(resource, &variables))
            .map(|resource| group(resource, &draft, &progress, &variables, kind))
            .collect();
        Ok(StepPage {
            frame: self.frame(&workspace, &progress),
            step,
            form,
            evidence: progress
                .steps
                .get(&step)
                .map(|record| record.evidence.clone()),
            problem: draft.problem,
            yields: yields(&progress, Some(step)),
            resources: resources(&progress, &variables),
            variables,
            pre_flight: (step.next().is_none())
                .then(|| self.pre_flight_view(&workspace.name, &progress))
                .flatten(),
        })
    }

    /// Keeps what went wrong with the last action on a step, or that nothing did, for its page.
    pub async fn keep_problem(
        &self,
        workspace: &str,
        step: Step,
        problem: Option<String>,
    ) -> Result<(), Error> {
        let progress = self.parts().store.progress(workspace).await?;
        let before = progress.drafts.get(&step).cloned().unwrap_or_default();
        if before.problem != problem {
            self.parts()
                .store
                .save_draft(workspace, step, &Draft { problem, ..before })
                .await?;
        }
        Ok(())
    }
}

/// Where the repository is at GitLab, the panel has no key to it: the form asks which project it
/// is, and nothing that only whoever makes it can say.
fn is_asked(resource: Kind, field: &Field, account: AccountKind) -> bool {
    let is_project = matches!(field.kind, FieldKind::Project);
    match account {
        AccountKind::Sandbox { .. } => !is_project,
        AccountKind::Aws => resource != Kind::SourceRepository || is_project,
    }
}

/// What comes by itself, such as the instances that register, is not in the form.
fn is_made_by_somebody(resource: &Resource, variables: &Variables) -> bool {
    let chosen = BTreeMap::new();
    let inputs = Inputs::new(resource, &chosen, variables);
    resource.optional.is_some() || !(resource.create)(&inputs).is_empty()
}

fn group(
    resource: &Resource,
    draft: &Draft,
    progress: &Progress,
    variables: &Variables,
    kind: AccountKind,
) -> FormGroup {
    let record = progress.resources.get(&resource.kind);
    let exists = record.is_some_and(|record| record.state != NodeState::Absent);
    let field = |field: &Field| {
        let name = format!("{}.{}", resource.kind.key(), field.key);
        let entered = draft
            .answers
            .get(&name)
            .filter(|_| !matches!(field.kind, FieldKind::Fixed | FieldKind::Password));
        // What is not known yet is left empty, which stands for the workshop's value.
        let value = entered
            .cloned()
            .unwrap_or_else(|| variables.fill(field.default).unwrap_or_default());
        FieldView {
            // What is there is not asked for again, so that nothing about it can be refused.
            error: draft.errors.get(&name).filter(|_| !exists).cloned(),
            name,
            value,
        }
    };
    FormGroup {
        kind: resource.kind,
        name: variables.fill_loosely(resource.name),
        exists,
        price: resource.price.hourly(None),
        fields: resource
            .fields
            .iter()
            .filter(|field| is_asked(resource.kind, field, kind))
            .map(field)
            .collect(),
    }
}
