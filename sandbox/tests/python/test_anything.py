"""Whatever is asked, there is an answer: right in form, or a refusal with a code.

Inputs are made up from the services' own models, always the same ones, with a
liking for what is empty, huge, negative or there already.
"""

import random

import pytest
from botocore.exceptions import (
    ClientError,
    FlexibleChecksumError,
    HTTPClientError,
    MissingDependencyException,
    ParamValidationError,
)

CALLS = 12

#: What botocore says to what it cannot put into a request.
UNSENT = (FlexibleChecksumError, MissingDependencyException, ParamValidationError, KeyError)
TEXTS = [
    "", " ", "a", "app", "default", "latest", "/", "/a/b", "-1", "0", "true", "é🦀", "x" * 5000, "a\nb<&>\"'",
    "{", "[]", "${", "*", "arn:aws:iam::aws:policy/AdministratorAccess", "arn:aws:iam::123456789012:role/app",
    "arn:aws:logs:eu-central-1:123456789012:log-group:app", "sg-0123456789abcdef0", "0.0.0.0/0", "::/0", "tcp",
    '{"Version": "2012-10-17", "Statement": []}', "aurora-postgresql", "db.t3.medium", "postgres", "sha256:" + "0" * 64,
]
NUMBERS = [0, 1, 2, -1, 22, 5432, 65535, 65536, 2**31 - 1, 2**31, -(2**31), 2**63 - 1]


def made_up(shape, chance, depth=0):
    """A value of the shape, more or less: what is required, and a few of the rest."""
    kind = shape.type_name
    if kind == "structure":
        optional = [name for name in shape.members if name not in shape.required_members]
        few = chance.sample(optional, min(len(optional), chance.choice((0, 1, 1, 2))))
        names = [name for name in shape.required_members if chance.random() < 0.95] + few
        return {name: made_up(shape.members[name], chance, depth + 1) for name in names} if depth < 5 else {}
    if kind == "list":
        return [made_up(shape.member, chance, depth + 1) for _ in range(chance.choice((0, 1, 1, 2)))]
    if kind == "map":
        return {chance.choice(TEXTS): made_up(shape.value, chance, depth + 1)}
    if kind == "boolean":
        return chance.random() < 0.5
    if kind in ("integer", "long"):
        return chance.choice(NUMBERS)
    if kind in ("float", "double"):
        return chance.choice((0.0, -1.5, 0.5, 1e300))
    if kind == "timestamp":
        return chance.choice(("1970-01-01T00:00:00Z", "2026-01-01T00:00:00Z"))
    if kind == "blob":
        return b"blob"
    return chance.choice(list(shape.enum or ()) * 2 + TEXTS)


@pytest.fixture
def things(iam, ssm, logs, ec2, ecr):
    """A few things with the names that are asked for."""
    trust = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}'
    iam.create_role(RoleName="app", AssumeRolePolicyDocument=trust)
    iam.create_instance_profile(InstanceProfileName="app")
    ssm.put_parameter(Name="app", Type="SecureString", Value="a")
    logs.create_log_group(logGroupName="app")
    ec2.create_security_group(GroupName="app", Description="app")
    ecr.create_repository(repositoryName="app")


def test_there_is_always_an_answer(server, things):
    chance = random.Random(20260101)
    outcomes = set()
    for service, operation in sorted(server.operations()):
        client = server.client(service)
        model = client.meta.service_model.operation_model(operation)
        method = next(name for name, known in client.meta.method_to_api_mapping.items() if known == operation)
        for _ in range(CALLS):
            asked = made_up(model.input_shape, chance) if model.input_shape else {}
            # How long a body is, is HTTP's to say.
            asked.pop("ContentLength", None)
            try:
                getattr(client, method)(**asked)
                outcomes.add("answered")
            except UNSENT:
                # What has no place in a path or no checksum cannot even be sent.
                assert service == "s3", (operation, asked)
            except HTTPClientError as error:
                assert "Invalid header value" in str(error), (operation, asked)
            except ClientError as error:
                response = error.response
                status = response["ResponseMetadata"]["HTTPStatusCode"]
                # S3 says 501 to what it has not got.
                assert 400 <= status < 500 or status == 501, (operation, asked, response)
                # The answer to HEAD has no body, and so no code but the status.
                code = response["Error"]["Code"]
                assert code and (operation.startswith("Head") or not code.isdecimal()), (operation, asked)
                outcomes.add("refused")
            server.advance(chance.choice((0, 1, 600)))
    assert outcomes == {"answered", "refused"}
    # Nobody looked at the answers, so no case of an operation was tried here.
    server.start_over()
