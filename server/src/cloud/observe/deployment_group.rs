//! The deployment group.

use aws_sdk_codedeploy::types::{
    DeploymentGroupInfo, DeploymentReadyAction, InstanceAction, TargetGroupPairInfo, TrafficRoute,
};
use workshop::model::{Facts, Observation};

use super::reading::{Looked, absent, only};
use super::{deploy_application, near};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// `GetDeploymentGroup`, `ListTagsForResource`; a missing one is looked for by a near name
/// (`ListDeploymentGroups`).
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    let application = looked
        .variables
        .get("deploy_application")
        .unwrap_or_default();
    match find(clients, application, looked.name).await? {
        Some(group) => {
            let resource = format!("deploymentgroup:{application}/{}", looked.name);
            let arn = deploy_application::arn(looked, &resource);
            let tag = deploy_application::tag(clients, &arn).await;
            Ok(Observation::Present(facts(&group, &arn).tagged(tag)))
        }
        None => Ok(near::global(looked, names(clients, application).await)),
    }
}

/// The group, if there are both it and its application.
async fn find(
    clients: &Clients,
    application: &str,
    name: &str,
) -> Result<Option<DeploymentGroupInfo>, CloudError> {
    let asked = clients
        .codedeploy
        .get_deployment_group()
        .application_name(application)
        .deployment_group_name(name)
        .send();
    let found = absent(clients.ask("codedeploy", "GetDeploymentGroup", asked).await)?;
    Ok(found.and_then(|answer| answer.deployment_group_info))
}

/// The application's groups, the first hundred.
async fn names(clients: &Clients, application: &str) -> Result<Vec<String>, CloudError> {
    let asked = clients
        .codedeploy
        .list_deployment_groups()
        .application_name(application)
        .send();
    let answer = clients
        .ask("codedeploy", "ListDeploymentGroups", asked)
        .await?;
    Ok(answer.deployment_groups.unwrap_or_default())
}

fn facts(group: &DeploymentGroupInfo, arn: &str) -> Facts {
    let service = group.ecs_services().first();
    let facts = Facts::new(arn)
        .with_all("role", only(group.service_role_arn()))
        .with_all("config", only(group.deployment_config_name()))
        .with_all("style", only(style(group).as_deref()))
        .with_all("cluster", only(service.and_then(|it| it.cluster_name())))
        .with_all("service", only(service.and_then(|it| it.service_name())))
        .with_all("reroute", only(reroute(group).as_deref()))
        .with_all("termination", only(termination(group).as_deref()))
        .with_all("rollback", rollback(group));
    let pair = group
        .load_balancer_info()
        .and_then(|balancer| balancer.target_group_pair_info_list().first());
    match pair {
        Some(pair) => of_pair(facts, pair),
        None => facts,
    }
}

fn of_pair(facts: Facts, pair: &TargetGroupPairInfo) -> Facts {
    let listeners = |route: Option<&TrafficRoute>| {
        route.map_or_else(Vec::new, |route| route.listener_arns().to_vec())
    };
    let groups = pair
        .target_groups()
        .iter()
        .filter_map(|group| group.name().map(str::to_owned))
        .collect();
    facts
        .with_all("prod_listener", listeners(pair.prod_traffic_route()))
        .with_all("test_listener", listeners(pair.test_traffic_route()))
        .with_all("target_groups", groups)
}

/// `BLUE_GREEN, WITH_TRAFFIC_CONTROL`.
fn style(group: &DeploymentGroupInfo) -> Option<String> {
    let style = group.deployment_style()?;
    let (kind, option) = (style.deployment_type()?, style.deployment_option()?);
    Some(format!("{}, {}", kind.as_str(), option.as_str()))
}

/// `STOP_DEPLOYMENT after 5 minutes`; the other action waits for nothing.
fn reroute(group: &DeploymentGroupInfo) -> Option<String> {
    let ready = group
        .blue_green_deployment_configuration()?
        .deployment_ready_option()?;
    let action = ready.action_on_timeout()?;
    Some(match action {
        DeploymentReadyAction::StopDeployment => {
            format!(
                "{} after {} minutes",
                action.as_str(),
                ready.wait_time_in_minutes()
            )
        }
        other => other.as_str().to_owned(),
    })
}

/// `TERMINATE after 0 minutes`; what is kept alive is not waited for.
fn termination(group: &DeploymentGroupInfo) -> Option<String> {
    let original = group
        .blue_green_deployment_configuration()?
        .terminate_blue_instances_on_deployment_success()?;
    let action = original.action()?;
    Some(match action {
        InstanceAction::Terminate => format!(
            "{} after {} minutes",
            action.as_str(),
            original.termination_wait_time_in_minutes()
        ),
        other => other.as_str().to_owned(),
    })
}

/// The events after which CodeDeploy rolls back by itself.
fn rollback(group: &DeploymentGroupInfo) -> Vec<String> {
    group
        .auto_rollback_configuration()
        .filter(|rollback| rollback.enabled())
        .map_or_else(Vec::new, |rollback| {
            rollback
                .events()
                .iter()
                .map(|event| event.as_str().to_owned())
                .collect()
        })
}
