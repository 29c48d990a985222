//! What a group launches and where, checked before it is taken on.

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::autoscaling::faults::invalid;
use crate::services::ec2::{self, TemplateChoice, TemplateRef};

/// Where a group puts its instances.
pub(super) struct Place {
    pub(super) subnets: Vec<String>,
    pub(super) zones: Vec<String>,
}

/// The place that `identifier` (subnets, with commas) and `zones` say; with both, they must agree.
pub(super) fn place(
    cx: &mut Cx,
    identifier: Option<&str>,
    zones: Vec<String>,
) -> Result<Place, Fault> {
    let ids = identifier.unwrap_or_default().split(',').map(str::trim);
    let subnets: Vec<_> = ids.filter(|id| !id.is_empty()).map(str::to_owned).collect();
    let region = cx.region;
    let ec2 = &cx.region().ec2;
    if let Some(unknown) = subnets.iter().find(|id| !ec2.subnets.contains_key(*id)) {
        return Err(invalid(format!("The subnet ID '{unknown}' does not exist")));
    }
    if let Some(unknown) = zones
        .iter()
        .find(|zone| ec2::zone_names(region).all(|known| known != **zone))
    {
        return Err(invalid(format!("Invalid availability zone: {unknown}")));
    }
    let mut of_subnets = ec2.zones_of(&subnets);
    of_subnets.sort();
    of_subnets.dedup();
    match (subnets.is_empty(), zones.is_empty()) {
        (true, true) => Err(invalid(
            "At least one Availability Zone or VPC Subnet is required.",
        )),
        (true, false) if ec2.default_vpc().is_none() => {
            Err(invalid("No default VPC for this user"))
        }
        (true, false) => Ok(Place { subnets, zones }),
        (false, true) => Ok(Place {
            subnets,
            zones: of_subnets,
        }),
        (false, false) => {
            let mut asked = zones.clone();
            asked.sort();
            if asked != of_subnets {
                return Err(invalid(
                    "The availability zones of the specified subnets and the Auto Scaling group do not match",
                ));
            }
            Ok(Place { subnets, zones })
        }
    }
}

/// The template, named in full, if an instance can be launched from it into the place: Auto Scaling
/// tries that before it takes a group on.
pub(super) fn template(
    cx: &mut Cx,
    asked: &TemplateRef,
    place: &Place,
) -> Result<TemplateRef, Fault> {
    if let (Some(_), Some(_)) = (&asked.launch_template_id, &asked.launch_template_name) {
        let words = "Valid requests must contain either launchTemplateId or LaunchTemplateName";
        return Err(invalid(words));
    }
    let malformed = |fault: Fault| {
        invalid(format!(
            "You must use a valid fully-formed launch template. {}",
            fault.message
        ))
    };
    let chosen = asked.resolve(&cx.region().ec2).map_err(malformed)?;
    usable(cx, &chosen)?;
    let named = TemplateRef {
        launch_template_id: Some(chosen.id),
        launch_template_name: Some(chosen.name),
        version: Some(
            asked
                .version
                .clone()
                .unwrap_or_else(|| "$Default".to_owned()),
        ),
    };
    if chosen.parameters.instance_type.is_none() {
        let words = "The request must contain the parameter InstanceType";
        return Err(malformed(Fault::new("MissingParameter", words)));
    }
    let subnet = place.subnets.first().map(String::as_str);
    ec2::check(cx, &chosen.parameters, subnet).map_err(malformed)?;
    Ok(named)
}

/// Whether the caller may launch by the template, which the group will do in the caller's name.
fn usable(cx: &Cx, template: &TemplateChoice) -> Result<(), Fault> {
    ec2::caller_launches(cx, template).map_err(|_| {
        let id = &template.id;
        let words = format!("You are not authorized to use launch template: {id}");
        Fault::new("AccessDenied", words).with_status(403)
    })
}
