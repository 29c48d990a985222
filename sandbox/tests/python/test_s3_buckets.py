"""S3: buckets and their settings."""

import json

import pytest

from expect import refusal

NAME = "codepipeline-eu-central-1-1234"
HERE = {"LocationConstraint": "eu-central-1"}


@pytest.fixture
def bucket(s3):
    s3.create_bucket(Bucket=NAME, CreateBucketConfiguration=HERE)
    return NAME


def test_create_and_find(s3, bucket):
    for _ in range(2):
        assert [it["Name"] for it in s3.list_buckets()["Buckets"]] == [bucket]
        assert s3.head_bucket(Bucket=bucket)["BucketRegion"] == "eu-central-1"
        assert s3.get_bucket_location(Bucket=bucket)["LocationConstraint"] == "eu-central-1"
    with refusal(s3, "BucketAlreadyOwnedByYou"):
        s3.create_bucket(Bucket=NAME, CreateBucketConfiguration=HERE)


@pytest.mark.parametrize("given, code", [
    ({"Bucket": "Upper"}, "InvalidBucketName"),
    ({"Bucket": "my-bucket"}, "BucketAlreadyExists"),
    ({"CreateBucketConfiguration": {}}, "IllegalLocationConstraintException"),
    ({"CreateBucketConfiguration": {"LocationConstraint": "eu-west-1"}}, "IllegalLocationConstraintException"),
    ({"CreateBucketConfiguration": {"LocationConstraint": "us-east-1"}}, "InvalidLocationConstraint"),
    ({"CreateBucketConfiguration": {"LocationConstraint": "mars-1"}}, "InvalidLocationConstraint"),
    ({"ACL": "public-read"}, "InvalidBucketAclWithObjectOwnership"),
    ({"ObjectLockEnabledForBucket": True}, "NotImplemented"),
])
def test_what_cannot_be_created(s3, given, code):
    with refusal(s3, code):
        s3.create_bucket(**{"Bucket": NAME, "CreateBucketConfiguration": HERE} | given)
    assert s3.list_buckets()["Buckets"] == []


def test_the_first_region_has_no_constraint(client):
    s3 = client("s3", region="us-east-1")
    for _ in range(2):
        s3.create_bucket(Bucket="in-the-first")
    assert s3.get_bucket_location(Bucket="in-the-first")["LocationConstraint"] is None


def test_list_in_pages(s3):
    for name in "abc-1", "abc-2", "xyz":
        s3.create_bucket(Bucket=name, CreateBucketConfiguration=HERE)
    first = s3.list_buckets(MaxBuckets=2)
    rest = s3.list_buckets(MaxBuckets=2, ContinuationToken=first["ContinuationToken"])
    assert [it["Name"] for it in first["Buckets"] + rest["Buckets"]] == ["abc-1", "abc-2", "xyz"]
    assert [it["Name"] for it in s3.list_buckets(Prefix="x")["Buckets"]] == ["xyz"]
    assert s3.list_buckets(BucketRegion="eu-west-1")["Buckets"] == []
    for given in {"MaxBuckets": 0}, {"ContinuationToken": "?"}:
        with refusal(s3, "InvalidArgument"):
            s3.list_buckets(**given)


def test_delete(s3, bucket):
    s3.put_object(Bucket=bucket, Key="a", Body=b"1")
    with refusal(s3, "BucketNotEmpty"):
        s3.delete_bucket(Bucket=bucket)
    s3.delete_object(Bucket=bucket, Key="a")
    s3.delete_bucket(Bucket=bucket)
    assert s3.list_buckets()["Buckets"] == []
    with refusal(s3, "NoSuchBucket"):
        s3.delete_bucket(Bucket=bucket)


def test_old_versions_keep_a_bucket(s3, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    s3.put_object(Bucket=bucket, Key="a", Body=b"1")
    s3.delete_object(Bucket=bucket, Key="a")
    with refusal(s3, "BucketNotEmpty", "all versions"):
        s3.delete_bucket(Bucket=bucket)
    listed = s3.list_object_versions(Bucket=bucket)
    for version in listed["Versions"] + listed["DeleteMarkers"]:
        s3.delete_object(Bucket=bucket, Key="a", VersionId=version["VersionId"])
    s3.delete_bucket(Bucket=bucket)


def test_versioning(s3, bucket):
    assert "Status" not in s3.get_bucket_versioning(Bucket=bucket)
    for status in "Enabled", "Enabled", "Suspended":
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": status})
        assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == status
    for wrong in {}, {"Status": "On"}:
        with refusal(s3, "MalformedXML"):
            s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration=wrong)


def test_public_access(s3, bucket):
    given = {"BlockPublicAcls": True, "IgnorePublicAcls": False, "BlockPublicPolicy": True, "RestrictPublicBuckets": True}
    assert all(s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values())
    for _ in range(2):
        s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=given)
        assert s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"] == given
    for _ in range(2):
        s3.delete_public_access_block(Bucket=bucket)
        with refusal(s3, "NoSuchPublicAccessBlockConfiguration"):
            s3.get_public_access_block(Bucket=bucket)


