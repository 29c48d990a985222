"""Every operation was tried in every way that it can be."""

from observed import CASES

#: Cases that an operation cannot have, and why.
NONE_SUCH = {
    "asks for nothing by name": {
        "unknown": [
            ("sts", "GetCallerIdentity"),
            ("iam", "ListAccountAliases"),
            ("iam", "ListRoles"),
            ("iam", "CreateInstanceProfile"),
            ("iam", "ListInstanceProfiles"),
            ("iam", "CreatePolicy"),
            ("iam", "ListPolicies"),
            ("ssm", "DescribeParameters"),
            ("ssm", "GetParametersByPath"),
            ("logs", "CreateLogGroup"),
            ("logs", "DescribeLogGroups"),
            ("codebuild", "CreateProject"),
            ("codebuild", "ListProjects"),
            ("codebuild", "ListBuilds"),
            ("codebuild", "ImportSourceCredentials"),
            ("codebuild", "ListSourceCredentials"),
            ("codebuild", "ListCuratedEnvironmentImages"),
            ("codeconnections", "ListConnections"),
            ("s3", "CreateBucket"),
            ("s3", "ListBuckets"),
            ("codestar-connections", "ListConnections"),
            ("codedeploy", "CreateApplication"),
            ("codedeploy", "ListApplications"),
            ("codedeploy", "CreateDeploymentConfig"),
            ("codedeploy", "ListDeploymentConfigs"),
            ("codepipeline", "CreatePipeline"),
            ("codepipeline", "ListPipelines"),
            ("codepipeline", "ListActionTypes"),
            ("ec2", "DescribeTags"),
            ("ec2", "CreateVpc"),
            ("ec2", "CreateKeyPair"),
            ("ec2", "ImportKeyPair"),
            ("ec2", "CreateLaunchTemplate"),
            ("autoscaling", "DescribeTags"),
            ("rds", "DescribeDBEngineVersions"),
            ("rds", "DescribeOrderableDBInstanceOptions"),
            ("ecr", "CreateRepository"),
            ("ecr", "GetAuthorizationToken"),
            ("ecs", "CreateCluster"),
            ("ecs", "ListClusters"),
            ("ecs", "ListAccountSettings"),
            ("ecs", "PutAccountSetting"),
            ("ecs", "RegisterTaskDefinition"),
            ("ecs", "ListTaskDefinitions"),
            ("ecs", "ListTaskDefinitionFamilies"),
            ("elasticloadbalancing", "DescribeAccountLimits"),
        ],
    },
    "calls a name that is not known an invalid value": {
        "unknown": [
            ("ec2", "DescribeAccountAttributes"),
            ("ec2", "DescribeAvailabilityZones"),
            ("ec2", "DescribeRegions"),
            ("ec2", "DescribeInstanceTypes"),
            ("autoscaling", "CreateAutoScalingGroup"),
            ("autoscaling", "UpdateAutoScalingGroup"),
            ("autoscaling", "DeleteAutoScalingGroup"),
            ("autoscaling", "SetDesiredCapacity"),
            ("autoscaling", "SetInstanceProtection"),
            ("autoscaling", "TerminateInstanceInAutoScalingGroup"),
            ("autoscaling", "DescribeScalingActivities"),
            ("autoscaling", "CreateOrUpdateTags"),
            ("autoscaling", "DeleteTags"),
            ("rds", "CreateDBSubnetGroup"),
            ("ecs", "CreateCapacityProvider"),
            ("ecs", "UpdateCapacityProvider"),
            ("ecs", "DeleteCapacityProvider"),
            ("ecs", "DescribeTaskDefinition"),
            ("ecs", "DeregisterTaskDefinition"),
            ("elasticloadbalancing", "CreateTargetGroup"),
        ],
    },
    "has deleted already what there is not": {
        "unknown": [
            ("elasticloadbalancing", "DeleteLoadBalancer"),
            ("elasticloadbalancing", "DeleteTargetGroup"),
        ],
    },
    "deletes what there is not without a word": {
        "unknown": [
            ("codedeploy", "DeleteApplication"),
            ("codedeploy", "DeleteDeploymentGroup"),
            ("codedeploy", "DeleteDeploymentConfig"),
            ("codepipeline", "DeletePipeline"),
        ],
    },
    "takes it for done": {
        "unknown": [("codebuild", "DeleteProject")],
    },
    "lists in its answer what there is not": {
        "unknown": [
            ("ssm", "GetParameters"),
            ("ssm", "DeleteParameters"),
            ("codebuild", "BatchGetProjects"),
            ("codebuild", "BatchGetBuilds"),
            ("codebuild", "BatchDeleteBuilds"),
            ("codedeploy", "BatchGetDeployments"),
            ("ecs", "DescribeClusters"),
            ("ecs", "DeleteTaskDefinitions"),
        ],
    },
    "leaves out of its answer what there is not": {
        "unknown": [("autoscaling", "DescribeAutoScalingGroups"), ("autoscaling", "DescribeAutoScalingInstances")],
    },
}


def exempt():
    return {
        (operation, case)
        for cases in NONE_SUCH.values()
        for case, operations in cases.items()
        for operation in operations
    }


def test_every_operation_was_tried_in_every_way(server):
    server.observe()
    exempted = exempt()
    missing = sorted(
        (*operation, case)
        for operation in server.operations()
        for case in CASES
        if case not in server.observed.cases[operation] and (operation, case) not in exempted
    )
    assert not missing


def test_no_exemption_is_idle(server):
    server.observe()
    idle = [entry for entry in exempt() if entry[1] in server.observed.cases[entry[0]]]
    assert not idle
    assert {operation for operation, _ in exempt()} <= server.operations()
