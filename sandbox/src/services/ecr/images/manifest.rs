//! Image manifests: Docker's and OCI's, of an image and of an index
//! (OCI Image Format Specification, "Image Manifest" and "Image Index").

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::fault::Fault;
use crate::services::ecr::faults::invalid;

const DOCKER: &str = "application/vnd.docker.distribution.manifest.v2+json";
const DOCKER_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";
const OCI: &str = "application/vnd.oci.image.manifest.v1+json";
const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";

/// What a manifest says.
#[derive(Debug)]
pub(super) struct Manifest {
    pub(super) digest: String,
    pub(super) media_type: String,
    /// The configuration's media type.
    pub(super) artifact: Option<String>,
    /// The blobs of an image: its configuration and its layers.
    pub(super) blobs: Vec<String>,
    /// The images of an index.
    pub(super) parts: Vec<String>,
    /// Bytes of all that it names.
    pub(super) size: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    schema_version: u32,
    media_type: Option<String>,
    config: Option<Descriptor>,
    layers: Option<Vec<Descriptor>>,
    manifests: Option<Vec<Descriptor>>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    media_type: Option<String>,
    digest: String,
    #[serde(default)]
    size: u64,
}

impl Manifest {
    /// Reads a manifest. `media_type` is what the request calls it; the document may say so itself.
    pub(super) fn read(text: &str, media_type: Option<String>) -> Result<Manifest, Fault> {
        let document: Document = serde_json::from_str(text)
            .ok()
            .filter(|document: &Document| document.schema_version == 2)
            .ok_or_else(|| invalid("ImageManifest", "Invalid JSON syntax"))?;
        let Document {
            media_type: own,
            config,
            layers,
            manifests,
            ..
        } = document;
        let (kind, blobs, parts) = match (config, layers, manifests) {
            (Some(config), Some(layers), None) => {
                (OCI, [vec![config], layers].concat(), Vec::new())
            }
            (None, None, Some(manifests)) => (OCI_INDEX, Vec::new(), manifests),
            _ => return Err(invalid("ImageManifest", "Invalid image manifest provided")),
        };
        let media_type = media_type.or(own).unwrap_or_else(|| kind.to_owned());
        let fits = match kind {
            OCI => media_type == OCI || media_type == DOCKER,
            _ => media_type == OCI_INDEX || media_type == DOCKER_LIST,
        };
        if !fits {
            return Err(invalid(
                "imageManifestMediaType",
                "Media type does not match the manifest",
            ));
        }
        let digests =
            |descriptors: &[Descriptor]| descriptors.iter().map(|it| it.digest.clone()).collect();
        Ok(Manifest {
            digest: format!("sha256:{}", hex::encode(Sha256::digest(text))),
            media_type,
            artifact: blobs.first().and_then(|config| config.media_type.clone()),
            size: blobs
                .iter()
                .chain(&parts)
                .map(|it| it.size)
                .fold(0, u64::saturating_add),
            blobs: digests(&blobs),
            parts: digests(&parts),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_and_an_index() {
        let image = r#"{"schemaVersion":2,"config":{"mediaType":"c","digest":"sha256:aa","size":5},
            "layers":[{"digest":"sha256:bb","size":7}]}"#;
        let read = Manifest::read(image, None).unwrap();
        assert_eq!((read.media_type.as_str(), read.size), (OCI, 12));
        assert_eq!(read.blobs, ["sha256:aa", "sha256:bb"]);
        assert_eq!(read.artifact.as_deref(), Some("c"));
        let index = r#"{"schemaVersion":2,"manifests":[{"digest":"sha256:cc","size":9}]}"#;
        assert_eq!(Manifest::read(index, None).unwrap().parts, ["sha256:cc"]);
    }

    #[test]
    fn what_is_no_manifest_is_refused() {
        for text in [
            "",
            "{}",
            "[]",
            r#"{"schemaVersion":1}"#,
            r#"{"schemaVersion":2}"#,
        ] {
            assert_eq!(
                Manifest::read(text, None).unwrap_err().code,
                "InvalidParameterException",
                "{text}"
            );
        }
        let index = r#"{"schemaVersion":2,"manifests":[]}"#;
        assert!(Manifest::read(index, Some(DOCKER.to_owned())).is_err());
    }
}
