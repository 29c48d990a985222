//! Where an instance is put: its subnet, its security groups, and whether the internet sees it.

use super::parameters::Parameters;
use crate::fault::Fault;
use crate::services::ec2::faults::no_such;
use crate::services::ec2::security_groups;
use crate::services::ec2::state::{Ec2, Subnet};

/// The place of an instance.
pub(crate) struct Network {
    pub(crate) subnet: String,
    pub(crate) vpc: String,
    pub(crate) zone: String,
    pub(crate) groups: Vec<String>,
    pub(crate) public: bool,
}

/// The network of a launch into `subnet`, or into the one that the parameters say.
pub(super) fn choose(
    ec2: &Ec2,
    parameters: &Parameters,
    subnet: Option<&str>,
) -> Result<Network, Fault> {
    let interface = parameters.network_interface.first();
    let by_instance =
        !parameters.security_group_id.is_empty() || !parameters.security_group.is_empty();
    if interface.is_some() && by_instance {
        return Err(combination(
            "Network interfaces and an instance-level security groups may not be specified on the same request",
        ));
    }
    if parameters.network_interface.len() > 1 {
        return Err(Fault::new(
            "UnsupportedOperation",
            "An instance has one network interface here.",
        ));
    }
    let in_interface = interface.and_then(|interface| interface.subnet_id.as_deref());
    let found = found(ec2, parameters, subnet.or(in_interface))?;
    let by_name = &parameters.security_group;
    if !by_name.is_empty() && subnet.is_some() {
        return Err(combination(
            "The parameter groupName cannot be used with the parameter subnet",
        ));
    }
    let by_id = interface.map_or(&parameters.security_group_id, |it| &it.security_group_id);
    let named = by_name.iter().map(|name| {
        let group = ec2.group_named(&found.vpc, name);
        group.ok_or_else(|| security_groups::name_not_found(name, &found.vpc))
    });
    let by_id = by_id
        .iter()
        .map(|id| security_groups::found(ec2, Some(id), None));
    let groups = by_id.chain(named).collect::<Result<Vec<_>, _>>()?;
    if let Some(elsewhere) = groups.iter().find(|group| group.vpc != found.vpc) {
        let words = format!(
            "Security group {} and subnet {} belong to different networks.",
            elsewhere.id, found.id
        );
        return Err(Fault::new("InvalidParameter", words));
    }
    let mut groups: Vec<_> = groups.into_iter().map(|group| group.id.clone()).collect();
    if groups.is_empty() {
        groups.extend(
            ec2.group_named(&found.vpc, "default")
                .map(|group| group.id.clone()),
        );
    }
    let public = interface.and_then(|interface| interface.associate_public_ip_address);
    Ok(Network {
        subnet: found.id.clone(),
        vpc: found.vpc.clone(),
        zone: found.zone.clone(),
        groups,
        public: public.unwrap_or(found.public_ip_on_launch),
    })
}

/// The subnet of that id, or the default one of the zone that is asked for, or of the first.
fn found<'a>(ec2: &'a Ec2, parameters: &Parameters, id: Option<&str>) -> Result<&'a Subnet, Fault> {
    let zone = parameters.placement.as_ref();
    let zone = zone.and_then(|placement| placement.availability_zone.as_deref());
    if let Some(id) = id {
        let unknown = || no_such("InvalidSubnetID.NotFound", "subnet", id);
        let subnet = ec2.subnets.get(id).ok_or_else(unknown)?;
        if zone.is_some_and(|zone| zone != subnet.zone) {
            return Err(combination(
                "The availability zones of the specified subnet and the Auto Scaling group or the instance's \
                 placement do not match",
            ));
        }
        return Ok(subnet);
    }
    let Some(vpc) = ec2.default_vpc() else {
        let words = "No default VPC for this user. GroupName is only supported for EC2-Classic and default VPC.";
        return Err(Fault::new("VPCIdNotSpecified", words));
    };
    let mut subnets = ec2.default_subnets(&vpc.id).into_iter();
    let fits = |id: &String| {
        zone.is_none_or(|zone| {
            ec2.subnets
                .get(id)
                .is_some_and(|subnet| subnet.zone == zone)
        })
    };
    let id = subnets.find(fits).ok_or_else(|| match zone {
        Some(zone) => {
            let words = format!("Invalid availability zone: [{zone}]");
            Fault::new("InvalidParameterValue", words)
        }
        None => Fault::new("MissingInput", "No subnets found for the default VPC."),
    })?;
    ec2.subnets
        .get(&id)
        .ok_or_else(|| no_such("InvalidSubnetID.NotFound", "subnet", &id))
}

fn combination(words: &str) -> Fault {
    Fault::new("InvalidParameterCombination", words)
}
