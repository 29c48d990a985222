"""EC2: images, instance types, key pairs."""

import base64

import pytest

from expect import refusal
from machines import RECOMMENDED, image

PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJqSDZ8IK4gpWTDRLlzSnMlPLpzkJ1x8E3e5vPmFBW5y me@example"


def test_images_are_those_that_the_parameters_name(ec2, ssm, client):
    asked = image(ssm)
    for _ in range(2):
        [found] = ec2.describe_images(ImageIds=[asked])["Images"]
    assert found["Name"] == ssm.get_parameter(Name=f"{RECOMMENDED}/image_name")["Parameter"]["Value"]
    assert (found["ImageOwnerAlias"], found["Architecture"], found["State"]) == ("amazon", "x86_64", "available")
    [newest] = ec2.describe_images(
        Owners=["amazon"],
        Filters=[{"Name": "name", "Values": ["al2023-ami-ecs-hvm-*"]}, {"Name": "architecture", "Values": ["arm64"]}],
    )["Images"]
    assert newest["Name"].endswith("-arm64")
    assert ec2.describe_images(Owners=["self"])["Images"] == []
    assert ec2.describe_images(ExecutableUsers=["self"])["Images"] == []
    elsewhere = client("ssm", region="us-east-1")
    assert image(elsewhere) != asked
    with refusal(ec2, "InvalidAMIID.NotFound", image(elsewhere)):
        ec2.describe_images(ImageIds=[image(elsewhere)])
    with refusal(ec2, "InvalidAMIID.Malformed", "mine"):
        ec2.describe_images(ImageIds=["mine"])


@pytest.mark.parametrize(("name", "vcpus", "memory", "architecture"), [
    ("t2.micro", 1, 1024, "x86_64"),
    ("t3.small", 2, 2048, "x86_64"),
    ("t3a.medium", 2, 4096, "x86_64"),
    ("t4g.small", 2, 2048, "arm64"),
    ("m5.xlarge", 4, 16384, "x86_64"),
])
def test_instance_types(ec2, name, vcpus, memory, architecture):
    [found] = ec2.describe_instance_types(InstanceTypes=[name])["InstanceTypes"]
    assert found["VCpuInfo"]["DefaultVCpus"] == vcpus
    assert found["MemoryInfo"]["SizeInMiB"] == memory
    assert architecture in found["ProcessorInfo"]["SupportedArchitectures"]


def test_instance_types_by_filter(ec2):
    pages = ec2.get_paginator("describe_instance_types").paginate(
        Filters=[{"Name": "memory-info.size-in-mib", "Values": ["2048"]}], PaginationConfig={"PageSize": 5})
    found = {it["InstanceType"] for page in pages for it in page["InstanceTypes"]}
    assert found == {"t2.small", "t3.small", "t3a.small", "t4g.small"}


def test_key_pairs(ec2):
    made = ec2.create_key_pair(
        KeyName="mine", TagSpecifications=[{"ResourceType": "key-pair", "Tags": [{"Key": "a", "Value": "b"}]}])
    assert made["KeyMaterial"].startswith("-----BEGIN RSA PRIVATE KEY-----\n")
    assert len(made["KeyFingerprint"].split(":")) == 20
    for kind, start in (("rsa", "PuTTY"), ("ed25519", "PuTTY")):
        assert ec2.create_key_pair(KeyName=kind, KeyType=kind, KeyFormat="ppk")["KeyMaterial"].startswith(start)
    imported = ec2.import_key_pair(KeyName="theirs", PublicKeyMaterial=PUBLIC_KEY.encode())
    [shown] = ec2.describe_key_pairs(KeyNames=["theirs"], IncludePublicKey=True)["KeyPairs"]
    assert (shown["KeyType"], shown["PublicKey"]) == ("ed25519", PUBLIC_KEY)
    assert shown["KeyFingerprint"] == imported["KeyFingerprint"]
    for _ in range(2):
        [shown] = ec2.describe_key_pairs(KeyPairIds=[made["KeyPairId"]])["KeyPairs"]
    assert (shown["KeyName"], shown["Tags"]) == ("mine", [{"Key": "a", "Value": "b"}])
    for _ in range(2):
        with refusal(ec2, "InvalidKeyPair.Duplicate", "The keypair 'mine' already exists."):
            ec2.create_key_pair(KeyName="mine")
        with refusal(ec2, "InvalidKeyPair.Duplicate", "mine"):
            ec2.import_key_pair(KeyName="mine", PublicKeyMaterial=PUBLIC_KEY.encode())
    assert ec2.delete_key_pair(KeyPairId=made["KeyPairId"])["KeyPairId"] == made["KeyPairId"]
    for _ in range(2):
        ec2.delete_key_pair(KeyName="mine")
    with refusal(ec2, "InvalidKeyPair.NotFound", "The key pair 'mine' does not exist"):
        ec2.describe_key_pairs(KeyNames=["mine"])


def test_key_pairs_that_are_refused(ec2):
    for kind, code in (("dsa", "KeyType"), ("", "KeyType")):
        with refusal(ec2, "InvalidParameterValue", code):
            ec2.create_key_pair(KeyName="mine", KeyType=kind)
    with refusal(ec2, "MissingParameter", "KeyName"):
        ec2.create_key_pair(KeyName="")
    for material in ("no key", "ssh-dss AAAA", "ssh-rsa !"):
        with refusal(ec2, "InvalidKey.Format"):
            ec2.import_key_pair(KeyName="mine", PublicKeyMaterial=base64.b64encode(material.encode()))
    with refusal(ec2, "InvalidKeyPair.NotFound", "key-0"):
        ec2.describe_key_pairs(KeyPairIds=["key-0"])
    with refusal(ec2, "InvalidKeyPair.NotFound", "key-0"):
        ec2.delete_key_pair(KeyPairId="key-0")
    with refusal(ec2, "MissingParameter"):
        ec2.delete_key_pair()
    with refusal(ec2, "InvalidParameterValue", "colour"):
        ec2.describe_key_pairs(Filters=[{"Name": "colour", "Values": ["red"]}])
    assert ec2.describe_key_pairs()["KeyPairs"] == []
