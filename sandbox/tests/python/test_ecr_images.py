"""ECR: layers, images, and the tags that move or stay."""

import hashlib
import json

import pytest

from expect import refusal
from test_ecr_repositories import NONE, REPOSITORY, demo  # noqa: F401 (a fixture)

MANIFEST_TYPE = "application/vnd.docker.distribution.manifest.v2+json"
INDEX_TYPE = "application/vnd.oci.image.index.v1+json"
ABSENT = "sha256:" + "0" * 64


def digest_of(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def upload(ecr, data, name="demo"):
    """Pushes a layer, as `docker push` does."""
    digest = digest_of(data)
    [layer] = ecr.batch_check_layer_availability(repositoryName=name, layerDigests=[digest])["layers"]
    if layer["layerAvailability"] == "UNAVAILABLE":
        begun = ecr.initiate_layer_upload(repositoryName=name)["uploadId"]
        part = {"uploadId": begun, "partFirstByte": 0, "partLastByte": len(data) - 1, "layerPartBlob": data}
        ecr.upload_layer_part(repositoryName=name, **part)
        ecr.complete_layer_upload(repositoryName=name, uploadId=begun, layerDigests=[digest])
    return {"digest": digest, "size": len(data)}


def manifest(ecr, content, name="demo"):
    """The manifest of an image with that content, whose layers are there."""
    config = {"mediaType": "application/vnd.docker.container.image.v1+json", **upload(ecr, b"{}", name)}
    layer = {"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip", **upload(ecr, content, name)}
    return json.dumps({"schemaVersion": 2, "mediaType": MANIFEST_TYPE, "config": config, "layers": [layer]})


def push(ecr, content, tag=None, name="demo"):
    text = manifest(ecr, content, name)
    tagged = {"imageTag": tag} if tag else {}
    return ecr.put_image(repositoryName=name, imageManifest=text, **tagged)["image"]["imageId"]["imageDigest"]


def ids(ecr, **asked):
    found = ecr.list_images(**REPOSITORY, **asked)["imageIds"]
    return sorted((image["imageDigest"], image.get("imageTag", "")) for image in found)


def describe(ecr, **image):
    [found] = ecr.describe_images(**REPOSITORY, imageIds=[image])["imageDetails"]
    return found


def test_put_and_get(ecr, demo):  # noqa: F811
    text = manifest(ecr, b"one")
    asked = {**REPOSITORY, "imageManifest": text, "imageTag": "v1"}
    made = ecr.put_image(**asked)["image"]
    digest = digest_of(text.encode())
    assert made["imageId"] == {"imageDigest": digest, "imageTag": "v1"}
    with refusal(ecr, "ImageAlreadyExistsException", f"Image with digest '{digest}' and tag 'v1' already exists"):
        ecr.put_image(**asked)
    for _ in range(2):
        got = ecr.batch_get_image(**REPOSITORY, imageIds=[{"imageTag": "v1"}, {"imageTag": "v2"}, {}])
    assert [image["imageManifest"] for image in got["images"]] == [text]
    assert [failure["failureCode"] for failure in got["failures"]] == ["ImageNotFound", "MissingDigestAndTag"]
    found = describe(ecr, imageTag="v1")
    assert (found["imageTags"], found["imageSizeInBytes"]) == (["v1"], len(b"{}one"))
    assert found["imageManifestMediaType"] == MANIFEST_TYPE
    assert "imageScanStatus" not in found


def test_without_a_tag(ecr, demo):  # noqa: F811
    digest = push(ecr, b"one")
    with refusal(ecr, "ImageAlreadyExistsException", digest):
        push(ecr, b"one")
    assert ids(ecr) == [(digest, "")]
    assert "imageTags" not in describe(ecr, imageDigest=digest)


@pytest.mark.parametrize(
    ("mode", "filters", "moves"),
    [
        ("MUTABLE", [], {"latest": True, "v1": True}),
        ("IMMUTABLE", [], {"latest": False, "v1": False}),
        ("IMMUTABLE_WITH_EXCLUSION", ["lat*"], {"latest": True, "v1": False}),
        ("MUTABLE_WITH_EXCLUSION", ["v*"], {"latest": True, "v1": False}),
    ],
)
def test_a_tag_moves_or_stays(ecr, demo, mode, filters, moves):  # noqa: F811
    excluded = [{"filterType": "WILDCARD", "filter": pattern} for pattern in filters]
    ecr.put_image_tag_mutability(
        **REPOSITORY,
        imageTagMutability=mode,
        **({"imageTagMutabilityExclusionFilters": excluded} if excluded else {}),
    )
    for tag, may_move in moves.items():
        first = push(ecr, b"first of " + tag.encode(), tag)
        if may_move:
            second = push(ecr, b"second of " + tag.encode(), tag)
            assert describe(ecr, imageTag=tag)["imageDigest"] == second
            assert "imageTags" not in describe(ecr, imageDigest=first)
        else:
            words = f"The image tag '{tag}' already exists in the 'demo' repository and cannot be overwritten"
            with refusal(ecr, "ImageTagAlreadyExistsException", words):
                push(ecr, b"second of " + tag.encode(), tag)
            assert describe(ecr, imageTag=tag)["imageDigest"] == first


def test_an_image_can_have_several_tags(ecr, demo):  # noqa: F811
    digest = push(ecr, b"one", "v1")
    assert push(ecr, b"one", "latest") == digest
    assert describe(ecr, imageDigest=digest)["imageTags"] == ["latest", "v1"]
    assert ids(ecr) == [(digest, "latest"), (digest, "v1")]


def test_put_refused(ecr, demo):  # noqa: F811
    text = manifest(ecr, b"one")
    with refusal(ecr, "RepositoryNotFoundException"):
        ecr.put_image(**NONE, imageManifest=text)
    for change, code in [
        ({"imageManifest": "{"}, "InvalidParameterException"),
        ({"imageManifest": "{}"}, "InvalidParameterException"),
        ({"imageManifestMediaType": INDEX_TYPE}, "InvalidParameterException"),
        ({"imageTag": "-v1"}, "InvalidParameterException"),
        ({"imageDigest": ABSENT}, "ImageDigestDoesNotMatchException"),
        ({"imageManifest": text.replace(digest_of(b"one"), ABSENT)}, "LayersNotFoundException"),
        (
            {"imageManifest": json.dumps({"schemaVersion": 2, "manifests": [{"digest": ABSENT, "size": 1}]})},
            "ReferencedImagesNotFoundException",
        ),
    ]:
        with refusal(ecr, code):
            ecr.put_image(**{**REPOSITORY, "imageManifest": text, **change})
    assert ids(ecr) == []


def test_list_and_describe(ecr, demo):  # noqa: F811
    tagged, untagged = push(ecr, b"one", "v1"), push(ecr, b"two")
    everything = sorted([(tagged, "v1"), (untagged, "")])
    assert ids(ecr) == ids(ecr) == everything
    assert ids(ecr, filter={"tagStatus": "TAGGED"}) == [(tagged, "v1")]
    assert ids(ecr, filter={"tagStatus": "UNTAGGED"}) == [(untagged, "")]
    pages = ecr.get_paginator("list_images").paginate(**REPOSITORY, PaginationConfig={"PageSize": 1})
    assert sum(len(page["imageIds"]) for page in pages) == 2
    assert len(ecr.describe_images(**REPOSITORY)["imageDetails"]) == 2
    assert len(ecr.describe_images(**REPOSITORY)["imageDetails"]) == 2
    words = "The image with imageId {imageDigest:'null', imageTag:'v2'} does not exist within the repository"
    with refusal(ecr, "ImageNotFoundException", words):
        describe(ecr, imageTag="v2")
    with refusal(ecr, "ImageNotFoundException"):
        describe(ecr, imageDigest=untagged, imageTag="v1")
    for call in (ecr.list_images, ecr.describe_images):
        with refusal(ecr, "RepositoryNotFoundException"):
            call(**NONE)
        with refusal(ecr, "InvalidParameterException", "tagStatus"):
            call(**REPOSITORY, filter={"tagStatus": "SOME"})
    with refusal(ecr, "InvalidParameterException", "imageIds"):
        ecr.describe_images(**REPOSITORY, imageIds=[{"imageTag": "v1"}], maxResults=5)


def test_get_refused(ecr, demo):  # noqa: F811
    push(ecr, b"one", "v1")
    with refusal(ecr, "RepositoryNotFoundException"):
        ecr.batch_get_image(**NONE, imageIds=[{"imageTag": "v1"}])
    with refusal(ecr, "InvalidParameterException", "imageIds"):
        ecr.batch_get_image(**REPOSITORY, imageIds=[])
    with refusal(ecr, "InvalidParameterException", "acceptedMediaTypes"):
        ecr.batch_get_image(**REPOSITORY, imageIds=[{"imageTag": "v1"}], acceptedMediaTypes=[INDEX_TYPE])


def test_delete(ecr, demo):  # noqa: F811
    one, two = push(ecr, b"one", "v1"), push(ecr, b"two", "v2")
    push(ecr, b"one", "latest")
    gone = ecr.batch_delete_image(**REPOSITORY, imageIds=[{"imageTag": "latest"}])
    assert gone["imageIds"] == [{"imageDigest": one, "imageTag": "latest"}]
    again = ecr.batch_delete_image(**REPOSITORY, imageIds=[{"imageTag": "latest"}])
    assert [failure["failureCode"] for failure in again["failures"]] == ["ImageNotFound"]
    assert sorted(ids(ecr)) == sorted([(one, "v1"), (two, "v2")])
    ecr.batch_delete_image(**REPOSITORY, imageIds=[{"imageTag": "v1"}, {"imageDigest": two}])
    assert ids(ecr) == []
    with refusal(ecr, "RepositoryNotFoundException"):
        ecr.batch_delete_image(**NONE, imageIds=[{"imageTag": "v1"}])
    with refusal(ecr, "InvalidParameterException", "imageIds"):
        ecr.batch_delete_image(**REPOSITORY, imageIds=[])


def test_an_index_holds_its_images(ecr, demo):  # noqa: F811
    part = push(ecr, b"one")
    index = json.dumps({"schemaVersion": 2, "mediaType": INDEX_TYPE, "manifests": [{"digest": part, "size": 1}]})
    made = ecr.put_image(**REPOSITORY, imageManifest=index, imageTag="v1")["image"]
    assert made["imageManifestMediaType"] == INDEX_TYPE
    kept = ecr.batch_delete_image(**REPOSITORY, imageIds=[{"imageDigest": part}])
    assert [failure["failureCode"] for failure in kept["failures"]] == ["ImageReferencedByManifestList"]
    with refusal(ecr, "UnsupportedImageTypeException"):
        ecr.start_image_scan(**REPOSITORY, imageId={"imageTag": "v1"})


def test_a_repository_with_images_stays(ecr, demo, account):  # noqa: F811
    push(ecr, b"one", "v1")
    words = f"The repository with name 'demo' in registry with id '{account}' cannot be deleted because it still"
    with refusal(ecr, "RepositoryNotEmptyException", words):
        ecr.delete_repository(**REPOSITORY)
    ecr.delete_repository(**REPOSITORY, force=True)
    assert ecr.describe_repositories()["repositories"] == []


def test_scan_on_push(ecr, server):
    ecr.create_repository(**REPOSITORY, imageScanningConfiguration={"scanOnPush": True})
    push(ecr, b"one", "v1")
    assert describe(ecr, imageTag="v1")["imageScanStatus"] == {"status": "IN_PROGRESS"}
    found = ecr.describe_image_scan_findings(**REPOSITORY, imageId={"imageTag": "v1"})
    assert found["imageScanStatus"]["status"] == "IN_PROGRESS" and "imageScanFindings" not in found
    server.advance(5)
    for _ in range(2):
        found = ecr.describe_image_scan_findings(**REPOSITORY, imageId={"imageTag": "v1"})
    assert found["imageScanStatus"]["status"] == "COMPLETE"
    assert found["imageScanFindings"]["findings"] == []
    assert describe(ecr, imageTag="v1")["imageScanFindingsSummary"]["findingSeverityCounts"] == {}
    with refusal(ecr, "LimitExceededException", "scan quota per image"):
        ecr.start_image_scan(**REPOSITORY, imageId={"imageTag": "v1"})


def test_scan_on_request(ecr, demo, server):  # noqa: F811
    digest = push(ecr, b"one", "v1")
    image = {"imageId": {"imageTag": "v1"}}
    with refusal(ecr, "ScanNotFoundException", digest):
        ecr.describe_image_scan_findings(**REPOSITORY, **image)
    assert ecr.start_image_scan(**REPOSITORY, **image)["imageScanStatus"]["status"] == "IN_PROGRESS"
    with refusal(ecr, "LimitExceededException"):
        ecr.start_image_scan(**REPOSITORY, **image)
    for call in (ecr.start_image_scan, ecr.describe_image_scan_findings):
        with refusal(ecr, "RepositoryNotFoundException"):
            call(**NONE, **image)
        with refusal(ecr, "ImageNotFoundException"):
            call(**REPOSITORY, imageId={"imageTag": "v2"})
        with refusal(ecr, "InvalidParameterException"):
            call(**REPOSITORY)
    server.advance(24 * 60 * 60)
    assert ecr.start_image_scan(**REPOSITORY, **image)["imageScanStatus"]["status"] == "IN_PROGRESS"


def test_layers(ecr, demo):  # noqa: F811
    data = b"first, second"
    digest = digest_of(data)
    asked = {**REPOSITORY, "layerDigests": [digest, "mine"]}
    for _ in range(2):
        answer = ecr.batch_check_layer_availability(**asked)
    assert [layer["layerAvailability"] for layer in answer["layers"]] == ["UNAVAILABLE"]
    assert [failure["failureCode"] for failure in answer["failures"]] == ["InvalidLayerDigest"]
    begun = {**REPOSITORY, "uploadId": ecr.initiate_layer_upload(**REPOSITORY)["uploadId"]}
    assert ecr.initiate_layer_upload(**REPOSITORY)["uploadId"] != begun["uploadId"]
    complete = {**begun, "layerDigests": [digest]}
    with refusal(ecr, "EmptyUploadException"):
        ecr.complete_layer_upload(**complete)
    part = {**begun, "partFirstByte": 0, "partLastByte": 6, "layerPartBlob": data[:7]}
    assert ecr.upload_layer_part(**part)["lastByteReceived"] == 6
    with refusal(ecr, "InvalidLayerPartException", "starts at byte 7"):
        ecr.upload_layer_part(**part)
    with refusal(ecr, "InvalidLayerException"):
        ecr.complete_layer_upload(**complete)
    ecr.upload_layer_part(**begun, partFirstByte=7, partLastByte=12, layerPartBlob=data[7:])
    assert ecr.complete_layer_upload(**complete)["layerDigest"] == digest
    with refusal(ecr, "UploadNotFoundException"):
        ecr.complete_layer_upload(**complete)
    [layer] = ecr.batch_check_layer_availability(**REPOSITORY, layerDigests=[digest])["layers"]
    assert (layer["layerAvailability"], layer["layerSize"]) == ("AVAILABLE", len(data))
    again = {**REPOSITORY, "uploadId": ecr.initiate_layer_upload(**REPOSITORY)["uploadId"]}
    ecr.upload_layer_part(**again, partFirstByte=0, partLastByte=12, layerPartBlob=data)
    with refusal(ecr, "LayerAlreadyExistsException", digest):
        ecr.complete_layer_upload(**again, layerDigests=[digest])


def test_layers_that_are_refused(ecr, demo):  # noqa: F811
    part = {"uploadId": "00000000-0000-0000-0000-000000000000", "partFirstByte": 0, "partLastByte": 0}
    with refusal(ecr, "UploadNotFoundException"):
        ecr.upload_layer_part(**REPOSITORY, **part, layerPartBlob=b"x")
    with refusal(ecr, "RepositoryNotFoundException"):
        ecr.upload_layer_part(**NONE, **part, layerPartBlob=b"x")
    for call, asked in [
        (ecr.initiate_layer_upload, {}),
        (ecr.complete_layer_upload, {"uploadId": part["uploadId"], "layerDigests": [ABSENT]}),
        (ecr.batch_check_layer_availability, {"layerDigests": [ABSENT]}),
    ]:
        with refusal(ecr, "RepositoryNotFoundException"):
            call(**NONE, **asked)
        with refusal(ecr, "InvalidParameterException", "repositoryName"):
            call(**asked)
    with refusal(ecr, "InvalidParameterException", "layerDigests"):
        ecr.batch_check_layer_availability(**REPOSITORY, layerDigests=[])
