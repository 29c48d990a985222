//! Where the files of a build's artifact go.

use bytes::Bytes;

use super::log::session;
use super::state::Build;
use crate::context::Cx;
use crate::release::Tree;
use crate::services::{iam, s3};

/// The artifact's ARN: what the pipeline has for it, or where the project says. `None` where there is
/// to be none.
pub(super) fn arn(build: &Build) -> Option<String> {
    let of = &build.settings.artifacts;
    match (of.kind.as_str(), &build.handed) {
        ("CODEPIPELINE", Some(handed)) => Some(handed.output()),
        ("S3", _) => {
            let bucket = of.location.as_deref().unwrap_or_default();
            Some(format!("arn:aws:s3:::{bucket}/{}", key(build)))
        }
        _ => None,
    }
}

/// `path/build-id/name`, of which the first two may be missing.
fn key(build: &Build) -> String {
    let of = &build.settings.artifacts;
    let path = of.path.as_deref().unwrap_or_default().trim_matches('/');
    let namespace = match of.namespace_type.as_deref() {
        Some("BUILD_ID") => build.uuid(),
        _ => "",
    };
    let name = of.name.as_deref().unwrap_or(&build.project);
    let parts = [path, namespace, name]
        .into_iter()
        .filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("/")
}

/// Whether the build's role may put it there.
pub(super) fn check(cx: &Cx, build: &Build) -> Result<(), String> {
    let Some(arn) = arn(build) else {
        return Ok(());
    };
    let role = &build.settings.service_role;
    iam::authorize(cx, role, &session(build), "s3:PutObject", &arn, &[]).map_err(|why| {
        format!("Error in UPLOAD_ARTIFACTS phase: AccessDenied: {why} status code: 403")
    })
}

/// Puts it where the project says; what goes to a pipeline, the pipeline fetches.
pub(super) fn store(cx: &mut Cx, build: &Build, files: &Tree) -> Result<(), String> {
    let of = &build.settings.artifacts;
    let bucket = of.location.as_deref().unwrap_or_default();
    if of.kind != "S3" {
        return Ok(());
    }
    let key = key(build);
    let objects: Vec<(String, Bytes)> = if of.packaging.as_deref() == Some("ZIP") {
        vec![(key, files.zipped())]
    } else {
        let files = files.iter();
        files
            .map(|(path, content)| (format!("{key}/{path}"), content.clone()))
            .collect()
    };
    for (key, body) in objects {
        s3::store(cx, bucket, &key, body, "binary/octet-stream").map_err(|fault| {
            format!(
                "Error in UPLOAD_ARTIFACTS phase: {}: {}",
                fault.code, fault.message
            )
        })?;
    }
    Ok(())
}
