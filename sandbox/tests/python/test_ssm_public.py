"""SSM: AWS's own parameters, the same for everyone."""

import json

import pytest

from expect import refusal

ROOT = "/aws/service/ecs/optimized-ami"
LATEST = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"


@pytest.mark.parametrize(("path", "start", "os"), [
    ("amazon-linux-2023", "al2023-ami-ecs-hvm-2023.0.", "Amazon Linux 2023"),
    ("amazon-linux-2023/arm64", "al2023-ami-ecs-hvm-2023.0.", "Amazon Linux 2023"),
    ("amazon-linux-2023/gpu", "al2023-ami-ecs-gpu-hvm-2023.0.", "Amazon Linux 2023"),
    ("amazon-linux-2", "amzn2-ami-ecs-hvm-2.0.", "Amazon Linux 2"),
    ("amazon-linux-2/arm64", "amzn2-ami-ecs-hvm-2.0.", "Amazon Linux 2"),
    ("amazon-linux-2/gpu", "amzn2-ami-ecs-gpu-hvm-2.0.", "Amazon Linux 2"),
])
def test_recommended_images(ssm, ec2, path, start, os):
    parameter = ssm.get_parameter(Name=f"{ROOT}/{path}/recommended")["Parameter"]
    assert parameter["ARN"] == f"arn:aws:ssm:eu-central-1::parameter{ROOT}/{path}/recommended"
    told = json.loads(parameter["Value"])
    assert set(told) == {"ecs_agent_version", "ecs_runtime_version", "image_id", "image_name", "image_version", "os",
                         "schema_version", "source_image_name"}
    assert told["image_name"].startswith(start)
    assert told["os"] == os
    [image] = ec2.describe_images(ImageIds=[told["image_id"]])["Images"]
    assert image["Name"] == told["image_name"]
    assert ssm.get_parameter(Name=f"{ROOT}/{path}/recommended/image_id")["Parameter"]["Value"] == told["image_id"]


def test_found_by_name_by_arn_and_by_path(ssm):
    base = f"{ROOT}/amazon-linux-2023/recommended"
    names = [LATEST, f"{base}/image_id", f"{base}/nothing"]
    found = ssm.get_parameters(Names=names)
    assert [it["Name"] for it in found["Parameters"]] == names[:2]
    assert found["InvalidParameters"] == names[2:]
    latest = ssm.get_parameter(Name=LATEST)["Parameter"]
    assert latest["DataType"] == "aws:ec2:image"
    assert ssm.get_parameter(Name=latest["ARN"])["Parameter"]["Value"] == latest["Value"]
    below = {it["Name"].removeprefix(base) for it in ssm.get_parameters_by_path(Path=base)["Parameters"]}
    assert {"/image_id", "/image_name", "/os"} <= below
    pages = ssm.get_paginator("get_parameters_by_path").paginate(Path="/aws/service/ecs", Recursive=True)
    everything = [it["Name"] for page in pages for it in page["Parameters"]]
    assert f"{base}/image_id" in everything
    assert len(set(everything)) == len(everything) > 50
    with refusal(ssm, "ParameterNotFound"):
        ssm.get_parameter(Name=f"{base}/nothing")


def test_they_are_nobody_s_to_change(ssm):
    with refusal(ssm, "AccessDeniedException"):
        ssm.put_parameter(Name=LATEST, Value="ami-1", Type="String", Overwrite=True)
    assert ssm.describe_parameters()["Parameters"] == []
