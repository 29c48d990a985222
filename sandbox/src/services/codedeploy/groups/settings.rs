//! What a deployment group is set to, in the shape that the API has for it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What of a group an update can change. Kept as it was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Settings {
    pub(crate) deployment_config_name: String,
    pub(crate) service_role_arn: String,
    pub(crate) servers: Servers,
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) alarms: Option<Alarms>,
    pub(crate) rollback: Option<Rollback>,
    pub(crate) outdated: Option<Outdated>,
    pub(crate) style: Style,
    pub(crate) blue_green: Option<BlueGreen>,
    pub(crate) load_balancer: Option<LoadBalancer>,
    pub(crate) ecs_services: Vec<EcsService>,
    pub(crate) termination_hook: bool,
}

impl Settings {
    fn pair(&self) -> Option<&Pair> {
        let balancer = self.load_balancer.as_ref()?;
        balancer.target_group_pair_info_list.first()
    }

    /// The names of the pair's target groups.
    pub(crate) fn target_groups(&self) -> impl Iterator<Item = &str> {
        let groups = self.pair().into_iter().flat_map(|pair| &pair.target_groups);
        groups.filter_map(|group| group.name.as_deref())
    }

    /// The ARN of the listener for production traffic.
    pub(crate) fn production_listener(&self) -> Option<&str> {
        Route::listener(self.pair()?.prod_traffic_route.as_ref())
    }

    /// The ARN of the listener for test traffic, if there is one.
    pub(crate) fn test_listener(&self) -> Option<&str> {
        Route::listener(self.pair()?.test_traffic_route.as_ref())
    }
}

/// Which servers: of the platform `Server` alone, whose deployments there are
/// none of here.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Servers {
    pub(crate) ec2_tag_filters: Vec<TagFilter>,
    pub(crate) on_premises_tag_filters: Vec<TagFilter>,
    pub(crate) auto_scaling_groups: Vec<String>,
    pub(crate) ec2_tag_set: Option<Value>,
    pub(crate) on_premises_tag_set: Option<Value>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct TagFilter {
    pub(crate) key: Option<String>,
    pub(crate) value: Option<String>,
    #[serde(rename = "Type")]
    pub(crate) kind: Option<TagFilterKind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum TagFilterKind {
    KeyOnly,
    ValueOnly,
    KeyAndValue,
}

/// `triggerConfigurations`: kept, and of no effect, for there is no SNS.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names are the API's")]
pub(crate) struct Trigger {
    pub(crate) trigger_name: Option<String>,
    pub(crate) trigger_target_arn: Option<String>,
    #[serde(default)]
    pub(crate) trigger_events: Vec<String>,
}

/// `alarmConfiguration`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names are the API's")]
pub(crate) struct Alarms {
    #[serde(default)]
    pub(crate) enabled: bool,
    #[serde(default)]
    pub(crate) ignore_poll_alarm_failure: bool,
    #[serde(default)]
    pub(crate) alarms: Vec<Alarm>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Alarm {
    pub(crate) name: Option<String>,
}

/// `autoRollbackConfiguration`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Rollback {
    #[serde(default)]
    pub(crate) enabled: bool,
    #[serde(default)]
    pub(crate) events: Vec<RollbackEvent>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(clippy::enum_variant_names, reason = "the names are the API's")]
pub(crate) enum RollbackEvent {
    DeploymentFailure,
    DeploymentStopOnAlarm,
    DeploymentStopOnRequest,
}

/// `outdatedInstancesStrategy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Outdated {
    Update,
    Ignore,
}

/// `deploymentStyle`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Style {
    #[serde(default = "in_place")]
    pub(crate) deployment_type: DeploymentType,
    #[serde(default = "without")]
    pub(crate) deployment_option: DeploymentOption,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum DeploymentType {
    InPlace,
    BlueGreen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum DeploymentOption {
    WithTrafficControl,
    WithoutTrafficControl,
}

fn in_place() -> DeploymentType {
    DeploymentType::InPlace
}

fn without() -> DeploymentOption {
    DeploymentOption::WithoutTrafficControl
}

impl Default for Style {
    fn default() -> Style {
        Style {
            deployment_type: in_place(),
            deployment_option: without(),
        }
    }
}

/// `blueGreenDeploymentConfiguration`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct BlueGreen {
    pub(crate) terminate_blue_instances_on_deployment_success: Option<Termination>,
    pub(crate) deployment_ready_option: Option<Ready>,
    pub(crate) green_fleet_provisioning_option: Option<Value>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Termination {
    pub(crate) action: Option<TerminationAction>,
    pub(crate) termination_wait_time_in_minutes: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum TerminationAction {
    Terminate,
    KeepAlive,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Ready {
    pub(crate) action_on_timeout: Option<ReadyAction>,
    pub(crate) wait_time_in_minutes: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ReadyAction {
    ContinueDeployment,
    StopDeployment,
}

/// `loadBalancerInfo`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names are the API's")]
pub(crate) struct LoadBalancer {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) elb_info_list: Vec<Named>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) target_group_info_list: Vec<Named>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) target_group_pair_info_list: Vec<Pair>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Named {
    pub(crate) name: Option<String>,
}

/// Two target groups, and the listeners of production and of test traffic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Pair {
    #[serde(default)]
    pub(crate) target_groups: Vec<Named>,
    pub(crate) prod_traffic_route: Option<Route>,
    pub(crate) test_traffic_route: Option<Route>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Route {
    #[serde(default)]
    pub(crate) listener_arns: Vec<String>,
}

impl Route {
    fn listener(route: Option<&Route>) -> Option<&str> {
        route?.listener_arns.first().map(String::as_str)
    }
}

/// An element of `ecsServices`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct EcsService {
    pub(crate) service_name: Option<String>,
    pub(crate) cluster_name: Option<String>,
}
