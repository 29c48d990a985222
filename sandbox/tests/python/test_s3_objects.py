"""S3: objects."""

import hashlib

import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.httpsession import URLLib3Session

from conftest import KEY, REGION, SECRET
from expect import refusal

NAME = "artifacts-of-the-app"


@pytest.fixture(autouse=True)
def bucket(s3):
    s3.create_bucket(Bucket=NAME, CreateBucketConfiguration={"LocationConstraint": REGION})
    return NAME


def put(s3, key="a/b c+d/é.txt", body=b"hello", **more):
    return s3.put_object(Bucket=NAME, Key=key, Body=body, **more)


def test_put_and_get(s3):
    for _ in range(2):
        made = put(s3, ContentType="text/plain", Metadata={"commit": "1a2b"}, CacheControl="no-store")
        assert made["ETag"] == f'"{hashlib.md5(b"hello").hexdigest()}"' and "VersionId" not in made
    for _ in range(2):
        found = s3.get_object(Bucket=NAME, Key="a/b c+d/é.txt")
        assert found["Body"].read() == b"hello"
        assert (found["ContentType"], found["ContentLength"]) == ("text/plain", 5)
        assert found["Metadata"] == {"commit": "1a2b"} and found["ServerSideEncryption"] == "AES256"
        head = s3.head_object(Bucket=NAME, Key="a/b c+d/é.txt")
        assert (head["ETag"], head["ContentLength"], head["CacheControl"]) == (made["ETag"], 5, "no-store")
    assert s3.get_object(Bucket=NAME, Key="a/b c+d/é.txt", Range="bytes=1-3")["Body"].read() == b"ell"
    for code, call in ("NoSuchKey", s3.get_object), ("404", s3.head_object):
        with pytest.raises(s3.exceptions.ClientError) as caught:
            call(Bucket=NAME, Key="none")
        assert caught.value.response["Error"]["Code"] == code


def test_any_bytes(s3):
    body = bytes(range(256)) * 40
    put(s3, "bytes", body)
    assert s3.get_object(Bucket=NAME, Key="bytes")["Body"].read() == body


@pytest.mark.parametrize("more, code", [
    ({"Body": b"x" * (5 * 1024 * 1024 + 1)}, "EntityTooLarge"),
    ({"Key": "k" * 1025}, "KeyTooLongError"),
    ({"ContentMD5": "AAAAAAAAAAAAAAAAAAAAAA=="}, "BadDigest"),
    ({"ACL": "public-read"}, "AccessControlListNotSupported"),
    ({"StorageClass": "GLACIER"}, "InvalidStorageClass"),
    ({"ServerSideEncryption": "ROT13"}, "MalformedXML"),
    ({"WebsiteRedirectLocation": "/b"}, "NotImplemented"),
])
def test_what_cannot_be_put(s3, more, code):
    with refusal(s3, code):
        s3.put_object(**{"Bucket": NAME, "Key": "a", "Body": b"x"} | more)
    assert s3.list_objects_v2(Bucket=NAME)["KeyCount"] == 0


def test_only_if_it_is_not_there(s3):
    put(s3, "once", IfNoneMatch="*")
    with refusal(s3, "PreconditionFailed"):
        put(s3, "once", IfNoneMatch="*")
    with refusal(s3, "InvalidRange"):
        s3.get_object(Bucket=NAME, Key="once", Range="bytes=99-")


def test_versions(s3):
    s3.put_bucket_versioning(Bucket=NAME, VersioningConfiguration={"Status": "Enabled"})
    first, second = (put(s3, "a", body)["VersionId"] for body in (b"1", b"2"))
    assert s3.get_object(Bucket=NAME, Key="a")["Body"].read() == b"2"
    assert s3.get_object(Bucket=NAME, Key="a", VersionId=first)["Body"].read() == b"1"
    marker = s3.delete_object(Bucket=NAME, Key="a")
    assert marker["DeleteMarker"]
    with refusal(s3, "NoSuchKey"):
        s3.get_object(Bucket=NAME, Key="a")
    for _ in range(2):
        listed = s3.list_object_versions(Bucket=NAME)
    assert [it["VersionId"] for it in listed["Versions"]] == [second, first]
    assert listed["DeleteMarkers"][0]["IsLatest"] and not listed["Versions"][0]["IsLatest"]
    s3.delete_object(Bucket=NAME, Key="a", VersionId=marker["VersionId"])
    assert s3.get_object(Bucket=NAME, Key="a")["Body"].read() == b"2"
    with refusal(s3, "NoSuchVersion"):
        s3.get_object(Bucket=NAME, Key="a", VersionId="none")
    seen, more = [], {}
    while True:
        page = s3.list_object_versions(Bucket=NAME, MaxKeys=1, **more)
        seen += [it["VersionId"] for it in page["Versions"]]
        if not page["IsTruncated"]:
            break
        more = {"KeyMarker": page["NextKeyMarker"], "VersionIdMarker": page["NextVersionIdMarker"]}
    assert seen == [second, first]
    with refusal(s3, "InvalidArgument"):
        s3.list_object_versions(Bucket=NAME, EncodingType="rot13")


