//! Running instances as other services see them: an ECS cluster's machines, a balancer's targets.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::state::{Instance, State};
use crate::context::Cx;
use crate::services::ec2::images::{self, Image};
use crate::services::ec2::instance_types::{self, InstanceType};
use crate::services::iam;

/// An instance that is running.
#[derive(Debug, Clone)]
pub(crate) struct Running {
    pub(crate) id: String,
    /// Memory, processors and architecture.
    pub(crate) kind: &'static InstanceType,
    pub(crate) image_id: String,
    /// `Image::software` says whether it is ECS-optimized, and with which agent.
    pub(crate) image: &'static Image,
    /// The ARN of the role that its profile has at present.
    pub(crate) role: Option<String>,
    /// Its user data as text, empty if there is none: `ECS_CLUSTER=…` is in there.
    pub(crate) user_data: String,
    pub(crate) vpc: String,
    pub(crate) subnet: String,
    pub(crate) zone: String,
    pub(crate) private_ip: String,
    pub(crate) public_ip: Option<String>,
    /// Ids of its security groups.
    pub(crate) groups: Vec<String>,
}

/// The instance of that id, if it is running.
pub(crate) fn running_instance(cx: &mut Cx, id: &str) -> Option<Running> {
    let region = cx.region;
    let ec2 = &cx.region().ec2;
    let instance = ec2.instances.get(id).filter(|it| it.is(State::Running))?;
    let interface = ec2.network_interfaces.get(instance.interface.as_ref()?)?;
    let running = Running {
        id: instance.id.clone(),
        kind: instance_types::find(&instance.kind)?,
        image: images::find(region, &instance.image)?,
        image_id: instance.image.clone(),
        role: None,
        user_data: user_data(instance),
        vpc: instance.vpc.clone(),
        subnet: instance.subnet.clone(),
        zone: instance.zone.clone(),
        private_ip: interface.private_ip.clone(),
        public_ip: interface.public_ip.clone(),
        groups: interface.groups.clone(),
    };
    let profile = instance.profile.as_ref().map(|profile| profile.arn.clone());
    let role = profile.and_then(|arn| iam::profile(cx, &arn)?.role);
    Some(Running { role, ..running })
}

fn user_data(instance: &Instance) -> String {
    let bytes = instance.parameters.user_data.as_ref();
    let bytes = bytes.and_then(|text| STANDARD.decode(text).ok());
    String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
}
