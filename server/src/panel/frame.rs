//! Top bar, rail and the resources' states: what several pages share.

use workshop::blueprint::{RESOURCES, Step, Variables};
use workshop::model::{AccountBadge, Frame, NodeState, RailItem, ResourceView, YieldView};

use super::Greenlight;
use crate::store::{Progress, Workspace};

impl Greenlight {
    pub(super) fn frame(&self, workspace: &Workspace, progress: &Progress) -> Frame {
        let accounts = &self.parts().accounts;
        let is_sandbox = matches!(
            accounts.kind(),
            workshop::model::AccountKind::Sandbox { .. }
        );
        let id = if is_sandbox {
            Some(workspace.account_id.clone())
        } else {
            progress.yields.get("account").cloned()
        };
        Frame {
            workspace: workspace.name.clone(),
            account: AccountBadge {
                kind: accounts.kind(),
                id,
                region: accounts.region().to_owned(),
            },
            cost_per_hour: progress.cost_per_hour(),
            rail: Step::ALL
                .map(|step| RailItem {
                    step,
                    state: progress.state(step),
                })
                .into(),
            goal: progress.goal.clone(),
            pre_flight: progress
                .pre_flight
                .as_ref()
                .map(|found| (found.outcome(), found.checked_at)),
            now: self.parts().clock.now(),
        }
    }
}

/// Every resource's state, in the order of the list.
pub(super) fn resources(progress: &Progress, variables: &Variables) -> Vec<ResourceView> {
    let view = |resource: &workshop::blueprint::Resource| {
        let record = progress.resources.get(&resource.kind);
        ResourceView {
            kind: resource.kind,
            name: variables.fill_loosely(resource.name),
            state: record.map_or(NodeState::Absent, |record| record.state),
            cost_per_hour: record.map_or(0, |record| record.cost_per_hour),
        }
    };
    RESOURCES.iter().map(view).collect()
}

/// What the steps yield: those of `step`, or all.
pub(super) fn yields(progress: &Progress, step: Option<Step>) -> Vec<YieldView> {
    let wanted = RESOURCES
        .iter()
        .filter(|resource| step.is_none_or(|step| resource.step == step));
    wanted
        .flat_map(|resource| {
            resource
                .yields
                .iter()
                .map(move |item| (resource.step, item))
        })
        .map(|(step, item)| YieldView {
            step,
            variable: item.variable.to_owned(),
            label: item.label.to_owned(),
            value: progress.yields.get(item.variable).cloned(),
        })
        .collect()
}