def test_list(s3):
    for key in "a/1", "a/2", "b c", "d/e/1", "f":
        put(s3, key)
    keys = lambda **given: [it["Key"] for it in s3.list_objects_v2(Bucket=NAME, **given).get("Contents", [])]
    for _ in range(2):
        assert keys() == ["a/1", "a/2", "b c", "d/e/1", "f"]
    assert keys(Prefix="a/") == ["a/1", "a/2"]
    assert keys(StartAfter="b") == ["b c", "d/e/1", "f"]
    folders = s3.list_objects_v2(Bucket=NAME, Delimiter="/")
    assert [it["Prefix"] for it in folders["CommonPrefixes"]] == ["a/", "d/"]
    assert [it["Key"] for it in folders["Contents"]] == ["b c", "f"]
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=NAME, Delimiter="/", PaginationConfig={"PageSize": 1})
    seen = [it.get("Prefix") or it["Key"] for page in pages
            for it in page.get("CommonPrefixes", []) + page.get("Contents", [])]
    assert seen == ["a/", "b c", "d/", "f"]
    for given in {"ContinuationToken": "?"}, {"EncodingType": "rot13"}:
        with refusal(s3, "InvalidArgument"):
            s3.list_objects_v2(Bucket=NAME, **given)


def test_delete(s3):
    for key in "a", "b", "c":
        put(s3, key)
    for _ in range(2):
        s3.delete_object(Bucket=NAME, Key="a")
    for _ in range(2):
        gone = s3.delete_objects(Bucket=NAME, Delete={"Objects": [{"Key": "b"}, {"Key": "none"}]})
        assert [it["Key"] for it in gone["Deleted"]] == ["b", "none"]
    assert "Deleted" not in s3.delete_objects(Bucket=NAME, Delete={"Objects": [{"Key": "c"}], "Quiet": True})
    assert s3.list_objects_v2(Bucket=NAME)["KeyCount"] == 0
    with refusal(s3, "MalformedXML"):
        s3.delete_objects(Bucket=NAME, Delete={"Objects": []})


def send(server, method, path, body=b"", headers=None):
    """Signs a request as S3's clients do and sends it as it is."""
    request = AWSRequest(method, server.url + path, headers or {}, body)
    S3SigV4Auth(Credentials(KEY, SECRET), "s3", REGION).add_auth(request)
    answer = URLLib3Session().send(request.prepare())
    return answer.status_code, answer.content


def test_a_body_in_pieces(server, s3):
    pieces = b"5\r\nhello\r\n1\r\n!\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"
    headers = {
        "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "Content-Encoding": "aws-chunked",
        "x-amz-decoded-content-length": "6", "x-amz-trailer": "x-amz-checksum-crc32",
    }
    request = AWSRequest("PUT", f"{server.url}/{NAME}/pieces", headers, pieces)
    request.context["payload_signing_enabled"] = False
    auth = S3SigV4Auth(Credentials(KEY, SECRET), "s3", REGION)
    auth.payload = lambda _: "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
    auth.add_auth(request)
    assert URLLib3Session().send(request.prepare()).status_code == 200
    found = s3.get_object(Bucket=NAME, Key="pieces")
    assert found["Body"].read() == b"hello!" and "ContentEncoding" not in found


def test_a_key_is_whatever_it_is(server, s3):
    for key in "a//b", "a/./b", "%41", "~x":
        put(s3, key)
    assert {it["Key"] for it in s3.list_objects_v2(Bucket=NAME)["Contents"]} == {"a//b", "a/./b", "%41", "~x"}


def test_what_is_not_there_to_be_asked(server):
    for method, path in ("GET", f"/{NAME}?acl"), ("POST", f"/{NAME}/a?uploads"), ("PUT", f"/{NAME}/a?partNumber=1"):
        status, body = send(server, method, path)
        assert status == 501 and b"NotImplemented" in body
    status, body = send(server, "PUT", f"/{NAME}?versioning", b"<not xml")
    assert status == 400 and b"MalformedXML" in body


def test_a_wrong_secret(client):
    wrong = client("s3", secret="wrong")
    with refusal(wrong, "SignatureDoesNotMatch"):
        wrong.list_buckets()