def test_encryption(s3, bucket):
    usual = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}
    read = lambda: s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    put = lambda *rules: s3.put_bucket_encryption(
        Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": list(rules)}
    )
    assert read() == [usual]
    own = {
        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "alias/app"},
        "BucketKeyEnabled": True,
    }
    for _ in range(2):
        put(own)
        assert read() == [own]
    for _ in range(2):
        s3.delete_bucket_encryption(Bucket=bucket)
        assert read() == [usual]
    for wrong in [own, own], [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "ROT13"}}]:
        with refusal(s3, "MalformedXML"):
            put(*wrong)


def statement(**more):
    given = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": f"arn:aws:s3:::{NAME}/*"} | more
    return json.dumps({"Version": "2012-10-17", "Statement": [given]})


def test_policies(s3, bucket):
    with refusal(s3, "NoSuchBucketPolicy"):
        s3.get_bucket_policy(Bucket=bucket)
    for _ in range(2):
        s3.put_bucket_policy(Bucket=bucket, Policy=statement())
        assert json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"]) == json.loads(statement())
    for _ in range(2):
        s3.delete_bucket_policy(Bucket=bucket)
        with refusal(s3, "NoSuchBucketPolicy"):
            s3.get_bucket_policy(Bucket=bucket)
    for wrong in "text", "{}", json.dumps({"Statement": [{"Effect": "Allow"}]}):
        with refusal(s3, "MalformedPolicy"):
            s3.put_bucket_policy(Bucket=bucket, Policy=wrong)
    with refusal(s3, "AccessDenied", "BlockPublicPolicy"):
        s3.put_bucket_policy(Bucket=bucket, Policy=statement(Effect="Allow"))


def test_tags(s3, bucket):
    with refusal(s3, "NoSuchTagSet"):
        s3.get_bucket_tagging(Bucket=bucket)
    for _ in range(2):
        s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [{"Key": "a", "Value": "1 < 2"}]})
        assert s3.get_bucket_tagging(Bucket=bucket)["TagSet"] == [{"Key": "a", "Value": "1 < 2"}]
    for _ in range(2):
        s3.delete_bucket_tagging(Bucket=bucket)
    s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": []})
    with refusal(s3, "InvalidTag"):
        s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [{"Key": "aws:a", "Value": ""}]})


def test_ownership(s3, bucket):
    read = lambda: s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"]["Rules"]
    assert read() == [{"ObjectOwnership": "BucketOwnerEnforced"}]
    for _ in range(2):
        rules = [{"ObjectOwnership": "ObjectWriter"}]
        s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": rules})
        assert read() == rules
    with refusal(s3, "MalformedXML"):
        s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "Nobody"}]})


SETTINGS = [
    ("head_bucket", {}), ("delete_bucket", {}), ("get_bucket_location", {}), ("get_bucket_versioning", {}),
    ("put_bucket_versioning", {"VersioningConfiguration": {"Status": "Enabled"}}), ("get_public_access_block", {}),
    ("put_public_access_block", {"PublicAccessBlockConfiguration": {}}), ("delete_public_access_block", {}),
    ("get_bucket_encryption", {}), ("delete_bucket_encryption", {}), ("get_bucket_policy", {}),
    ("put_bucket_encryption", {"ServerSideEncryptionConfiguration": {"Rules": [{"BucketKeyEnabled": True}]}}),
    ("put_bucket_policy", {"Policy": statement()}), ("delete_bucket_policy", {}), ("get_bucket_tagging", {}),
    ("put_bucket_tagging", {"Tagging": {"TagSet": []}}), ("delete_bucket_tagging", {}),
    ("put_bucket_ownership_controls", {"OwnershipControls": {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}}),
    ("get_bucket_ownership_controls", {}), ("list_objects_v2", {}), ("list_object_versions", {}),
    ("delete_objects", {"Delete": {"Objects": [{"Key": "a"}]}}), ("put_object", {"Key": "a"}),
    ("get_object", {"Key": "a"}), ("head_object", {"Key": "a"}), ("delete_object", {"Key": "a"}),
]


@pytest.mark.parametrize("call, more", SETTINGS)
def test_no_such_bucket_and_another_owner(s3, bucket, call, more):
    # HEAD has no body, so its refusals have nothing but a status.
    missing, denied = ("404", "403") if call.startswith("head") else ("NoSuchBucket", "AccessDenied")
    for code, given in (missing, {"Bucket": "none-such"}), (denied, {"Bucket": bucket, "ExpectedBucketOwner": "1" * 12}):
        with pytest.raises(s3.exceptions.ClientError) as caught:
            getattr(s3, call)(**given, **more)
        assert caught.value.response["Error"]["Code"] == code
