"""IAM: managed policies, and what policies allow."""

import json

import pytest

from expect import refusal
from test_iam_roles import INLINE, TASK_EXECUTION, create, trust


def test_aws_managed_policies(iam):
    for _ in range(2):
        policy = iam.get_policy(PolicyArn=TASK_EXECUTION)["Policy"]
        assert policy["PolicyName"] == "AmazonECSTaskExecutionRolePolicy"
        assert policy["Path"] == "/service-role/"
        assert policy["CreateDate"].year == 2017
        version = iam.get_policy_version(PolicyArn=TASK_EXECUTION, VersionId=policy["DefaultVersionId"])
        actions = version["PolicyVersion"]["Document"]["Statement"][0]["Action"]
        assert "logs:CreateLogStream" in actions and "logs:CreateLogGroup" not in actions
    with pytest.raises(iam.exceptions.ClientError, match="AccessDenied"):
        iam.delete_policy(PolicyArn=TASK_EXECUTION)


def test_own_policies(iam, account):
    made = iam.create_policy(PolicyName="own", Path="/team/", PolicyDocument=INLINE, Description="d")["Policy"]
    assert made["Arn"] == f"arn:aws:iam::{account}:policy/team/own"
    assert made["PolicyId"].startswith("ANPA")
    with pytest.raises(iam.exceptions.EntityAlreadyExistsException, match="A policy called own already exists."):
        iam.create_policy(PolicyName="own", Path="/team/", PolicyDocument=INLINE, Description="d")
    found = iam.get_policy(PolicyArn=made["Arn"])["Policy"]
    assert (found["Description"], found["AttachmentCount"]) == ("d", 0)
    document = iam.get_policy_version(PolicyArn=made["Arn"], VersionId="v1")["PolicyVersion"]["Document"]
    assert document == json.loads(INLINE)

    create(iam)
    iam.attach_role_policy(RoleName="app", PolicyArn=made["Arn"])
    assert iam.get_policy(PolicyArn=made["Arn"])["Policy"]["AttachmentCount"] == 1
    with pytest.raises(iam.exceptions.DeleteConflictException, match="attached to entities"):
        iam.delete_policy(PolicyArn=made["Arn"])
    iam.detach_role_policy(RoleName="app", PolicyArn=made["Arn"])
    iam.delete_policy(PolicyArn=made["Arn"])
    with refusal(iam, "NoSuchEntity", "was not found."):
        iam.delete_policy(PolicyArn=made["Arn"])


@pytest.mark.parametrize("given, code", [
    ({"PolicyName": "a b"}, "ValidationError"),
    ({"Path": "x"}, "ValidationError"),
    ({"PolicyDocument": trust()}, "MalformedPolicyDocument"),
    ({"PolicyDocument": "[]"}, "MalformedPolicyDocument"),
    ({"PolicyDocument": INLINE.replace("*", "arn:aws:s3:::" + "x" * 6200)}, "LimitExceeded"),
])
def test_what_cannot_be_created(iam, given, code):
    with refusal(iam, code):
        iam.create_policy(**{"PolicyName": "own", "PolicyDocument": INLINE} | given)
    assert iam.list_policies(Scope="Local")["Policies"] == []


def test_versions_and_policies_that_there_are_not(iam):
    with refusal(iam, "NoSuchEntity"):
        iam.get_policy(PolicyArn="arn:aws:iam::aws:policy/None")
    with refusal(iam, "InvalidInput", "ARN x is not valid."):
        iam.get_policy(PolicyArn="x")
    with refusal(iam, "NoSuchEntity", "version v99 does not exist"):
        iam.get_policy_version(PolicyArn=TASK_EXECUTION, VersionId="v99")
    with refusal(iam, "ValidationError", "versionId"):
        iam.get_policy_version(PolicyArn=TASK_EXECUTION, VersionId="latest")


def test_list(iam):
    own = iam.create_policy(PolicyName="own", PolicyDocument=INLINE)["Policy"]["Arn"]
    arns = lambda **asked: {policy["Arn"] for policy in iam.list_policies(**asked)["Policies"]}
    assert arns(Scope="Local") == arns(Scope="Local") == {own}
    assert TASK_EXECUTION in arns(Scope="AWS") and own not in arns(Scope="AWS")
    assert {own, TASK_EXECUTION} <= arns()
    assert TASK_EXECUTION in arns(PathPrefix="/service-role/") and own not in arns(PathPrefix="/service-role/")
    assert TASK_EXECUTION not in arns(OnlyAttached=True)
    create(iam, PermissionsBoundary=own)
    iam.attach_role_policy(RoleName="app", PolicyArn=TASK_EXECUTION)
    assert TASK_EXECUTION in arns(OnlyAttached=True)
    assert arns(PolicyUsageFilter="PermissionsBoundary") == {own}
    for wrong in ({"Scope": "Mine"}, {"PolicyUsageFilter": "All"}, {"MaxItems": 0}):
        with refusal(iam, "ValidationError"):
            iam.list_policies(**wrong)


