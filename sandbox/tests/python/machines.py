"""What a test needs to launch machines: an image, a profile, a template, a group of instances."""

import base64
import json

TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]})
RECOMMENDED = "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended"
SCRIPT = "#!/bin/bash\necho ECS_CLUSTER=app >> /etc/ecs/ecs.config\n"
USER_DATA = base64.b64encode(SCRIPT.encode()).decode()
#: More than an instance takes to start, or to end, at the speed of the tests.
WHILE = 10


def image(ssm, path=RECOMMENDED):
    """The id of AWS's newest image for container instances."""
    return ssm.get_parameter(Name=f"{path}/image_id")["Parameter"]["Value"]


def profile(iam, name="ecsInstanceRole"):
    """An instance profile with a role."""
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)
    made = iam.create_instance_profile(InstanceProfileName=name)["InstanceProfile"]
    iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName=name)
    return made


def subnets(ec2):
    """The ids of the default subnets, in the order of their zones."""
    found = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
    return [subnet["SubnetId"] for subnet in sorted(found, key=lambda subnet: subnet["AvailabilityZone"])]


def template(ec2, ssm, name="app-template", **more):
    """A launch template for a small container instance."""
    data = {"ImageId": image(ssm), "InstanceType": "t3.small", "UserData": USER_DATA} | more
    return ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData=data)["LaunchTemplate"]


def instances(ec2, **asked):
    """All instances, whatever their reservation."""
    return [
        instance
        for page in ec2.get_paginator("describe_instances").paginate(**asked)
        for reservation in page["Reservations"]
        for instance in reservation["Instances"]
    ]


def states(ec2):
    """The states of all instances, sorted."""
    return sorted(instance["State"]["Name"] for instance in instances(ec2))
