//! Layers: uploaded in parts, and known by the digest of the whole.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::faults::invalid;
use super::repositories::found;
use super::state::{Layer, Repository, Upload};
use crate::context::Cx;
use crate::fault::Fault;

/// The size of the parts that ECR asks for, in bytes.
const PART: u64 = 10 * 1024 * 1024;

/// How large a layer can be here. (On AWS 52 GB; an account in memory is no place for that.)
const MOST: u64 = 64 * 1024 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct BatchCheckLayerAvailability {
    registry_id: Option<String>,
    repository_name: String,
    layer_digests: Vec<String>,
}

/// `BatchCheckLayerAvailability` (ECR API Reference): what a push needs not send again.
pub(crate) fn batch_check_layer_availability(
    cx: &mut Cx,
    input: BatchCheckLayerAvailability,
) -> Result<Value, Fault> {
    if !(1..=100).contains(&input.layer_digests.len()) {
        return Err(invalid(
            "layerDigests",
            "Member must have length between 1 and 100",
        ));
    }
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    let (mut layers, mut failures) = (Vec::new(), Vec::new());
    for digest in input.layer_digests {
        match repository.layers.get(&digest) {
            Some(layer) => layers.push(json!({
                "layerDigest": digest,
                "layerAvailability": "AVAILABLE",
                "layerSize": layer.size,
                "mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip",
            })),
            None if is_sha256(&digest) => {
                layers.push(json!({ "layerDigest": digest, "layerAvailability": "UNAVAILABLE" }));
            }
            None => failures.push(json!({
                "layerDigest": digest,
                "failureCode": "InvalidLayerDigest",
                "failureReason": "Invalid layer digest",
            })),
        }
    }
    Ok(json!({ "layers": layers, "failures": failures }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct InitiateLayerUpload {
    registry_id: Option<String>,
    repository_name: String,
}

/// `InitiateLayerUpload` (ECR API Reference).
pub(crate) fn initiate_layer_upload(
    cx: &mut Cx,
    input: InitiateLayerUpload,
) -> Result<Value, Fault> {
    found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    let id = cx.account.ids.uuid();
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    repository.uploads.insert(
        id.clone(),
        Upload {
            parts: Vec::new(),
            size: 0,
        },
    );
    Ok(json!({ "uploadId": id, "partSize": PART }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct UploadLayerPart {
    registry_id: Option<String>,
    repository_name: String,
    upload_id: String,
    part_first_byte: u64,
    part_last_byte: u64,
    layer_part_blob: String,
}

/// `UploadLayerPart` (ECR API Reference): the parts come in order and without gaps.
pub(crate) fn upload_layer_part(cx: &mut Cx, input: UploadLayerPart) -> Result<Value, Fault> {
    let registry = cx.account.id.clone();
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    let name = repository.name.clone();
    let upload = under_way(repository, &registry, &input.upload_id)?;
    let bytes = STANDARD
        .decode(&input.layer_part_blob)
        .map_err(|_| Fault::new("SerializationException", "layerPartBlob is not base64"))?;
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let given = input
        .part_last_byte
        .checked_sub(input.part_first_byte)
        .and_then(|length| length.checked_add(1));
    if input.part_first_byte != upload.size || given != Some(size) {
        return Err(Fault::new(
            "InvalidLayerPartException",
            format!(
                "The layer part size is not valid, or the first byte specified is not consecutive to the last \
                 byte of a previous layer part upload: the next part of upload '{}' starts at byte {}.",
                input.upload_id, upload.size
            ),
        ));
    }
    if upload.size.saturating_add(size) > MOST {
        return Err(Fault::new(
            "LimitExceededException",
            format!("A layer can have at most {MOST} bytes."),
        ));
    }
    upload.size += size;
    upload.parts.push(input.layer_part_blob);
    Ok(json!({
        "registryId": registry,
        "repositoryName": name,
        "uploadId": input.upload_id,
        "lastByteReceived": input.part_last_byte,
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct CompleteLayerUpload {
    registry_id: Option<String>,
    repository_name: String,
    upload_id: String,
    layer_digests: Vec<String>,
}

/// `CompleteLayerUpload` (ECR API Reference): the digest that was announced must be the one of
/// what was sent.
pub(crate) fn complete_layer_upload(
    cx: &mut Cx,
    input: CompleteLayerUpload,
) -> Result<Value, Fault> {
    let registry = cx.account.id.clone();
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    let upload = under_way(repository, &registry, &input.upload_id)?.clone();
    if upload.size == 0 {
        return Err(Fault::new(
            "EmptyUploadException",
            "The specified layer upload does not contain any layer parts.",
        ));
    }
    let mut hash = Sha256::new();
    for part in &upload.parts {
        hash.update(STANDARD.decode(part).unwrap_or_default());
    }
    let digest = format!("sha256:{}", hex::encode(hash.finalize()));
    if input
        .layer_digests
        .iter()
        .any(|announced| *announced != digest)
        || input.layer_digests.is_empty()
    {
        return Err(Fault::new(
            "InvalidLayerException",
            format!(
                "The digest of the layer that was uploaded is {digest}, which is not the one specified."
            ),
        ));
    }
    if repository.layers.contains_key(&digest) {
        return Err(Fault::new(
            "LayerAlreadyExistsException",
            format!(
                "Layer with digest '{digest}' already exists in the repository with name '{}' in registry with \
                 id '{registry}'",
                repository.name
            ),
        ));
    }
    repository.uploads.remove(&input.upload_id);
    repository
        .layers
        .insert(digest.clone(), Layer { size: upload.size });
    Ok(json!({
        "registryId": registry,
        "repositoryName": repository.name,
        "uploadId": input.upload_id,
        "layerDigest": digest,
    }))
}

fn under_way<'a>(
    repository: &'a mut Repository,
    registry: &str,
    id: &str,
) -> Result<&'a mut Upload, Fault> {
    let name = repository.name.clone();
    repository.uploads.get_mut(id).ok_or_else(|| {
        Fault::new(
            "UploadNotFoundException",
            format!(
                "There is no layer upload with id '{id}' in the repository with name '{name}' in registry with \
                 id '{registry}'"
            ),
        )
    })
}

fn is_sha256(digest: &str) -> bool {
    digest
        .strip_prefix("sha256:")
        .is_some_and(|digits| digits.len() == 64 && digits.chars().all(|c| c.is_ascii_hexdigit()))
}
