//! The image that the first tasks run. Docker builds and pushes it; in a simulated account, whose
//! tasks run no real process, a record of an image stands in for it.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::running_tasks::start_anew;
use crate::blueprint::{
    Call, Expect, Field, FieldKind, Inputs, Kind, Need, Price, Resource, Setting, Step, Yield,
};

/// The record's configuration: an image `FROM scratch`, without layers, that exposes a port.
const CONFIG: &str = r#"{"architecture":"amd64","os":"linux","config":{"ExposedPorts":{"8080/tcp":{}}},"rootfs":{"type":"layers","diff_ids":[]}}"#;
/// The SHA-256 of [`CONFIG`]; the registry compares.
const DIGEST: &str = "sha256:b0b937aa5fd11a536894b37ef738a969484f16f2af276db5a9416f4277035193";
const MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";

/// The image.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::FirstImage,
    step: Step::FirstImage,
    noun: "Image",
    name: "{{image_repository}}:latest",
    needs: &[Need {
        kind: Kind::ImageRepository,
        why: "it is pushed there",
    }],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/ecr/repositories/private/{{account}}/{{image_repository}}?region={{region}}",
    fields: &[Field {
        key: "tag",
        label: "Image tag",
        help: "The task definition names this tag.",
        kind: FieldKind::Fixed,
        default: "latest",
    }],
    settings: &[
        Setting {
            key: "tag",
            label: "Tag",
            expect: Expect::Includes(&["latest"]),
            cause: "The image was pushed under another tag. The task definition names latest, so that no task finds it.",
            remedy: "Tag the image as {{image_repository_uri}}:latest and push that.",
        },
        Setting {
            key: "content",
            label: "Content",
            expect: Expect::Is("container image"),
            cause: "What was pushed under this tag is no container image, but a chart, a signature or a cache.",
            remedy: "Build the image with docker build, tag it as {{image_repository_uri}}:latest and push it.",
        },
    ],
    create: |inputs| {
        if inputs.is_simulated() {
            create(inputs)
        } else {
            // Only a machine with Docker can build it.
            Vec::new()
        }
    },
    repair: |setting, _| match setting {
        "tag" => tag_again(),
        _ => Vec::new(),
    },
    delete: || {
        let params = json!({ "repositoryName": "{{image_repository}}", "imageIds": [{ "imageTag": "latest" }] });
        vec![Call::new("ecr", "BatchDeleteImage", params).done_if(&["RepositoryNotFoundException"])]
    },
    yields: &[Yield {
        variable: "first_image_digest",
        label: "Digest of the image",
        fact: "digest",
    }],
};

/// What `docker push` sends: the blobs that the registry has not got, then the manifest. The
/// service's tasks have failed until now, so that they are started anew.
fn create(inputs: &Inputs<'_>) -> Vec<Call> {
    let begin = json!({ "repositoryName": "{{image_repository}}" });
    let part = json!({
        "repositoryName": "{{image_repository}}",
        "uploadId": "{{upload_id}}",
        "partFirstByte": 0,
        "partLastByte": CONFIG.len() - 1,
        "layerPartBlob": BASE64_STANDARD.encode(CONFIG),
    });
    let end = json!({ "repositoryName": "{{image_repository}}", "uploadId": "{{upload_id}}", "layerDigests": [DIGEST] });
    let image = json!({
        "repositoryName": "{{image_repository}}",
        "imageTag": inputs.text("tag"),
        "imageManifestMediaType": MANIFEST,
        "imageManifest": manifest().to_string(),
    });
    let push = [
        Call::new("ecr", "InitiateLayerUpload", begin).capture("upload_id", "uploadId"),
        Call::new("ecr", "UploadLayerPart", part),
        Call::new("ecr", "CompleteLayerUpload", end).done_if(&["LayerAlreadyExistsException"]),
        Call::new("ecr", "PutImage", image).done_if(&[
            "ImageAlreadyExistsException",
            "ImageTagAlreadyExistsException",
        ]),
    ];
    // A service that is made later finds the image.
    let restart = start_anew().map(|call| {
        call.done_if(&[
            "ServiceNotFoundException",
            "ServiceNotActiveException",
            "ClusterNotFoundException",
        ])
    });
    push.into_iter().chain(restart).collect()
}

fn manifest() -> Value {
    json!({
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": {
            "mediaType": "application/vnd.docker.container.image.v1+json",
            "size": CONFIG.len(),
            "digest": DIGEST,
        },
        "layers": [],
    })
}

/// Gives the image that is there the tag, too (ECR user guide, “Retagging an image”).
fn tag_again() -> Vec<Call> {
    let get = json!({ "repositoryName": "{{image_repository}}", "imageIds": [{ "imageDigest": "{{first_image_digest}}" }] });
    let put = json!({
        "repositoryName": "{{image_repository}}",
        "imageTag": "latest",
        "imageManifest": "{{image_manifest}}",
    });
    vec![
        Call::new("ecr", "BatchGetImage", get)
            .settles(&["tag"])
            .capture("image_manifest", "images[0].imageManifest"),
        Call::new("ecr", "PutImage", put)
            .settles(&["tag"])
            .done_if(&["ImageAlreadyExistsException"]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blueprint::Variables;
    use std::collections::BTreeMap;

    #[test]
    fn a_record_stands_in_for_the_image_in_a_simulated_account_only() {
        let chosen = BTreeMap::new();
        for (account, calls) in [("sandbox", 6), ("aws", 0)] {
            let mut variables = Variables::default();
            variables.set("account_kind", account);
            let inputs = Inputs::new(&RESOURCE, &chosen, &variables);
            assert_eq!((RESOURCE.create)(&inputs).len(), calls, "{account}");
        }
    }
}
