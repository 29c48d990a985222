//! What is being released: the group's deployments and the pipeline's executions.

use aws_sdk_codedeploy::types::DeploymentStatus;
use aws_sdk_codepipeline::types::{
    ActionExecutionStatus, ActionState, PipelineExecutionStatus, StageState,
};
use workshop::blueprint::Variables;
use workshop::model::{Timestamp, Traffic, UnderWay};

use super::reading::absent;
use super::service_tasks::millis;
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// What is not over (`DeploymentStatus` in CodeDeploy's API reference).
const OPEN: [DeploymentStatus; 5] = [
    DeploymentStatus::Created,
    DeploymentStatus::Queued,
    DeploymentStatus::InProgress,
    DeploymentStatus::Baking,
    DeploymentStatus::Ready,
];

/// `ListDeployments` of the group, and `GetDeployment` for each that is not over; none where there
/// is no such group.
pub(super) async fn deployments(
    clients: &Clients,
    variables: &Variables,
) -> Result<Vec<UnderWay>, CloudError> {
    let name = |variable| variables.get(variable).unwrap_or_default();
    let asked = clients
        .codedeploy
        .list_deployments()
        .application_name(name("deploy_application"))
        .deployment_group_name(name("deployment_group"))
        .set_include_only_statuses(Some(OPEN.to_vec()))
        .send();
    let listed = absent(clients.ask("codedeploy", "ListDeployments", asked).await)?;
    let mut open = Vec::new();
    for id in listed
        .and_then(|listed| listed.deployments)
        .unwrap_or_default()
    {
        let asked = clients.codedeploy.get_deployment().deployment_id(&id);
        let asked = asked.send();
        let found = absent(clients.ask("codedeploy", "GetDeployment", asked).await)?;
        // It may have ended since it was listed.
        let info = found
            .and_then(|found| found.deployment_info)
            .filter(|info| info.status().is_some_and(|status| OPEN.contains(status)));
        open.extend(info.map(|info| {
            UnderWay {
                id,
                status: info
                    .status()
                    .map_or("", DeploymentStatus::as_str)
                    .to_owned(),
                begun: info
                    .start_time()
                    .or(info.create_time())
                    .map(|at| Timestamp(millis(at))),
            }
        }));
    }
    Ok(open)
}

/// `ListPipelineExecutions`, the hundred newest, and `GetPipelineState`; nothing where there is no
/// such pipeline.
pub(super) async fn traffic(
    clients: &Clients,
    variables: &Variables,
) -> Result<Traffic, CloudError> {
    let pipeline = variables.get("pipeline").unwrap_or_default();
    let asked = clients
        .codepipeline
        .list_pipeline_executions()
        .pipeline_name(pipeline)
        .max_results(100)
        .send();
    let listed = clients
        .ask("codepipeline", "ListPipelineExecutions", asked)
        .await;
    let Some(listed) = absent(listed)? else {
        return Ok(Traffic::default());
    };
    let asked = clients.codepipeline.get_pipeline_state().name(pipeline);
    let state = clients
        .ask("codepipeline", "GetPipelineState", asked.send())
        .await;
    let stages = absent(state)?
        .and_then(|state| state.stage_states)
        .unwrap_or_default();
    let executions = listed.pipeline_execution_summaries.unwrap_or_default();
    let is_open = |status: &PipelineExecutionStatus| {
        matches!(
            status,
            PipelineExecutionStatus::InProgress | PipelineExecutionStatus::Stopping
        )
    };
    let executions = executions.into_iter().filter_map(|execution| {
        let status = execution.status.filter(is_open)?;
        Some(UnderWay {
            id: execution.pipeline_execution_id.unwrap_or_default(),
            status: status.as_str().to_owned(),
            begun: execution
                .start_time
                .as_ref()
                .map(|at| Timestamp(millis(at))),
        })
    });
    Ok(Traffic {
        executions: executions.collect(),
        ..of_stages(&stages)
    })
}

fn of_stages(stages: &[StageState]) -> Traffic {
    let mut traffic = Traffic::default();
    for stage in stages {
        let name = stage.stage_name().unwrap_or_default();
        let is_closed = stage
            .inbound_transition_state()
            .is_some_and(|transition| !transition.enabled());
        if is_closed {
            traffic.closed.push(name.to_owned());
        }
        for action in stage.action_states() {
            let at = || format!("{name}/{}", action.action_name().unwrap_or_default());
            if in_progress(action) {
                traffic.at.push(at());
            }
            if waits_for_approval(action) {
                traffic.approvals.push(at());
            }
        }
    }
    traffic
}

fn in_progress(action: &ActionState) -> bool {
    let latest = action.latest_execution();
    latest.and_then(|latest| latest.status()) == Some(&ActionExecutionStatus::InProgress)
}

/// Only an approval has a token, by which it is answered (`ActionExecution` in the API reference).
fn waits_for_approval(action: &ActionState) -> bool {
    let latest = action.latest_execution();
    in_progress(action) && latest.is_some_and(|latest| latest.token().is_some())
}

#[cfg(test)]
mod tests {
    use aws_sdk_codepipeline::types::{ActionExecution, TransitionState};

    use super::*;

    #[test]
    fn an_approval_is_told_by_its_token_and_a_closed_stage_by_its_transition() {
        let action = |name: &str, token: Option<&str>| {
            let latest = ActionExecution::builder()
                .status(ActionExecutionStatus::InProgress)
                .set_token(token.map(str::to_owned));
            ActionState::builder()
                .action_name(name)
                .latest_execution(latest.build())
                .build()
        };
        let transition = |enabled| TransitionState::builder().enabled(enabled).build();
        let approve = StageState::builder()
            .stage_name("Approve")
            .inbound_transition_state(transition(true))
            .action_states(action("Manual", Some("1")))
            .action_states(action("Other", None));
        let deploy = StageState::builder()
            .stage_name("Deploy")
            .inbound_transition_state(transition(false));
        let traffic = of_stages(&[approve.build(), deploy.build()]);
        assert_eq!(traffic.at, ["Approve/Manual", "Approve/Other"]);
        assert_eq!(traffic.approvals, ["Approve/Manual"]);
        assert_eq!(traffic.closed, ["Deploy"]);
    }
}
