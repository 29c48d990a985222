"""What the caller may not do is refused: by the action's own name, in each protocol's own way."""

import json

import pytest
from botocore.exceptions import ClientError

from world import REGION, trust

USER = "arn:aws:iam::123456789012:user/admin"


def allow(*actions, resource="*", **condition):
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": resource}
    return {**statement, "Condition": condition} if condition else statement


def refused(call, code, status, action, resource, **parameters):
    """The call is refused with AWS's sentence on `action` and `resource`."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    error, answer = caught.value.response["Error"], caught.value.response["ResponseMetadata"]
    assert (error["Code"], answer["HTTPStatusCode"]) == (code, status), error
    on = f" on resource: {resource}" if resource else ""
    because = f"because no identity-based policy allows the {action} action"
    expected = f"User: {USER} is not authorized to perform: {action}{on} {because}"
    assert error["Message"].removeprefix("You are not authorized to perform this operation. ") == expected


def arn(service, rest, account="123456789012", region=REGION):
    return f"arn:aws:{service}:{region}:{account}:{rest}"


def test_an_account_without_limits_refuses_nobody(server, account):
    server.client("ecs").create_cluster(clusterName="demo")
    server.limit(allow("sts:*"))
    with pytest.raises(ClientError):
        server.client("ecs").create_cluster(clusterName="demo")
    server.limit()
    server.client("ecs").create_cluster(clusterName="demo")


def test_each_protocol_has_its_own_refusal(server):
    server.limit(allow("sts:AssumeRole"))
    # Whoever has keys may ask whose they are.
    assert server.client("sts").get_caller_identity()["Arn"] == USER
    json_services = ("AccessDeniedException", 400)
    query = ("AccessDenied", 403)
    for service, operation, (code, status), action, resource, parameters in [
        ("ecs", "create_cluster", json_services, "ecs:CreateCluster", arn("ecs", "cluster/demo"), {"clusterName": "demo"}),
        ("ecs", "list_clusters", json_services, "ecs:ListClusters", "*", {}),
        ("ecr", "describe_repositories", json_services, "ecr:DescribeRepositories", arn("ecr", "repository/app"), {"repositoryNames": ["app"]}),
        ("logs", "create_log_group", json_services, "logs:CreateLogGroup", arn("logs", "log-group:/ecs/demo:log-stream:"), {"logGroupName": "/ecs/demo"}),
        ("logs", "describe_log_groups", json_services, "logs:DescribeLogGroups", arn("logs", "log-group::log-stream:"), {}),
        ("ssm", "get_parameter", json_services, "ssm:GetParameter", arn("ssm", "parameter/demo/db"), {"Name": "/demo/db"}),
        ("codebuild", "batch_get_projects", json_services, "codebuild:BatchGetProjects", arn("codebuild", "project/demo"), {"names": ["demo"]}),
        ("codedeploy", "get_application", json_services, "codedeploy:GetApplication", arn("codedeploy", "application:demo"), {"applicationName": "demo"}),
        ("codepipeline", "get_pipeline", json_services, "codepipeline:GetPipeline", arn("codepipeline", "demo"), {"name": "demo"}),
        ("codeconnections", "list_connections", json_services, "codeconnections:ListConnections", "*", {}),
        ("codestar-connections", "list_connections", json_services, "codestar-connections:ListConnections", "*", {}),
        ("iam", "get_role", query, "iam:GetRole", "role demo", {"RoleName": "demo"}),
        ("iam", "create_role", query, "iam:CreateRole", "arn:aws:iam::123456789012:role/demo", {"RoleName": "demo", "AssumeRolePolicyDocument": trust("ec2.amazonaws.com")}),
        ("rds", "describe_db_clusters", query, "rds:DescribeDBClusters", arn("rds", "cluster:demo"), {"DBClusterIdentifier": "demo"}),
        ("autoscaling", "describe_auto_scaling_groups", query, "autoscaling:DescribeAutoScalingGroups", "*", {}),
        ("elasticloadbalancing", "describe_load_balancers", query, "elasticloadbalancing:DescribeLoadBalancers", "*", {}),
        ("ec2", "describe_vpcs", ("UnauthorizedOperation", 403), "ec2:DescribeVpcs", "", {}),
        ("ec2", "delete_security_group", ("UnauthorizedOperation", 403), "ec2:DeleteSecurityGroup", arn("ec2", "security-group/sg-1"), {"GroupId": "sg-1"}),
    ]:
        call = getattr(server.client(service), operation)
        refused(call, code, status, action, resource, **parameters)


def test_s3_has_actions_of_other_names(server):
    s3 = server.client("s3")
    server.limit(allow("s3:CreateBucket"))
    s3.create_bucket(Bucket="demo-bucket", CreateBucketConfiguration={"LocationConstraint": REGION})
    bucket = '"arn:aws:s3:::demo-bucket"'
    for operation, action in [
        ("get_public_access_block", "s3:GetBucketPublicAccessBlock"),
        ("get_bucket_encryption", "s3:GetEncryptionConfiguration"),
        ("delete_bucket_encryption", "s3:PutEncryptionConfiguration"),
        ("list_object_versions", "s3:ListBucketVersions"),
        ("list_objects_v2", "s3:ListBucket"),
    ]:
        refused(getattr(s3, operation), "AccessDenied", 403, action, bucket, Bucket="demo-bucket")
    for parameters, action in [({}, "s3:DeleteObject"), ({"VersionId": "1"}, "s3:DeleteObjectVersion")]:
        key = '"arn:aws:s3:::demo-bucket/k"'
        refused(s3.delete_object, "AccessDenied", 403, action, key, Bucket="demo-bucket", Key="k", **parameters)
    # A HEAD has no body that could say why.
    with pytest.raises(ClientError) as caught:
        s3.head_bucket(Bucket="demo-bucket")
    assert caught.value.response["Error"]["Code"] == "403"
    server.limit(allow("s3:ListBucket", resource="arn:aws:s3:::demo-*"))
    s3.head_bucket(Bucket="demo-bucket")


def test_a_role_is_handed_over_by_those_who_may(server, iam):
    iam.create_role(RoleName="app", AssumeRolePolicyDocument=trust("ecs-tasks.amazonaws.com"))
    role = "arn:aws:iam::123456789012:role/app"
    register = server.client("ecs").register_task_definition
    asked = {
        "family": "app",
        "executionRoleArn": role,
        "containerDefinitions": [{"name": "web", "image": "app", "memory": 128}],
    }
    to = {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}
    for statements in [[], [allow("iam:PassRole", **to)], [allow("iam:PassRole", resource=role + "2")]]:
        server.limit(allow("ecs:RegisterTaskDefinition"), *statements)
        refused(register, "AccessDeniedException", 400, "iam:PassRole", role, **asked)
    to["StringEquals"]["iam:PassedToService"] = "ecs-tasks.amazonaws.com"
    server.limit(allow("ecs:RegisterTaskDefinition"), allow("iam:PassRole", resource=role, **to))
    register(**asked)


def test_tagging_at_creation_is_a_permission_of_its_own(server, iam):
    ecs, ec2 = server.client("ecs"), server.client("ec2")
    server.limit(allow("ecs:CreateCluster", "ecs:PutAccountSetting", "ec2:CreateSecurityGroup"))
    tags = [{"key": "team", "value": "a"}]
    cluster = arn("ecs", "cluster/demo")
    refused(ecs.create_cluster, "AccessDeniedException", 400, "ecs:TagResource", cluster, clusterName="demo", tags=tags)
    ecs.put_account_setting(name="tagResourceAuthorization", value="off")
    ecs.create_cluster(clusterName="demo", tags=tags)

    specification = [{"ResourceType": "security-group", "Tags": [{"Key": "team", "Value": "a"}]}]
    asked = {"GroupName": "g", "Description": "d", "TagSpecifications": specification}
    group = arn("ec2", "security-group/*")
    refused(ec2.create_security_group, "UnauthorizedOperation", 403, "ec2:CreateTags", group, **asked)
    when = {"StringEquals": {"ec2:CreateAction": "CreateSecurityGroup", "aws:RequestTag/team": "a"}}
    server.limit(allow("ec2:CreateSecurityGroup"), allow("ec2:CreateTags", **when))
    ec2.create_security_group(**asked)
    asked["TagSpecifications"][0]["Tags"][0]["Value"] = "b"
    refused(ec2.create_security_group, "UnauthorizedOperation", 403, "ec2:CreateTags", group, **asked)


def test_a_service_linked_role_is_made_in_the_callers_name(server):
    rds, ecs = server.client("rds"), server.client("ecs")
    asked = {
        "DBClusterIdentifier": "demo", "Engine": "aurora-postgresql",
        "MasterUsername": "postgres", "MasterUserPassword": "secret-secret",
    }
    server.limit(allow("rds:*", "ecs:*"))
    with pytest.raises(ClientError, match="permission to create service linked role") as caught:
        rds.create_db_cluster(**asked)
    assert caught.value.response["Error"]["Code"] == "InvalidParameterValue"
    # A cluster does without its role.
    ecs.create_cluster(clusterName="demo")
    role = arn("iam", "role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS", region="")
    when = {"StringEquals": {"iam:AWSServiceName": "rds.amazonaws.com"}}
    server.limit(allow("rds:*"), allow("iam:CreateServiceLinkedRole", resource=role, **when))
    rds.create_db_cluster(**asked)
    server.limit()
    roles = [role["RoleName"] for role in server.client("iam").list_roles()["Roles"]]
    assert roles == ["AWSServiceRoleForRDS"]


def test_who_makes_a_group_needs_to_launch_by_its_template(server, iam):
    ec2, autoscaling = server.client("ec2"), server.client("autoscaling")
    iam.create_role(RoleName="node", AssumeRolePolicyDocument=trust("ec2.amazonaws.com"))
    iam.create_instance_profile(InstanceProfileName="node")
    iam.add_role_to_instance_profile(InstanceProfileName="node", RoleName="node")
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    data = {"ImageId": image, "InstanceType": "t3.small", "IamInstanceProfile": {"Name": "node"}}
    ec2.create_launch_template(LaunchTemplateName="demo", LaunchTemplateData=data)
    asked = {
        "AutoScalingGroupName": "g", "MinSize": 0, "MaxSize": 1,
        "LaunchTemplate": {"LaunchTemplateName": "demo"}, "AvailabilityZones": [REGION + "a"],
    }
    others = allow("autoscaling:*", "iam:CreateServiceLinkedRole")
    for statements in [[], [allow("ec2:RunInstances")], [allow("iam:PassRole")]]:
        server.limit(others, *statements)
        with pytest.raises(ClientError, match="You are not authorized to use launch template: lt-"):
            autoscaling.create_auto_scaling_group(**asked)
    server.limit(others, allow("ec2:RunInstances"), allow("iam:PassRole"))
    autoscaling.create_auto_scaling_group(**asked)


def test_a_deny_says_that_it_is_one(server, iam):
    server.limit(allow("*"), {"Effect": "Deny", "Action": "iam:Get*", "Resource": "*"})
    with pytest.raises(ClientError, match="with an explicit deny in an identity-based policy$"):
        iam.get_role(RoleName="demo")
    iam.list_roles()
    asked = {"PolicySourceArn": USER, "ActionNames": ["iam:GetRole", "iam:ListRoles"]}
    results = iam.simulate_principal_policy(**asked)["EvaluationResults"]
    assert [result["EvalDecision"] for result in results] == ["explicitDeny", "allowed"]


def test_a_refusal_is_remembered(server):
    server.limit(allow("sts:*"))
    with pytest.raises(ClientError):
        server.client("ecs").list_clusters()
    server.limit()
    events = [json.loads(line) for line in server._get("/__events__").splitlines()]
    assert events[-1]["error"] == "AccessDeniedException"
