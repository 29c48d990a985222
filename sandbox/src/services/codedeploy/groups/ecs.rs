//! What a group of the platform ECS must have: one service that deploys with
//! CodeDeploy, two target groups, and the listeners in front of them.

use super::settings::{
    DeploymentOption, DeploymentType, EcsService, Pair, Route, Servers, Settings,
};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::codedeploy::neighbours::{self, Controller};

/// Whether the group `name` of `application` can be set so.
pub(super) fn check(
    cx: &mut Cx,
    settings: &Settings,
    application: &str,
    name: &str,
) -> Result<(), Fault> {
    if settings.style.deployment_type != DeploymentType::BlueGreen
        || settings.style.deployment_option != DeploymentOption::WithTrafficControl
    {
        return Err(Fault::new(
            "InvalidDeploymentStyleException",
            "For ECS deployment group, the deployment type must be BLUE_GREEN and the deployment option \
             must be WITH_TRAFFIC_CONTROL.",
        ));
    }
    if settings.blue_green.is_none() {
        return Err(Fault::new(
            "InvalidBlueGreenDeploymentConfigurationException",
            "For ECS deployment group, blueGreenDeploymentConfiguration must be specified.",
        ));
    }
    if settings.servers != Servers::default() {
        return Err(Fault::new(
            "InvalidInputException",
            "For ECS deployment group, EC2 and on-premises instances and Auto Scaling groups cannot be \
             specified.",
        ));
    }
    pair(cx, settings)?;
    service(cx, settings, application, name)
}

fn service(cx: &mut Cx, settings: &Settings, application: &str, name: &str) -> Result<(), Fault> {
    let invalid = |words: String| Err(Fault::new("InvalidECSServiceException", words));
    let [
        EcsService {
            service_name: Some(service),
            cluster_name: Some(cluster),
        },
    ] = &settings.ecs_services[..]
    else {
        return invalid(
            "For ECS deployment group, exactly one ECS service must be specified, by its service name \
             and its cluster name."
                .to_owned(),
        );
    };
    match neighbours::controller(cx, cluster, service) {
        None => {
            return invalid(format!(
                "The ECS service {cluster}:{service} does not exist."
            ));
        }
        Some(Controller::Other) => {
            return invalid(
                "Deployment group's ECS service must be configured for a CODE_DEPLOY deployment controller."
                    .to_owned(),
            );
        }
        Some(Controller::CodeDeploy) => {}
    }
    let applications = cx.region().codedeploy.applications.values();
    let mut groups = applications
        .flat_map(|application| {
            application
                .groups
                .values()
                .map(|group| (&application.name, group))
        })
        .filter(|(owner, group)| (owner.as_str(), group.name.as_str()) != (application, name));
    if groups.any(|(_, group)| group.settings.ecs_services == settings.ecs_services) {
        return Err(Fault::new(
            "ECSServiceMappingLimitExceededException",
            "The Amazon ECS service is associated with more than one deployment groups. An Amazon ECS \
             service can be associated with only one deployment group.",
        ));
    }
    Ok(())
}

fn pair(cx: &mut Cx, settings: &Settings) -> Result<(), Fault> {
    let balancer = settings.load_balancer.as_ref();
    let pairs = balancer.map_or(&[][..], |it| &it.target_group_pair_info_list[..]);
    let [pair] = pairs else {
        return Err(Fault::new(
            "InvalidLoadBalancerInfoException",
            "For ECS deployment group, exactly one target group pair must be specified in \
             targetGroupPairInfoList.",
        ));
    };
    let invalid = |words: String| Err(Fault::new("InvalidTargetGroupPairException", words));
    let names = pair
        .target_groups
        .iter()
        .filter_map(|group| group.name.as_deref());
    let names = names.collect::<Vec<_>>();
    match names[..] {
        [one, other] if one != other => {}
        _ => {
            return invalid(
                "A target group pair must have two different target groups.".to_owned(),
            );
        }
    }
    if let Some(none) = names
        .iter()
        .find(|name| !neighbours::target_group(cx, name))
    {
        return invalid(format!("The target group {none} does not exist."));
    }
    routes(cx, pair)
}

fn routes(cx: &mut Cx, pair: &Pair) -> Result<(), Fault> {
    let invalid = |words: String| Err(Fault::new("InvalidTargetGroupPairException", words));
    let listeners = |route: &Option<Route>| {
        let route = route.as_ref().map(|route| route.listener_arns.clone());
        route.unwrap_or_default()
    };
    let (production, test) = (
        listeners(&pair.prod_traffic_route),
        listeners(&pair.test_traffic_route),
    );
    if production.len() != 1 {
        return invalid("The production traffic route must have exactly one listener.".to_owned());
    }
    if test.len() > 1 || (pair.test_traffic_route.is_some() && test.is_empty()) {
        return invalid("The test traffic route must have exactly one listener.".to_owned());
    }
    if production == test {
        return invalid(
            "The production and the test traffic route must have different listeners.".to_owned(),
        );
    }
    for listener in production.iter().chain(&test) {
        if !neighbours::listener(cx, listener) {
            return invalid(format!("The listener {listener} does not exist."));
        }
    }
    Ok(())
}
