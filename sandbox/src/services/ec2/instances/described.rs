//! An instance as EC2 shows it.

use serde_json::{Value, json};

use super::state::{Instance, State};
use crate::context::Cx;
use crate::protocol::timestamp;
use crate::services::ec2::images;
use crate::services::ec2::instance_types;
use crate::services::ec2::network_interfaces::dns_name;
use crate::services::ec2::state::{Ec2, NetworkInterface};
use crate::services::ec2::tags;
use crate::services::ec2::zones::zone_id;

/// Whose they are, and where.
pub(super) struct Place<'a> {
    pub(super) region: &'a str,
    pub(super) owner: &'a str,
}

/// The reservation that a launch made: its instances are those of `ids`.
pub(super) fn reservation(cx: &mut Cx, ids: &[String]) -> Value {
    let (region, owner) = (cx.region, cx.account.id.clone());
    let ec2 = &cx.region().ec2;
    let place = Place {
        region,
        owner: &owner,
    };
    let instances: Vec<_> = ids.iter().filter_map(|id| ec2.instances.get(id)).collect();
    json!({
        "reservationId": instances.first().map(|instance| &instance.reservation),
        "requesterId": instances.first().and_then(|instance| instance.requester.as_ref()),
        "ownerId": owner,
        "groupSet": [],
        "instancesSet": instances
            .iter()
            .map(|instance| described(ec2, instance, &place))
            .collect::<Value>(),
    })
}

pub(super) fn described(ec2: &Ec2, instance: &Instance, place: &Place) -> Value {
    let asked = &instance.parameters;
    let interface = instance.interface.as_ref();
    let interface = interface.and_then(|id| ec2.network_interfaces.get(id));
    let image = images::find(place.region, &instance.image);
    let kind = instance_types::find(&instance.kind);
    let nitro = kind.is_some_and(instance_types::InstanceType::is_nitro);
    let private_ip = interface.map(|interface| &interface.private_ip);
    let public_ip = interface.and_then(|interface| interface.public_ip.as_ref());
    let reason = instance.reason.as_ref();
    let state_reason = match (instance.state, reason) {
        (State::Pending, _) => json!({ "code": "pending", "message": "pending" }),
        (_, Some(reason)) => json!({ "code": reason.code, "message": reason.message }),
        (_, None) => Value::Null,
    };
    let profile = instance.profile.as_ref();
    let volumes = instance.volumes.iter().map(|volume| {
        json!({
            "deviceName": volume.device,
            "ebs": {
                "volumeId": volume.id,
                "status": "attached",
                "attachTime": timestamp(instance.launched),
                "deleteOnTermination": volume.delete_on_termination,
            },
        })
    });
    let al2023 = image.is_some_and(images::Image::is_al2023);
    let arm = image.is_some_and(|image| image.architecture == "arm64");
    json!({
        "instanceId": instance.id,
        "imageId": instance.image,
        "instanceState": instance.state.described(),
        "privateDnsName": private_ip.map_or(String::new(), |ip| dns_name("ip", ip, place.region, "internal")),
        "dnsName": public_ip.map_or(String::new(), |ip| dns_name("ec2", ip, place.region, "amazonaws.com")),
        "reason": reason.map_or("", |reason| reason.transition.as_str()),
        "keyName": asked.key_name,
        "amiLaunchIndex": instance.index,
        "productCodes": [],
        "instanceType": instance.kind,
        "launchTime": timestamp(instance.launched),
        "placement": {
            "availabilityZone": instance.zone,
            "availabilityZoneId": zone_id(place.region, &instance.zone),
            "groupName": asked.placement.as_ref().and_then(|it| it.group_name.as_deref()).unwrap_or_default(),
            "tenancy": asked.placement.as_ref().and_then(|it| it.tenancy.as_deref()).unwrap_or("default"),
        },
        "monitoring": { "state": if monitored(instance) { "enabled" } else { "disabled" } },
        "subnetId": interface.map(|_| &instance.subnet),
        "vpcId": interface.map(|_| &instance.vpc),
        "privateIpAddress": private_ip,
        "ipAddress": public_ip,
        "stateReason": state_reason,
        "architecture": image.map(|image| image.architecture),
        "rootDeviceType": "ebs",
        "rootDeviceName": image.map(|image| image.root_device),
        "blockDeviceMapping": volumes.collect::<Value>(),
        "virtualizationType": "hvm",
        "clientToken": instance.client_token.as_deref().unwrap_or_default(),
        "hypervisor": "xen",
        "enaSupport": true,
        "ebsOptimized": asked.ebs_optimized.unwrap_or(false),
        "sourceDestCheck": interface.map(|_| true),
        "groupSet": interface.map_or(json!([]), |interface| groups(ec2, interface)),
        "networkInterfaceSet": interface.map_or(json!([]), |it| json!([described_interface(ec2, it, place)])),
        "iamInstanceProfile": profile.map(|profile| json!({ "arn": profile.arn, "id": profile.id })),
        "cpuOptions": kind.map(|kind| json!({
            "coreCount": kind.cores(),
            "threadsPerCore": kind.threads_per_core(),
        })),
        "capacityReservationSpecification": { "capacityReservationPreference": "open" },
        "hibernationOptions": { "configured": false },
        "enclaveOptions": { "enabled": false },
        "metadataOptions": metadata_options(instance, al2023),
        "maintenanceOptions": { "autoRecovery": "default", "rebootMigration": "default" },
        "privateDnsNameOptions": {
            "hostnameType": "ip-name",
            "enableResourceNameDnsARecord": false,
            "enableResourceNameDnsAAAARecord": false,
        },
        "bootMode": al2023.then_some(if arm { "uefi" } else { "uefi-preferred" }),
        "currentInstanceBootMode": if arm || (al2023 && nitro) { "uefi" } else { "legacy-bios" },
        "platformDetails": "Linux/UNIX",
        "usageOperation": "RunInstances",
        "usageOperationUpdateTime": timestamp(instance.launched),
        "operator": { "managed": false },
        "tagSet": tags::set(ec2, &instance.id),
    })
}

