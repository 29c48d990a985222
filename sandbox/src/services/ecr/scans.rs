//! Basic scanning: begun by a push or on request, done after a while. The images of a simulated
//! registry have no packages, so nothing is ever found.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::images::{ImageId, found as found_image};
use super::repositories::found;
use super::state::Scan;
use crate::agenda;
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;

/// How long AWS takes to scan a small image.
const TAKES: Duration = Duration::from_secs(40);

/// How long an image counts as scanned (ECR API Reference, `StartImageScan`: once in 24 hours).
const FRESH: i64 = 24 * 60 * 60 * 1000;

/// What comes due in ECR: the end of a scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Due {
    Scan { repository: String, digest: String },
}

/// Lets a scan end.
pub(crate) fn due(cx: &mut Cx, due: Due) {
    let now = cx.now;
    let Due::Scan { repository, digest } = due;
    let repository = cx.region().ecr.repositories.get_mut(&repository);
    let image = repository.and_then(|repository| repository.images.get_mut(&digest));
    if let Some(scan) = image.and_then(|image| image.scan.as_mut()) {
        scan.completed.get_or_insert(now);
    }
}

/// Begins a scan of the image of that digest.
pub(super) fn begin(cx: &mut Cx, repository: &str, digest: &str) {
    let (now, until) = (cx.now, cx.after(TAKES));
    let image = cx
        .region()
        .ecr
        .repositories
        .get_mut(repository)
        .and_then(|it| it.images.get_mut(digest));
    if let Some(image) = image {
        image.scan = Some(Scan {
            started: now,
            completed: None,
        });
        let due = Due::Scan {
            repository: repository.to_owned(),
            digest: digest.to_owned(),
        };
        cx.plan(until, agenda::Due::Ecr(due));
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct StartImageScan {
    registry_id: Option<String>,
    repository_name: String,
    image_id: ImageId,
}

/// `StartImageScan` (ECR API Reference): once a day an image.
pub(crate) fn start_image_scan(cx: &mut Cx, input: StartImageScan) -> Result<Value, Fault> {
    let (registry, now) = (cx.account.id.clone(), cx.now);
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    let image = found_image(repository, &registry, &input.image_id)?;
    if !image.parts.is_empty() {
        return Err(Fault::new(
            "UnsupportedImageTypeException",
            format!(
                "The image of type '{}' is not supported for scanning.",
                image.media_type
            ),
        ));
    }
    if image
        .scan
        .as_ref()
        .is_some_and(|scan| now - scan.started < FRESH)
    {
        return Err(Fault::new(
            "LimitExceededException",
            "The scan quota per image has been exceeded. Wait and try again.",
        ));
    }
    let (name, digest) = (repository.name.clone(), image.digest.clone());
    begin(cx, &name, &digest);
    Ok(json!({
        "registryId": registry,
        "repositoryName": name,
        "imageId": { "imageDigest": digest },
        "imageScanStatus": { "status": "IN_PROGRESS" },
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DescribeImageScanFindings {
    registry_id: Option<String>,
    repository_name: String,
    image_id: ImageId,
    // There is nothing that it could page.
    #[serde(rename = "nextToken")]
    _next_token: Option<String>,
    #[serde(rename = "maxResults")]
    _max_results: Option<usize>,
}

/// `DescribeImageScanFindings` (ECR API Reference).
pub(crate) fn describe_image_scan_findings(
    cx: &mut Cx,
    input: DescribeImageScanFindings,
) -> Result<Value, Fault> {
    let registry = cx.account.id.clone();
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    let image = found_image(repository, &registry, &input.image_id)?;
    let scan = image.scan.as_ref().ok_or_else(|| {
        Fault::new(
            "ScanNotFoundException",
            format!(
                "Image scan does not exist for the image with digest '{}' in the repository with name '{}' in \
                 the registry with id '{registry}'",
                image.digest, repository.name
            ),
        )
    })?;
    let findings = summary(scan).map(|mut findings| {
        findings["findings"] = json!([]);
        findings
    });
    Ok(json!({
        "registryId": registry,
        "repositoryName": repository.name,
        "imageId": { "imageDigest": image.digest, "imageTag": image.tags.first() },
        "imageScanStatus": status(scan),
        "imageScanFindings": findings,
    }))
}

/// `imageScanStatus`.
pub(super) fn status(scan: &Scan) -> Value {
    match scan.completed {
        None => json!({ "status": "IN_PROGRESS" }),
        Some(_) => json!({
            "status": "COMPLETE",
            "description": "The scan was completed successfully.",
        }),
    }
}

/// `imageScanFindingsSummary`, once there is one.
pub(super) fn summary(scan: &Scan) -> Option<Value> {
    scan.completed.map(|at| {
        json!({
            "imageScanCompletedAt": timestamp(at),
            "vulnerabilitySourceUpdatedAt": timestamp(scan.started),
            "findingSeverityCounts": {},
        })
    })
}
