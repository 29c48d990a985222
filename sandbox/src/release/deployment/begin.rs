//! A deployment's turn has come.

use std::time::Duration;

use super::due::{Due, plan};
use super::end::fail;
use super::install;
use super::state::{Deployment, Status, with};
use super::traffic;
use crate::context::Cx;
use crate::services::{ecs, iam};

/// How long a deployment is created before it begins.
pub(super) const TAKES: Duration = Duration::from_secs(4);

/// What CodeDeploy does with the group's role.
const ACTIONS: [&str; 6] = [
    "ecs:DescribeServices",
    "ecs:CreateTaskSet",
    "ecs:UpdateServicePrimaryTaskSet",
    "ecs:DeleteTaskSet",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:ModifyListener",
];

impl Deployment {
    /// Plans its beginning.
    pub(crate) fn plan_beginning(&self, cx: &mut Cx) {
        let at = cx.after(TAKES);
        plan(cx, at, Due::Begin(self.id.clone()));
    }
}

pub(super) fn begin(cx: &mut Cx, deployment: &Deployment) {
    let (id, now) = (&deployment.id, cx.now);
    with(cx, id, |deployment| {
        deployment.status = Status::InProgress;
        deployment.started = Some(now);
        deployment.enter("BeforeInstall", now);
    });
    if let Err((code, words)) = prepare(cx, deployment) {
        return fail(cx, id, code, words);
    }
    with(cx, id, |deployment| deployment.pass("BeforeInstall", now));
    install::install(cx, id);
}

/// Whether the role may, the service is as it should be, and behind which
/// target group the replacement goes: the one that the original is not behind.
fn prepare(cx: &mut Cx, deployment: &Deployment) -> Result<(), (&'static str, String)> {
    let role = deployment.settings.service_role_arn.clone();
    for action in ACTIONS {
        iam::authorize(cx, &role, &deployment.id, action, "*", &[])
            .map_err(|why| ("IAM_ROLE_PERMISSIONS", why))?;
    }
    if let Some((event, function)) = deployment.appspec.hooks.first() {
        return Err((
            "HOOK_EXECUTION_FAILURE",
            format!("The hook {event} calls the function {function}, which does not exist."),
        ));
    }
    let (cluster, name) = deployment.service();
    let service = ecs::service(cx, cluster, name).filter(|service| service.active);
    let service = service.ok_or_else(|| {
        (
            "INVALID_ECS_SERVICE",
            format!(
                "The ECS service {name} does not exist in the cluster {cluster} or is not active."
            ),
        )
    })?;
    let primary = service.task_sets.iter().find(|set| set.status == "PRIMARY");
    let primary = primary.ok_or_else(|| {
        (
            "INVALID_ECS_SERVICE",
            "The ECS service has no primary task set.".to_owned(),
        )
    })?;
    let (blue, green) = traffic::sides(cx, deployment, primary)?;
    // What a deployment left behind that was stopped makes room.
    for set in service
        .task_sets
        .iter()
        .filter(|set| set.status == "ACTIVE")
    {
        let _ = ecs::delete_task_set(cx, &service.cluster, &service.name, &set.id);
    }
    with(cx, &deployment.id, |deployment| {
        deployment.blue = Some(blue);
        deployment.green = Some(green);
    });
    Ok(())
}