fn monitored(instance: &Instance) -> bool {
    let monitoring = instance.parameters.monitoring.as_ref();
    monitoring.is_some_and(|monitoring| monitoring.enabled)
}

/// What was asked for, and where nothing was, the image's own default.
fn metadata_options(instance: &Instance, al2023: bool) -> Value {
    let asked = instance.parameters.metadata_options.clone();
    let asked = asked.unwrap_or_default();
    let (tokens, hops) = if al2023 {
        ("required", 2)
    } else {
        ("optional", 1)
    };
    json!({
        "state": if instance.is(State::Pending) { "pending" } else { "applied" },
        "httpTokens": asked.http_tokens.as_deref().unwrap_or(tokens),
        "httpPutResponseHopLimit": asked.http_put_response_hop_limit.unwrap_or(hops),
        "httpEndpoint": asked.http_endpoint.as_deref().unwrap_or("enabled"),
        "httpProtocolIpv6": asked.http_protocol_ipv6.as_deref().unwrap_or("disabled"),
        "instanceMetadataTags": asked.instance_metadata_tags.as_deref().unwrap_or("disabled"),
    })
}

pub(super) fn groups(ec2: &Ec2, interface: &NetworkInterface) -> Value {
    let groups = interface.groups.iter();
    let groups = groups.filter_map(|id| ec2.security_groups.get(id));
    groups
        .map(|group| json!({ "groupId": group.id, "groupName": group.name }))
        .collect()
}

fn described_interface(ec2: &Ec2, interface: &NetworkInterface, place: &Place) -> Value {
    let private_name = dns_name("ip", &interface.private_ip, place.region, "internal");
    let association = interface.public_ip.as_ref().map(|ip| {
        json!({
            "publicIp": ip,
            "publicDnsName": dns_name("ec2", ip, place.region, "amazonaws.com"),
            "ipOwnerId": "amazon",
        })
    });
    json!({
        "networkInterfaceId": interface.id,
        "subnetId": interface.subnet,
        "vpcId": interface.vpc,
        "description": interface.description,
        "ownerId": place.owner,
        "status": "in-use",
        "macAddress": interface.mac,
        "privateIpAddress": interface.private_ip,
        "privateDnsName": private_name,
        "sourceDestCheck": true,
        "interfaceType": "interface",
        "groupSet": groups(ec2, interface),
        "attachment": {
            "attachmentId": interface.attachment,
            "deviceIndex": 0,
            "networkCardIndex": 0,
            "status": "attached",
            "attachTime": timestamp(interface.attached_at),
            "deleteOnTermination": true,
        },
        "association": association,
        "privateIpAddressesSet": [{
            "primary": true,
            "privateIpAddress": interface.private_ip,
            "privateDnsName": private_name,
            "association": association,
        }],
        "ipv6AddressesSet": [],
        "operator": { "managed": false },
    })
}
