//! `RunInstances`.

use serde::Deserialize;
use serde_json::Value;

use super::described::reservation;
use super::make::{Launch, launch};
use crate::authorization;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2;
use crate::services::ec2::faults::{invalid, rehearsal};
use crate::services::ec2::launching::{Parameters, TemplateRef, parameters as p};
use crate::services::ec2::state::Ec2;
use crate::services::ec2::tags::TagSpecification;
use crate::services::iam;
use crate::tags::Tags;

/// The most instances of one call (the vCPU quota of a new account allows no more).
const MOST: usize = 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct RunInstances {
    min_count: usize,
    max_count: usize,
    launch_template: Option<TemplateRef>,
    subnet_id: Option<String>,
    client_token: Option<String>,
    #[serde(default)]
    dry_run: bool,
    // What follows is [`Parameters`], and `#[serde(flatten)]` would lose the lenience towards text.
    image_id: Option<String>,
    instance_type: Option<String>,
    key_name: Option<String>,
    #[serde(default)]
    security_group_id: Vec<String>,
    #[serde(default)]
    security_group: Vec<String>,
    iam_instance_profile: Option<p::ProfileRef>,
    user_data: Option<String>,
    #[serde(default)]
    block_device_mapping: Vec<p::BlockDevice>,
    #[serde(default)]
    network_interface: Vec<p::InstanceInterface>,
    #[serde(default)]
    tag_specification: Vec<TagSpecification>,
    placement: Option<p::Placement>,
    monitoring: Option<p::Switch>,
    metadata_options: Option<p::MetadataOptions>,
    credit_specification: Option<p::CreditSpecification>,
    cpu_options: Option<p::CpuOptions>,
    hibernation_options: Option<p::Hibernation>,
    enclave_options: Option<p::Switch>,
    maintenance_options: Option<p::Maintenance>,
    private_dns_name_options: Option<p::PrivateDnsNames>,
    capacity_reservation_specification: Option<p::Reserved>,
    ebs_optimized: Option<bool>,
    disable_api_termination: Option<bool>,
    disable_api_stop: Option<bool>,
    instance_initiated_shutdown_behavior: Option<String>,
}

/// `RunInstances` (EC2 API Reference): with a launch template, what the call says goes before it.
pub(crate) fn run_instances(cx: &mut Cx, input: RunInstances) -> Result<Value, Fault> {
    let (least, most) = (input.min_count, input.max_count);
    if least == 0 || most > MOST || least > most {
        let (value, name) = if least == 0 || least > most {
            (least, "minCount")
        } else {
            (most, "maxCount")
        };
        return Err(invalid(format!(
            "Value ( {value} ) for parameter {name} is invalid. Expecting a number from 1 to {MOST}, and the \
             minimum not above the maximum."
        )));
    }
    let template = input.launch_template.clone();
    let (dry_run, subnet, client_token) = (
        input.dry_run,
        input.subnet_id.clone(),
        input.client_token.clone(),
    );
    let (mut parameters, mut tags) = (input.parameters(), Tags::new());
    if let Some(template) = template {
        let chosen = template.resolve(&cx.region().ec2)?;
        parameters = parameters.over(chosen.parameters);
        tags.insert("aws:ec2launchtemplate:id".to_owned(), chosen.id);
        tags.insert(
            "aws:ec2launchtemplate:version".to_owned(),
            chosen.version.to_string(),
        );
    }
    if let Some(token) = &client_token
        && let Some(again) = repeated(&cx.region().ec2, token, &parameters)
    {
        return again.map(|ids| reservation(cx, &ids));
    }
    let asked = Launch {
        parameters,
        subnet,
        count: most,
        tags,
        client_token,
        requester: None,
    };
    if !asked.parameters.network_interface.is_empty() && asked.subnet.is_some() {
        return Err(Fault::new(
            "InvalidParameterCombination",
            "Network interfaces and an instance-level subnet ID may not be specified on the same request",
        ));
    }
    let role = asked.check(cx)?.profile.and_then(|profile| profile.role);
    if let Some(role) = role {
        iam::caller_passes(cx, &role, "ec2.amazonaws.com")
            .map_err(|denial| authorization::refusal(&ec2::SERVICE, &denial))?;
    }
    rehearsal(dry_run)?;
    let ids = launch(cx, asked)?;
    Ok(reservation(cx, &ids))
}

/// The instances that the same call made before, if a call with that token made any.
fn repeated(ec2: &Ec2, token: &str, asked: &Parameters) -> Option<Result<Vec<String>, Fault>> {
    let same = ec2.instances.values();
    let same: Vec<_> = same
        .filter(|instance| instance.client_token.as_deref() == Some(token))
        .collect();
    let first = same.first()?;
    if first.parameters != *asked {
        let words = format!(
            "Request with client token {token} was already used with different parameters."
        );
        return Some(Err(Fault::new("IdempotentParameterMismatch", words)));
    }
    Some(Ok(same
        .iter()
        .map(|instance| instance.id.clone())
        .collect()))
}

impl RunInstances {
    fn parameters(self) -> Parameters {
        Parameters {
            image_id: self.image_id,
            instance_type: self.instance_type,
            key_name: self.key_name,
            security_group_id: self.security_group_id,
            security_group: self.security_group,
            iam_instance_profile: self.iam_instance_profile,
            user_data: self.user_data,
            block_device_mapping: self.block_device_mapping,
            network_interface: self.network_interface,
            tag_specification: self.tag_specification,
            placement: self.placement,
            monitoring: self.monitoring,
            metadata_options: self.metadata_options,
            credit_specification: self.credit_specification,
            cpu_options: self.cpu_options,
            hibernation_options: self.hibernation_options,
            enclave_options: self.enclave_options,
            maintenance_options: self.maintenance_options,
            private_dns_name_options: self.private_dns_name_options,
            capacity_reservation_specification: self.capacity_reservation_specification,
            ebs_optimized: self.ebs_optimized,
            disable_api_termination: self.disable_api_termination,
            disable_api_stop: self.disable_api_stop,
            instance_initiated_shutdown_behavior: self.instance_initiated_shutdown_behavior,
        }
    }
}
