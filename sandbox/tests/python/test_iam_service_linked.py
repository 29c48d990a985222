"""IAM: service-linked roles."""

from expect import refusal
from machines import subnets, template

ECS = "ecs.amazonaws.com"
NAME = "AWSServiceRoleForECS"


def test_a_role_of_a_service(iam, server, account):
    role = iam.create_service_linked_role(AWSServiceName=ECS)["Role"]
    assert role["Arn"] == f"arn:aws:iam::{account}:role/aws-service-role/{ECS}/{NAME}"
    assert iam.get_role(RoleName=NAME)["Role"]["Path"] == f"/aws-service-role/{ECS}/"
    [attached] = iam.list_attached_role_policies(RoleName=NAME)["AttachedPolicies"]
    assert attached["PolicyArn"] == "arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy"
    policy = iam.get_policy(PolicyArn=attached["PolicyArn"])["Policy"]
    assert (policy["Path"], policy["AttachmentCount"]) == ("/aws-service-role/", 1)
    with refusal(iam, "InvalidInput", "has been taken in this account"):
        iam.create_service_linked_role(AWSServiceName=ECS)
    tasks = {iam.delete_service_linked_role(RoleName=NAME)["DeletionTaskId"] for _ in range(2)}
    [task] = tasks
    assert task.startswith(f"task/aws-service-role/{ECS}/{NAME}/")
    for _ in range(2):
        assert iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"] == "IN_PROGRESS"
    server.advance(5)
    assert iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"] == "SUCCEEDED"
    with refusal(iam, "NoSuchEntity", NAME):
        iam.get_role(RoleName=NAME)
    with refusal(iam, "NoSuchEntity", NAME):
        iam.delete_service_linked_role(RoleName=NAME)


def test_is_only_modifiable_by_aws(iam):
    iam.create_service_linked_role(AWSServiceName=ECS)
    policy = "arn:aws:iam::aws:policy/AdministratorAccess"
    document = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}'
    iam.create_instance_profile(InstanceProfileName="app")
    for call, asked in (
        (iam.attach_role_policy, {"PolicyArn": policy}),
        (iam.detach_role_policy, {"PolicyArn": policy}),
        (iam.put_role_policy, {"PolicyName": "all", "PolicyDocument": document}),
        (iam.delete_role_policy, {"PolicyName": "all"}),
        (iam.update_assume_role_policy, {"PolicyDocument": document}),
        (iam.add_role_to_instance_profile, {"InstanceProfileName": "app"}),
        (iam.delete_role, {}),
    ):
        with refusal(iam, "UnmodifiableEntity", f"the protected role '{NAME}'"):
            call(RoleName=NAME, **asked)


def test_names_that_are_refused(iam):
    with refusal(iam, "NoSuchEntity", "mars.amazonaws.com"):
        iam.create_service_linked_role(AWSServiceName="mars.amazonaws.com")
    with refusal(iam, "InvalidInput", "Custom suffix is not allowed"):
        iam.create_service_linked_role(AWSServiceName=ECS, CustomSuffix="mine")
    made = iam.create_service_linked_role(
        AWSServiceName="autoscaling.amazonaws.com", CustomSuffix="mine", Description="of mine")["Role"]
    assert (made["RoleName"], made["Description"]) == ("AWSServiceRoleForAutoScaling_mine", "of mine")
    with refusal(iam, "NoSuchEntity"):
        iam.get_service_linked_role_deletion_status(DeletionTaskId="task/aws-service-role/x/y/z")
    with refusal(iam, "InvalidInput"):
        iam.get_service_linked_role_deletion_status(DeletionTaskId="mine")
    trust = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}'
    iam.create_role(RoleName="app", AssumeRolePolicyDocument=trust)
    with refusal(iam, "InvalidInput", "app"):
        iam.delete_service_linked_role(RoleName="app")
    with refusal(iam, "PolicyNotAttachable", "Cannot attach a Service Role Policy"):
        policy = "arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy"
        iam.attach_role_policy(RoleName="app", PolicyArn=policy)


def test_databases_bring_theirs(iam, rds):
    rds.create_db_cluster(
        DBClusterIdentifier="app", Engine="aurora-postgresql", MasterUsername="postgres", MasterUserPassword="secret99")
    assert iam.get_role(RoleName="AWSServiceRoleForRDS")["Role"]["Path"] == "/aws-service-role/rds.amazonaws.com/"


def test_stays_while_its_service_needs_it(iam, ec2, ssm, autoscaling, server):
    template(ec2, ssm, name="app")
    autoscaling.create_auto_scaling_group(
        AutoScalingGroupName="app", LaunchTemplate={"LaunchTemplateName": "app"}, MinSize=0, MaxSize=1,
        VPCZoneIdentifier=",".join(subnets(ec2)))
    name = "AWSServiceRoleForAutoScaling"
    assert iam.get_role(RoleName=name)["Role"]["Path"] == "/aws-service-role/autoscaling.amazonaws.com/"
    task = iam.delete_service_linked_role(RoleName=name)["DeletionTaskId"]
    server.advance(5)
    status = iam.get_service_linked_role_deletion_status(DeletionTaskId=task)
    [usage] = status["Reason"]["RoleUsageList"]
    assert (status["Status"], usage["Region"]) == ("FAILED", "eu-central-1")
    assert usage["Resources"][0].endswith(":autoScalingGroupName/app")
    assert iam.get_role(RoleName=name)
