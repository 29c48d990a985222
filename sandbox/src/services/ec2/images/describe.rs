//! `DescribeImages`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::catalogue::{self, Image};
use super::filters::FILTERS;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::faults::rehearsal;
use crate::services::ec2::filters::Filter;
use crate::services::ec2::listing::{Asked, Kind};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeImages {
    #[serde(default)]
    executable_by: Vec<String>,
    #[serde(default)]
    image_id: Vec<String>,
    #[serde(default)]
    owner: Vec<String>,
    // No image here is deprecated or disabled.
    #[serde(default, rename = "IncludeDeprecated")]
    _deprecated: bool,
    #[serde(default, rename = "IncludeDisabled")]
    _disabled: bool,
    #[serde(default)]
    filter: Vec<Filter>,
    max_results: Option<usize>,
    next_token: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

const KIND: Kind = Kind {
    list: "imagesSet",
    id: "imageId",
    unknown,
    filters: FILTERS,
    page: (1, 1000),
};

/// `DescribeImages` (EC2 API Reference).
pub(crate) fn describe_images(cx: &mut Cx, input: DescribeImages) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    let owned = |image: &&Image| {
        let by = |owner: &String| owner == "amazon" || owner == image.owner;
        input.owner.is_empty() || input.owner.iter().any(by)
    };
    // All of these are public, and shared with nobody in particular.
    let public = input.executable_by.iter().all(|by| by == "all");
    let images = catalogue::all().iter().filter(|_| public).filter(owned);
    KIND.answer(
        images.map(|image| described(image, cx.region)).collect(),
        Asked {
            ids: input.image_id,
            filters: input.filter,
            max_results: input.max_results,
            next_token: input.next_token,
        },
    )
}

/// The refusal of an image id.
pub(in crate::services::ec2) fn unknown(id: &str) -> Fault {
    if !id.starts_with("ami-") {
        let words = format!("Invalid id: \"{id}\" (expecting \"ami-...\")");
        return Fault::new("InvalidAMIID.Malformed", words);
    }
    let words = format!("The image id '[{id}]' does not exist");
    Fault::new("InvalidAMIID.NotFound", words)
}

fn described(image: &Image, region: &str) -> Value {
    let description = match &image.software {
        Some(_) => format!(
            "Amazon Linux AMI {} {} {} ECS HVM EBS",
            image.version,
            image.architecture,
            if image.is_al2023() { "2023" } else { "2" },
        ),
        None => format!(
            "Amazon Linux 2023 AMI {} {} HVM kernel-6.1",
            image.version, image.architecture
        ),
    };
    let boot = if image.architecture == "arm64" {
        "uefi"
    } else {
        "uefi-preferred"
    };
    json!({
        "imageId": image.id(region),
        "imageLocation": format!("amazon/{}", image.name),
        "imageState": "available",
        "imageOwnerId": image.owner,
        "imageOwnerAlias": "amazon",
        "isPublic": true,
        "creationDate": image.created,
        "deprecationTime": image.deprecated,
        "architecture": image.architecture,
        "imageType": "machine",
        "name": image.name,
        "description": description,
        "rootDeviceType": "ebs",
        "rootDeviceName": image.root_device,
        "blockDeviceMapping": [{
            "deviceName": image.root_device,
            "ebs": {
                "snapshotId": image.snapshot(region),
                "volumeSize": image.root_size,
                "volumeType": image.root_kind,
                "deleteOnTermination": true,
                "encrypted": false,
            },
        }],
        "virtualizationType": "hvm",
        "hypervisor": "xen",
        "enaSupport": true,
        "sriovNetSupport": "simple",
        "bootMode": image.is_al2023().then_some(boot),
        "imdsSupport": image.is_al2023().then_some("v2.0"),
        "platformDetails": "Linux/UNIX",
        "usageOperation": "RunInstances",
        "deregistrationProtection": "disabled",
        "freeTierEligible": true,
    })
}
