"""What the tests of CodeBuild stand on: a role, a connection, a repository, a project."""

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LOCATION = "https://gitlab.com/group/tripmgmt.git"
COMMIT = "1a2b3c4d" * 5

ALLOWED = [
    "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "codeconnections:GetConnectionToken",
    "codeconnections:GetConnection", "ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability",
    "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload", "ecr:PutImage", "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer", "ecr:DescribeImages", "ssm:GetParameters", "s3:PutObject", "s3:GetObject",
]


def role(iam, name="build", service="codebuild.amazonaws.com", without=()):
    """The ARN of a role that may do all that a build does, but for some of it."""
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trust))
    allow(iam, name, without)
    return made["Role"]["Arn"]


def allow(iam, name="build", without=()):
    actions = [action for action in ALLOWED if action not in without]
    statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
    iam.put_role_policy(RoleName=name, PolicyName="build", PolicyDocument=document(statement))


def document(statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def environment(*variables, **more):
    given = [{"name": name, "value": value} for name, value in variables]
    return {
        "type": "LINUX_CONTAINER", "image": "aws/codebuild/amazonlinux-x86_64-standard:5.0",
        "computeType": "BUILD_GENERAL1_SMALL", "environmentVariables": given, "privilegedMode": True,
    } | more


def project(role, buildspec="version: 0.2\nphases: {}\n", name="app", **more):
    """What makes a project without a source."""
    return {
        "name": name, "source": {"type": "NO_SOURCE", "buildspec": buildspec}, "artifacts": {"type": "NO_ARTIFACTS"},
        "environment": environment(), "serviceRole": role,
    } | more


def sample():
    """The files of the sample that the workshop builds."""
    folder = ROOT / "server/sample/tripmgmt"
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_text() for path in paths}
