//! The replacement task set, made and waited for.

use std::time::Duration;

use super::due::{Due, plan};
use super::end::fail;
use super::ready;
use super::state::{Deployment, Phase, get, with};
use super::traffic;
use crate::context::Cx;
use crate::services::ecs::{self, Replacement};

/// How long the replacement has to become healthy.
const PATIENCE: Duration = Duration::from_hours(1);

pub(super) fn install(cx: &mut Cx, id: &str) {
    let now = cx.now;
    with(cx, id, |deployment| {
        deployment.phase = Phase::Installing;
        deployment.enter("Install", now);
    });
    let Some(deployment) = get(cx, id) else {
        return;
    };
    // Health checks of a target group begin when a listener refers to it.
    let listener = deployment.settings.production_listener();
    traffic::send(cx, &deployment, listener, 0);
    match replace(cx, &deployment) {
        Ok(task_set) => {
            with(cx, id, |deployment| {
                if let Some(green) = &mut deployment.green {
                    green.id = task_set;
                    green
                        .task_definition
                        .clone_from(&deployment.appspec.task_definition);
                }
            });
            let until = cx.after(PATIENCE);
            plan(cx, until, Due::InstallTimeout(id.to_owned()));
        }
        Err(words) => fail(cx, id, "ECS_UPDATE_ERROR", words),
    }
}

fn replace(cx: &mut Cx, deployment: &Deployment) -> Result<String, String> {
    let (cluster, service) = deployment.service();
    let appspec = &deployment.appspec;
    let green = deployment.green.as_ref();
    let replacement = Replacement {
        task_definition: appspec.task_definition.clone(),
        container_name: appspec.container_name.clone(),
        container_port: appspec.container_port,
        target_group: green
            .map(|green| green.group_arn.clone())
            .unwrap_or_default(),
        external_id: deployment.id.clone(),
        capacity_providers: appspec.capacity_providers.clone(),
    };
    ecs::create_task_set(cx, cluster, service, replacement).map_err(|fault| {
        format!(
            "The ECS service cannot be updated due to an unexpected error: {} (Service: AmazonECS; Status \
             Code: {}; Error Code: {})",
            fault.message, fault.status, fault.code
        )
    })
}

/// Goes on when the replacement is steady.
pub(super) fn look(cx: &mut Cx, deployment: &Deployment) {
    let (cluster, name) = deployment.service();
    let green = deployment.green.as_ref().map_or("", |green| &green.id);
    let service = ecs::service(cx, cluster, name);
    let sets = service.iter().flat_map(|service| &service.task_sets);
    let steady = sets
        .into_iter()
        .find(|set| set.id == green)
        .map(|set| set.steady);
    match steady {
        Some(true) => {
            let now = cx.now;
            with(cx, &deployment.id, |deployment| {
                deployment.pass("Install", now);
                deployment.pass("AfterInstall", now);
            });
            ready::test(cx, &deployment.id);
        }
        Some(false) => {}
        None if green.is_empty() => {}
        None => {
            let words = "The replacement task set was deleted while it was waited for.";
            fail(cx, &deployment.id, "ECS_UPDATE_ERROR", words.to_owned());
        }
    }
}
