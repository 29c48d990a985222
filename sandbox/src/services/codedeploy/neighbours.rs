//! What CodeDeploy asks ECS and Elastic Load Balancing before it takes a group on.

use crate::context::Cx;
use crate::services::{ecs, elb};

/// Who deploys an ECS service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Controller {
    CodeDeploy,
    Other,
}

/// The deployment controller of a service; `None` if there is no such service.
pub(super) fn controller(cx: &mut Cx, cluster: &str, service: &str) -> Option<Controller> {
    let service = ecs::service(cx, cluster, service).filter(|service| service.active)?;
    Some(match service.controller.as_str() {
        "CODE_DEPLOY" => Controller::CodeDeploy,
        _ => Controller::Other,
    })
}

/// Whether there is a target group of that name.
pub(super) fn target_group(cx: &mut Cx, name: &str) -> bool {
    elb::traffic::group_named(cx.region(), name).is_some()
}

/// Whether there is a listener of that ARN.
pub(super) fn listener(cx: &mut Cx, arn: &str) -> bool {
    elb::traffic::listener(cx.region(), arn).is_some()
}
