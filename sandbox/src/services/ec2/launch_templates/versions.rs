//! `DescribeLaunchTemplateVersions`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::shown;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::faults::{invalid, rehearsal};
use crate::services::ec2::filters::Filter;
use crate::services::ec2::launching::{template, version_number};
use crate::services::ec2::listing::{Asked, Kind};
use crate::services::ec2::state::LaunchTemplate;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeLaunchTemplateVersions {
    launch_template_id: Option<String>,
    launch_template_name: Option<String>,
    #[serde(default)]
    launch_template_version: Vec<String>,
    min_version: Option<u64>,
    max_version: Option<u64>,
    #[serde(default)]
    filter: Vec<Filter>,
    max_results: Option<usize>,
    next_token: Option<String>,
    #[serde(default, rename = "ResolveAlias")]
    _resolve: bool,
    #[serde(default, rename = "IncludeManagedResources")]
    _managed: bool,
    #[serde(default)]
    dry_run: bool,
}

const KIND: Kind = Kind {
    list: "launchTemplateVersionSet",
    id: "versionNumber",
    unknown: |number| invalid(format!("Invalid launch template version: {number}")),
    filters: &[
        ("create-time", "createTime"),
        ("ebs-optimized", "launchTemplateData.ebsOptimized"),
        (
            "http-endpoint",
            "launchTemplateData.metadataOptions.httpEndpoint",
        ),
        (
            "http-protocol-ipv4",
            "launchTemplateData.metadataOptions.httpProtocolIpv4",
        ),
        (
            "http-tokens",
            "launchTemplateData.metadataOptions.httpTokens",
        ),
        (
            "host-resource-group-arn",
            "launchTemplateData.placement.hostResourceGroupArn",
        ),
        (
            "iam-instance-profile",
            "launchTemplateData.iamInstanceProfile.arn",
        ),
        ("image-id", "launchTemplateData.imageId"),
        ("instance-type", "launchTemplateData.instanceType"),
        ("is-default-version", "defaultVersion"),
        ("kernel-id", "launchTemplateData.kernelId"),
        (
            "license-configuration-arn",
            "launchTemplateData.licenseSet.licenseConfigurationArn",
        ),
        (
            "network-card-index",
            "launchTemplateData.networkInterfaceSet.networkCardIndex",
        ),
        ("ram-disk-id", "launchTemplateData.ramDiskId"),
    ],
    page: (1, 200),
};

/// `DescribeLaunchTemplateVersions` (EC2 API Reference): of one template, the newest first; or the
/// `$Latest` or `$Default` ones of all.
pub(crate) fn describe_launch_template_versions(
    cx: &mut Cx,
    input: DescribeLaunchTemplateVersions,
) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    let ec2 = &cx.region().ec2;
    let asked = &input.launch_template_version;
    let (id, name) = (
        input.launch_template_id.as_deref(),
        input.launch_template_name.as_deref(),
    );
    let mut shown = Vec::new();
    if id.is_none() && name.is_none() {
        if asked.is_empty() || asked.iter().any(|version| !version.starts_with('$')) {
            let words = "You must specify either a launch template ID or a launch template name, or the versions \
                         $Latest or $Default of all.";
            return Err(Fault::new("MissingParameter", words));
        }
        for template in ec2.launch_templates.values() {
            shown.extend(versions(template, asked)?);
        }
    } else {
        let found = template(ec2, id, name)?;
        shown = if asked.is_empty() {
            all(found)
        } else {
            versions(found, asked)?
        };
    }
    let within = |version: &Value| {
        let number = version["versionNumber"].as_u64().unwrap_or_default();
        input.min_version.is_none_or(|least| number >= least)
            && input.max_version.is_none_or(|most| number <= most)
    };
    shown.retain(within);
    let answer = KIND.answer(
        shown,
        Asked {
            filters: input.filter,
            max_results: input.max_results,
            next_token: input.next_token,
            ..Asked::default()
        },
    )?;
    Ok(json!({
        "launchTemplateVersionSet": answer["launchTemplateVersionSet"],
        "nextToken": answer["nextToken"],
    }))
}

fn all(template: &LaunchTemplate) -> Vec<Value> {
    let versions = template.versions.iter().rev();
    versions
        .map(|(number, version)| shown::version(template, *number, version))
        .collect()
}

fn versions(template: &LaunchTemplate, asked: &[String]) -> Result<Vec<Value>, Fault> {
    let versions = asked.iter().map(|asked| {
        let number = version_number(template, asked)?;
        Ok(shown::version(
            template,
            number,
            &template.versions[&number],
        ))
    });
    versions.collect()
}
