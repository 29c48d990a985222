//! AWS's own parameters, the same in every account: the ids of the newest machine images
//! (Systems Manager User Guide, "Discovering public parameters in Parameter Store").

use std::collections::BTreeMap;

use serde_json::json;

use super::state::{Kind, Parameter, Tier, Version};
use crate::clock::{self, Millis};
use crate::services::ec2::{self, Image, Software};
use crate::tags::Tags;

/// What all public parameters are below.
const ROOT: &str = "/aws/service/";

/// Whether a name is one that only AWS's own parameters have.
pub(super) fn is_public(name: &str) -> bool {
    name.starts_with(ROOT)
}

/// The public parameter of that name in a Region.
pub(super) fn find(region: &str, name: &str) -> Option<Parameter> {
    is_public(name).then(|| all(region).remove(name)).flatten()
}

/// The public parameters of a Region.
pub(super) fn all(region: &str) -> BTreeMap<String, Parameter> {
    let of_image = |image: &'static Image| {
        let values = match &image.software {
            Some(software) => optimized(image, software, region),
            None => plain(image, region),
        };
        let parameter = move |value, kind| parameter(value, kind, modified(image));
        values
            .into_iter()
            .map(move |(name, value, kind)| (name, parameter(value, kind)))
    };
    ec2::images().iter().flat_map(of_image).collect()
}

/// Name, value and data type.
type Row = (String, String, &'static str);

/// `…/recommended` and its parts, and the same under the image's name
/// (Amazon ECS Developer Guide, "Retrieving Amazon ECS-optimized Linux AMI metadata").
fn optimized(image: &Image, software: &Software, region: &str) -> Vec<Row> {
    let parts = json!({
        "ecs_agent_version": software.agent,
        "ecs_runtime_version": format!("Docker version {}", software.docker),
        "image_id": image.id(region),
        "image_name": image.name,
        "image_version": image.version,
        "os": image.os,
        "schema_version": 1,
        "source_image_name": image.source,
    });
    let mut rows = Vec::new();
    for path in image.parameters {
        for base in [
            format!("{path}/recommended"),
            format!("{path}/{}", image.name),
        ] {
            for (part, value) in parts.as_object().into_iter().flatten() {
                let value = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                rows.push((format!("{base}/{part}"), value, "text"));
            }
            rows.push((base, parts.to_string(), "text"));
        }
    }
    rows
}

fn plain(image: &Image, region: &str) -> Vec<Row> {
    let names = image.parameters.iter();
    names
        .map(|name| ((*name).to_owned(), image.id(region), "aws:ec2:image"))
        .collect()
}

fn parameter(value: String, data_type: &str, modified: Millis) -> Parameter {
    Parameter {
        kind: Kind::String,
        tags: Tags::new(),
        versions: vec![Version {
            number: 1,
            value,
            description: None,
            key_id: None,
            tier: Tier::Standard,
            data_type: data_type.to_owned(),
            modified,
            user: String::new(),
        }],
    }
}

/// A parameter is changed when its image is there.
fn modified(image: &Image) -> Millis {
    let compact = image.created.replace(['-', ':'], "").replace(".000", "");
    clock::parse_amz_date(&compact).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recommended_image_is_one_that_there_is() {
        for system in [
            "amazon-linux-2",
            "amazon-linux-2023",
            "amazon-linux-2023/arm64",
        ] {
            let base = format!("/aws/service/ecs/optimized-ami/{system}/recommended");
            let value = |name: &str| find("eu-west-1", name).unwrap().versions[0].value.clone();
            let whole: serde_json::Value = serde_json::from_str(&value(&base)).unwrap();
            let id = value(&format!("{base}/image_id"));
            assert_eq!(whole["image_id"], *id);
            let image = ec2::images()
                .iter()
                .find(|image| image.id("eu-west-1") == id);
            assert_eq!(whole["image_name"], *image.unwrap().name);
        }
    }

    #[test]
    fn a_parameter_dates_from_its_image() {
        let name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
        let modified = find("eu-west-1", name).unwrap().versions[0].modified;
        assert_eq!(clock::iso8601(modified), "2026-11-12T18:04:51Z");
    }
}
