//! Launching: for `RunInstances` and for whoever launches on an attendee's behalf.

use std::collections::BTreeMap;

use super::life;
use super::state::{Instance, Profile, State, Volume};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::launching::{Checked, Parameters, check};
use crate::services::ec2::network_interfaces::{self, Placement};
use crate::services::ec2::tags;
use crate::tags::Tags;

/// What is to be launched.
pub(crate) struct Launch {
    /// With those of its launch template.
    pub(crate) parameters: Parameters,
    /// Into this subnet rather than the parameters' own.
    pub(crate) subnet: Option<String>,
    pub(crate) count: usize,
    /// Tags of the instances that no caller could set: `aws:autoscaling:groupName` …
    pub(crate) tags: Tags,
    pub(crate) client_token: Option<String>,
    /// The service that launches.
    pub(crate) requester: Option<&'static str>,
}

impl Launch {
    /// Whether it could be done now; nothing is launched.
    pub(super) fn check(&self, cx: &mut Cx) -> Result<Checked, Fault> {
        tags_of(&self.parameters)?;
        let checked = check(cx, &self.parameters, self.subnet.as_deref())?;
        let subnet = &checked.network.subnet;
        let free = network_interfaces::free_addresses(&cx.region().ec2, subnet);
        if free < self.count {
            let words = format!(
                "There are not enough free addresses in subnet '{subnet}' to satisfy the requested number of \
                 instances."
            );
            return Err(Fault::new("InsufficientFreeAddressesInSubnet", words));
        }
        Ok(checked)
    }
}

/// Launches instances, all or none, and gives their ids.
pub(crate) fn launch(cx: &mut Cx, launch: Launch) -> Result<Vec<String>, Fault> {
    let checked = launch.check(cx)?;
    let tags = tags_of(&launch.parameters)?;
    let reservation = cx.id("r-", 17);
    let ids = (0..launch.count)
        .filter_map(|index| one(cx, &launch, &checked, &tags, &reservation, index))
        .collect();
    Ok(ids)
}

/// The tags for the instance and for what comes with it.
fn tags_of(parameters: &Parameters) -> Result<BTreeMap<String, Tags>, Fault> {
    let kinds = [
        "instance",
        "volume",
        "network-interface",
        "spot-instances-request",
    ];
    tags::of_each(&kinds, parameters.tag_specification.clone())
}

fn one(
    cx: &mut Cx,
    launch: &Launch,
    checked: &Checked,
    tags: &BTreeMap<String, Tags>,
    reservation: &str,
    index: usize,
) -> Option<String> {
    let (now, id) = (cx.now, cx.id("i-", 17));
    let network = &checked.network;
    let interface = &launch.parameters.network_interface;
    let description = interface.first().and_then(|it| it.description.as_deref());
    let interface = network_interfaces::place(
        cx,
        &Placement {
            subnet: &network.subnet,
            groups: &network.groups,
            description: description.unwrap_or_default(),
            requester: "",
            public: network.public,
        },
    )?;
    let volumes = volumes(cx, &launch.parameters, checked);
    let instance = Instance {
        id: id.clone(),
        reservation: reservation.to_owned(),
        index,
        requester: launch.requester.map(str::to_owned),
        client_token: launch.client_token.clone(),
        launched: now,
        parameters: launch.parameters.clone(),
        image: checked.image_id.clone(),
        kind: checked.kind.name.to_owned(),
        subnet: network.subnet.clone(),
        vpc: network.vpc.clone(),
        zone: network.zone.clone(),
        interface: Some(interface.clone()),
        volumes,
        profile: checked.profile.as_ref().map(|profile| Profile {
            arn: profile.arn.clone(),
            id: profile.id.clone(),
        }),
        state: State::Pending,
        until: None,
        since: now,
        reason: None,
    };
    let ec2 = &mut cx.region().ec2;
    if let Some(interface) = ec2.network_interfaces.get_mut(&interface) {
        interface.instance = Some(id.clone());
    }
    let given = |kind: &str| tags.get(kind).cloned().unwrap_or_default();
    ec2.tag(&interface, given("network-interface"));
    for volume in &instance.volumes {
        ec2.tag(&volume.id, given("volume"));
    }
    ec2.tag(&id, given("instance"));
    ec2.tag(&id, launch.tags.clone());
    ec2.instances.insert(id.clone(), instance);
    life::enter(cx, &id, State::Pending, Some(life::STARTING));
    Some(id)
}

/// The image's root disk, and those that are asked for beside it.
fn volumes(cx: &mut Cx, parameters: &Parameters, checked: &Checked) -> Vec<Volume> {
    let root = checked.image.root_device;
    let asked = parameters.block_device_mapping.iter();
    let asked = asked.filter(|device| device.no_device.is_none() && device.ebs.is_some());
    let mut devices: BTreeMap<_, _> = asked
        .filter_map(|device| Some((device.device_name.clone()?, device.ebs.as_ref()?)))
        .map(|(name, ebs)| {
            (
                name.clone(),
                ebs.delete_on_termination.unwrap_or(name == root),
            )
        })
        .collect();
    devices.entry(root.to_owned()).or_insert(true);
    devices
        .into_iter()
        .map(|(device, delete_on_termination)| Volume {
            id: cx.id("vol-", 17),
            device,
            delete_on_termination,
        })
        .collect()
}
