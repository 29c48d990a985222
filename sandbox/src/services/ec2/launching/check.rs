//! Whether a launch can be had, in the order in which EC2 looks; nothing is changed here.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::network::{self, Network};
use super::parameters::{Parameters, ProfileRef};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::faults::{invalid, missing};
use crate::services::ec2::images::{self, Image};
use crate::services::ec2::instance_types::{self, InstanceType};
use crate::services::ec2::key_pairs;
use crate::services::{iam, ssm};

/// The longest user data, in bytes (Amazon EC2 User Guide, "Run commands on your instance").
const USER_DATA: usize = 16 * 1024;

/// What EC2 takes where no type is named.
const DEFAULT_TYPE: &str = "m1.small";

/// A launch that can be had, and what its parameters stand for.
pub(crate) struct Checked {
    pub(crate) image: &'static Image,
    pub(crate) image_id: String,
    pub(crate) kind: &'static InstanceType,
    pub(crate) network: Network,
    pub(crate) profile: Option<iam::Profile>,
}

/// Checks a launch into `subnet`, or into the one that the parameters say.
pub(crate) fn check(
    cx: &mut Cx,
    parameters: &Parameters,
    subnet: Option<&str>,
) -> Result<Checked, Fault> {
    let image_id = parameters
        .image_id
        .as_deref()
        .ok_or_else(|| missing("ImageId"))?;
    let image_id = resolved(cx, image_id)?;
    let image = images::find(cx.region, &image_id).ok_or_else(|| images::unknown(&image_id))?;
    let kind = parameters.instance_type.as_deref().unwrap_or(DEFAULT_TYPE);
    let kind = instance_types::find(kind)
        .ok_or_else(|| invalid(format!("Invalid value '{kind}' for InstanceType.")))?;
    if kind.architecture != image.architecture {
        return Err(invalid(format!(
            "The architecture '{}' of the specified instance type does not match the architecture '{}' of the \
             specified AMI. Specify an instance type and an AMI that have matching architectures, and try \
             again. You can use 'describe-instance-types' or 'describe-images' to discover the architecture of \
             the instance type or AMI.",
            kind.architecture, image.architecture
        )));
    }
    check_disks(parameters, image)?;
    if let Some(key) = &parameters.key_name
        && !cx.region().ec2.key_pairs.contains_key(key)
    {
        return Err(key_pairs::no_such_name(key));
    }
    check_user_data(parameters.user_data.as_deref())?;
    let asked = parameters.instance_initiated_shutdown_behavior.as_deref();
    if let Some(asked) = asked.filter(|asked| !["stop", "terminate"].contains(asked)) {
        let words = "is invalid. Valid values are: [stop, terminate]";
        return Err(invalid(format!(
            "Value ({asked}) for parameter instanceInitiatedShutdownBehavior {words}"
        )));
    }
    let network = network::choose(&cx.region().ec2, parameters, subnet)?;
    let profile = parameters.iam_instance_profile.as_ref();
    let profile = profile.map(|profile| found(cx, profile)).transpose()?;
    Ok(Checked {
        image,
        image_id,
        kind,
        network,
        profile: profile.flatten(),
    })
}

/// The image's id: as it is, or that which a parameter holds (`resolve:ssm:/aws/service/…`).
fn resolved(cx: &mut Cx, image_id: &str) -> Result<String, Fault> {
    let Some(name) = image_id.strip_prefix("resolve:ssm:") else {
        return Ok(image_id.to_owned());
    };
    ssm::text(cx, name).ok_or_else(|| {
        let words = format!(
            "The parameter {name} could not be resolved: it does not exist, or is not of type String."
        );
        Fault::new("InvalidParameterValue", words)
    })
}

/// A root volume has room for its image.
fn check_disks(parameters: &Parameters, image: &Image) -> Result<(), Fault> {
    for device in &parameters.block_device_mapping {
        let Some(name) = &device.device_name else {
            return Err(missing("DeviceName"));
        };
        let size = device.ebs.as_ref().and_then(|ebs| ebs.volume_size);
        if let Some(size) = size.filter(|size| name == image.root_device && *size < image.root_size)
        {
            let words = format!(
                "Volume of size {size}GB is smaller than snapshot '{}', expect size >= {}GB",
                image.name, image.root_size
            );
            return Err(Fault::new("InvalidBlockDeviceMapping", words));
        }
    }
    Ok(())
}

fn check_user_data(user_data: Option<&str>) -> Result<(), Fault> {
    let Some(text) = user_data else {
        return Ok(());
    };
    let bytes = STANDARD
        .decode(text)
        .map_err(|_| invalid("Invalid BASE64 encoding of user data."))?;
    if bytes.len() > USER_DATA {
        return Err(invalid("User data is limited to 16384 bytes"));
    }
    Ok(())
}

/// The instance profile, which must have a role by the time it is handed to a machine.
pub(super) fn found(cx: &Cx, asked: &ProfileRef) -> Result<Option<iam::Profile>, Fault> {
    let (given, what) = match (&asked.arn, &asked.name) {
        (Some(_), Some(_)) => {
            let words = "The parameter 'iamInstanceProfile.name' may not be used in combination with \
                         'iamInstanceProfile.arn'";
            return Err(Fault::new("InvalidParameterCombination", words));
        }
        (Some(arn), None) => (arn, "ARN"),
        (None, Some(name)) => (name, "name"),
        (None, None) => return Ok(None),
    };
    let is_arn = given.starts_with("arn:");
    let profile = iam::profile(cx, given)
        .filter(|_| is_arn == asked.arn.is_some())
        .ok_or_else(|| {
            invalid(format!(
                "Value ({given}) for parameter iamInstanceProfile.{} is invalid. Invalid IAM Instance Profile {what}",
                what.to_lowercase()
            ))
        })?;
    if profile.role.is_none() {
        return Err(invalid(format!(
            "IAM Instance Profile \"{}\" has no associated IAM Roles",
            profile.arn
        )));
    }
    Ok(Some(profile))
}
