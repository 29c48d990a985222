//! What can be changed about a repository: whether its tags move, and whether pushes are scanned.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::invalid;
use super::repositories::found;
use super::state::{Mode, Mutability};
use crate::context::Cx;
use crate::fault::Fault;

/// One of `imageTagMutabilityExclusionFilters`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Exclusion {
    filter_type: String,
    filter: String,
}

/// `imageScanningConfiguration`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Scanning {
    #[serde(default)]
    pub(super) scan_on_push: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct PutImageTagMutability {
    registry_id: Option<String>,
    repository_name: String,
    image_tag_mutability: Mode,
    #[serde(default)]
    image_tag_mutability_exclusion_filters: Vec<Exclusion>,
}

/// `PutImageTagMutability` (ECR API Reference).
pub(crate) fn put_image_tag_mutability(
    cx: &mut Cx,
    input: PutImageTagMutability,
) -> Result<Value, Fault> {
    let new = mutability(
        input.image_tag_mutability,
        input.image_tag_mutability_exclusion_filters,
    )?;
    let registry = cx.account.id.clone();
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    repository.mutability = new;
    Ok(json!({
        "registryId": registry,
        "repositoryName": repository.name,
        "imageTagMutability": repository.mutability.mode,
        "imageTagMutabilityExclusionFilters": exclusions(&repository.mutability),
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct PutImageScanningConfiguration {
    registry_id: Option<String>,
    repository_name: String,
    image_scanning_configuration: Scanning,
}

/// `PutImageScanningConfiguration` (ECR API Reference): counts for the pushes to come.
pub(crate) fn put_image_scanning_configuration(
    cx: &mut Cx,
    input: PutImageScanningConfiguration,
) -> Result<Value, Fault> {
    let registry = cx.account.id.clone();
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    repository.scan_on_push = input.image_scanning_configuration.scan_on_push;
    Ok(json!({
        "registryId": registry,
        "repositoryName": repository.name,
        "imageScanningConfiguration": { "scanOnPush": repository.scan_on_push },
    }))
}

/// Checks a rule for tags: exclusions belong to the modes that are named after them, at most five,
/// each of them plain but for at most two wildcards.
pub(super) fn mutability(mode: Mode, given: Vec<Exclusion>) -> Result<Mutability, Fault> {
    const PARAMETER: &str = "imageTagMutabilityExclusionFilters";
    let takes_exclusions = matches!(
        mode,
        Mode::ImmutableWithExclusion | Mode::MutableWithExclusion
    );
    if takes_exclusions && given.is_empty() {
        return Err(invalid(
            PARAMETER,
            "Filters are required for this image tag mutability setting",
        ));
    }
    if !takes_exclusions && !given.is_empty() {
        return Err(invalid(
            PARAMETER,
            "Filters cannot be used with this image tag mutability setting",
        ));
    }
    if given.len() > 5 {
        return Err(invalid(
            PARAMETER,
            "Member must have length less than or equal to 5",
        ));
    }
    for Exclusion {
        filter_type,
        filter,
    } in &given
    {
        if filter_type != "WILDCARD" {
            return Err(invalid(
                PARAMETER,
                "Member must satisfy enum value set: [WILDCARD]",
            ));
        }
        let is_plain = filter
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._*-".contains(c));
        if !(1..=128).contains(&filter.len()) || !is_plain {
            return Err(invalid(
                PARAMETER,
                "must satisfy regular expression '^[0-9a-zA-Z._*-]{1,128}$'",
            ));
        }
        if filter.matches('*').count() > 2 {
            return Err(invalid(
                PARAMETER,
                "A filter can have at most two wildcards",
            ));
        }
    }
    let exclusions = given
        .into_iter()
        .map(|exclusion| exclusion.filter)
        .collect();
    Ok(Mutability { mode, exclusions })
}

/// The exclusions as ECR lists them; left out where there are none.
pub(super) fn exclusions(mutability: &Mutability) -> Value {
    if mutability.exclusions.is_empty() {
        return Value::Null;
    }
    let exclusions = mutability.exclusions.iter();
    exclusions
        .map(|filter| json!({ "filterType": "WILDCARD", "filter": filter }))
        .collect()
}