def decisions(iam, arn, *actions, **more):
    results = iam.simulate_principal_policy(PolicySourceArn=arn, ActionNames=list(actions), **more)
    return [result["EvalDecision"] for result in results["EvaluationResults"]]


def test_simulate(iam):
    arn = create(iam)["Arn"]
    asked = ("ecr:BatchGetImage", "logs:CreateLogStream", "logs:CreateLogGroup")
    assert decisions(iam, arn, *asked) == ["implicitDeny"] * 3
    iam.attach_role_policy(RoleName="app", PolicyArn=TASK_EXECUTION)
    assert decisions(iam, arn, *asked) == ["allowed", "allowed", "implicitDeny"]
    deny = INLINE.replace("Allow", "Deny").replace("ssm:GetParameters", "ecr:*")
    iam.put_role_policy(RoleName="app", PolicyName="no", PolicyDocument=deny)
    assert decisions(iam, arn, *asked) == ["explicitDeny", "allowed", "implicitDeny"]
    result = iam.simulate_principal_policy(PolicySourceArn=arn, ActionNames=["ecr:BatchGetImage"])
    matched = result["EvaluationResults"][0]["MatchedStatements"]
    assert [statement["SourcePolicyId"] for statement in matched] == ["role_app_no"]


def test_simulate_with_resources_and_context(iam):
    arn = create(iam)["Arn"]
    parameter = "arn:aws:ssm:eu-central-1:123456789012:parameter/tripmgmt/password"
    document = json.loads(INLINE)
    document["Statement"][0] |= {
        "Resource": parameter.replace("password", "*"),
        "Condition": {"StringLike": {"aws:RequestedRegion": "eu-*"}},
    }
    iam.put_role_policy(RoleName="app", PolicyName="read", PolicyDocument=json.dumps(document))
    region = lambda name: [{"ContextKeyName": "aws:RequestedRegion", "ContextKeyValues": [name], "ContextKeyType": "string"}]
    ask = lambda resource, **more: decisions(iam, arn, "ssm:GetParameters", ResourceArns=[resource], **more)
    assert ask(parameter, ContextEntries=region("eu-central-1")) == ["allowed"]
    assert ask(parameter, ContextEntries=region("us-east-1")) == ["implicitDeny"]
    assert ask(parameter.replace("tripmgmt", "other"), ContextEntries=region("eu-central-1")) == ["implicitDeny"]
    result = iam.simulate_principal_policy(
        PolicySourceArn=arn, ActionNames=["ssm:GetParameters"], ResourceArns=[parameter]
    )["EvaluationResults"][0]
    assert (result["EvalDecision"], result["MissingContextValues"]) == ("implicitDeny", ["aws:requestedregion"])


def test_a_boundary_takes_away(iam):
    arn = create(iam, PermissionsBoundary=TASK_EXECUTION)["Arn"]
    iam.attach_role_policy(RoleName="app", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    assert decisions(iam, arn, "ecr:BatchGetImage", "ecr:PutImage") == ["allowed", "implicitDeny"]


def test_simulate_the_caller(iam, sts):
    caller = sts.get_caller_identity()["Arn"]
    assert decisions(iam, caller, "iam:CreateRole", "rds:CreateDBCluster") == ["allowed"] * 2
    assert decisions(iam, caller, "iam:CreateRole", PolicyInputList=[INLINE.replace("Allow", "Deny")]) == ["allowed"]
    denied = INLINE.replace("Allow", "Deny").replace("ssm:GetParameters", "iam:*")
    assert decisions(iam, caller, "iam:CreateRole", PolicyInputList=[denied]) == ["explicitDeny"]


def test_what_cannot_be_simulated(iam, account):
    for _ in range(2):
        with refusal(iam, "NoSuchEntity", "The role with name none cannot be found."):
            decisions(iam, f"arn:aws:iam::{account}:role/none", "s3:GetObject")
    with refusal(iam, "NoSuchEntity"):
        decisions(iam, f"arn:aws:iam::{account}:user/none", "s3:GetObject")
    for arn in ("none", f"arn:aws:iam::{account}:root", "arn:aws:iam::210987654321:role/app"):
        with refusal(iam, "InvalidInput", f"Invalid Entity Arn: {arn}"):
            decisions(iam, arn, "s3:GetObject")
    arn = create(iam)["Arn"]
    with refusal(iam, "InvalidInput", "GetObject"):
        decisions(iam, arn, "GetObject")
    with refusal(iam, "ValidationError", "Value null at 'actionNames'"):
        iam.simulate_principal_policy(PolicySourceArn=arn)
