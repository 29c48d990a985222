"""EC2: instances, from the launch to their end."""

import pytest

from expect import refusal
from machines import RECOMMENDED, SCRIPT, USER_DATA, WHILE, image, instances, profile, states, subnets, template


@pytest.fixture
def run(ec2, ssm):
    """Launches one small instance, and gives it as the answer shows it."""

    def launch(**asked):
        asked = {"ImageId": image(ssm), "InstanceType": "t3.small", "MinCount": 1, "MaxCount": 1} | asked
        return ec2.run_instances(**asked)["Instances"][0]

    return launch


def test_a_life(ec2, run, server, account):
    launched = run()
    assert launched["State"] == {"Code": 0, "Name": "pending"}
    assert launched["StateReason"]["Code"] == "pending"
    server.advance(WHILE)
    [running] = instances(ec2)
    assert running["State"] == {"Code": 16, "Name": "running"}
    assert running["InstanceId"] == launched["InstanceId"]
    assert running["PrivateIpAddress"].startswith("172.31.")
    assert running["PublicDnsName"].startswith("ec2-")
    [interface] = ec2.describe_network_interfaces()["NetworkInterfaces"]
    assert interface["Attachment"]["InstanceId"] == running["InstanceId"]
    assert (interface["RequesterManaged"], interface["Attachment"]["InstanceOwnerId"]) == (False, account)
    assert interface["PrivateIpAddress"] == running["PrivateIpAddress"]
    [ending] = ec2.terminate_instances(InstanceIds=[running["InstanceId"]])["TerminatingInstances"]
    assert (ending["PreviousState"]["Name"], ending["CurrentState"]["Name"]) == ("running", "shutting-down")
    server.advance(WHILE)
    [ended] = instances(ec2)
    assert ended["State"] == {"Code": 48, "Name": "terminated"}
    assert ended["StateReason"]["Code"] == "Client.UserInitiatedShutdown"
    assert ended["NetworkInterfaces"] == ended["SecurityGroups"] == []
    assert "SubnetId" not in ended and "PrivateIpAddress" not in ended
    assert ec2.describe_network_interfaces()["NetworkInterfaces"] == []
    [again] = ec2.terminate_instances(InstanceIds=[running["InstanceId"]])["TerminatingInstances"]
    assert again["PreviousState"] == again["CurrentState"] == {"Code": 48, "Name": "terminated"}
    server.advance(3600 // 20)
    assert instances(ec2) == []
    with refusal(ec2, "InvalidInstanceID.NotFound", running["InstanceId"]):
        ec2.describe_instances(InstanceIds=[running["InstanceId"]])


def test_what_was_asked_for_is_given_back(ec2, iam, run):
    made = profile(iam)
    ec2.create_key_pair(KeyName="mine")
    group = ec2.create_security_group(GroupName="app-ecs-sg", Description="d")["GroupId"]
    subnet = subnets(ec2)[1]
    for _ in range(2):
        launched = run(
            ClientToken="once",
            KeyName="mine",
            SubnetId=subnet,
            SecurityGroupIds=[group],
            IamInstanceProfile={"Name": "ecsInstanceRole"},
            UserData=SCRIPT,
            Monitoring={"Enabled": True},
            MetadataOptions={"HttpTokens": "optional"},
            BlockDeviceMappings=[{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 40, "VolumeType": "gp3"}}],
            TagSpecifications=[
                {"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "one"}]},
                {"ResourceType": "volume", "Tags": [{"Key": "Name", "Value": "disk"}]},
            ],
        )
    [instance] = instances(ec2)
    assert instance["InstanceId"] == launched["InstanceId"]
    assert (instance["KeyName"], instance["SubnetId"], instance["ClientToken"]) == ("mine", subnet, "once")
    assert instance["SecurityGroups"] == [{"GroupId": group, "GroupName": "app-ecs-sg"}]
    assert instance["IamInstanceProfile"] == {"Arn": made["Arn"], "Id": made["InstanceProfileId"]}
    assert instance["Monitoring"]["State"] == "enabled"
    assert instance["MetadataOptions"]["HttpTokens"] == "optional"
    assert instance["Tags"] == [{"Key": "Name", "Value": "one"}]
    assert instance["Placement"]["AvailabilityZone"] == "eu-central-1b"
    [disk] = instance["BlockDeviceMappings"]
    [tag] = ec2.describe_tags(Filters=[{"Name": "resource-type", "Values": ["volume"]}])["Tags"]
    assert (tag["ResourceId"], tag["Value"]) == (disk["Ebs"]["VolumeId"], "disk")
    with refusal(ec2, "IdempotentParameterMismatch", "once"):
        run(ClientToken="once", UserData="another")
    with refusal(ec2, "DependencyViolation", group):
        ec2.delete_security_group(GroupId=group)


def test_a_launch_template_and_what_goes_before_it(ec2, ssm, run):
    group = ec2.create_security_group(GroupName="app-ecs-sg", Description="d")["GroupId"]
    made = template(ec2, ssm, SecurityGroupIds=[group], TagSpecifications=[
        {"ResourceType": "instance", "Tags": [{"Key": "stage", "Value": "x"}]}])
    [launched] = ec2.run_instances(
        LaunchTemplate={"LaunchTemplateId": made["LaunchTemplateId"], "Version": "$Latest"},
        InstanceType="t3.medium", MinCount=1, MaxCount=1,
    )["Instances"]
    assert launched["InstanceType"] == "t3.medium"
    assert [it["GroupId"] for it in launched["SecurityGroups"]] == [group]
    tags = {tag["Key"]: tag["Value"] for tag in launched["Tags"]}
    assert tags == {
        "stage": "x",
        "aws:ec2launchtemplate:id": made["LaunchTemplateId"],
        "aws:ec2launchtemplate:version": "1",
    }
    by_alias = run(ImageId=f"resolve:ssm:{RECOMMENDED}/image_id")
    assert by_alias["ImageId"] == image(ssm)
    with refusal(ec2, "InvalidParameterValue", "/no/such"):
        run(ImageId="resolve:ssm:/no/such")


def test_a_network_interface_of_its_own_making(ec2, run):
    [first, *_] = subnets(ec2)
    group = ec2.create_security_group(GroupName="app", Description="d")["GroupId"]
    hidden = run(NetworkInterfaces=[
        {"DeviceIndex": 0, "SubnetId": first, "Groups": [group], "AssociatePublicIpAddress": False}])
    assert "PublicIpAddress" not in hidden
    assert hidden["SubnetId"] == first
    assert [it["GroupId"] for it in hidden["SecurityGroups"]] == [group]


@pytest.mark.parametrize(("asked", "code", "words"), [
    ({"ImageId": "ami-00000000000000000"}, "InvalidAMIID.NotFound", "The image id '[ami-00000000000000000]' does not"),
    ({"ImageId": "image"}, "InvalidAMIID.Malformed", "expecting"),
    ({"InstanceType": "t9.huge"}, "InvalidParameterValue", "Invalid value 't9.huge' for InstanceType"),
    ({"InstanceType": "t4g.small"}, "InvalidParameterValue", "architecture"),
    ({"KeyName": "none"}, "InvalidKeyPair.NotFound", "The key pair 'none' does not exist"),
    ({"SubnetId": "subnet-0"}, "InvalidSubnetID.NotFound", "subnet-0"),
    ({"SecurityGroupIds": ["sg-0"]}, "InvalidGroup.NotFound", "sg-0"),
    ({"SecurityGroups": ["none"]}, "InvalidGroup.NotFound", "none"),
    ({"IamInstanceProfile": {"Name": "none"}}, "InvalidParameterValue", "Invalid IAM Instance Profile name"),
    ({"IamInstanceProfile": {"Arn": "none"}}, "InvalidParameterValue", "Invalid IAM Instance Profile ARN"),
    ({"UserData": "x" * 20000}, "InvalidParameterValue", "16384"),
    ({"MinCount": 0}, "InvalidParameterValue", "minCount"),
    ({"MaxCount": 500}, "InvalidParameterValue", "maxCount"),
    ({"LaunchTemplate": {"LaunchTemplateId": "lt-0"}}, "InvalidLaunchTemplateId.NotFound", "lt-0"),
    ({"LaunchTemplate": {"LaunchTemplateName": "none"}}, "InvalidLaunchTemplateName.NotFoundException", "none"),
    ({"Placement": {"AvailabilityZone": "mars-1a"}}, "InvalidParameterValue", "mars-1a"),
    ({"BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 8}}]},
     "InvalidBlockDeviceMapping", "30GB"),
    ({"TagSpecifications": [{"ResourceType": "vpc", "Tags": []}]}, "InvalidParameterValue", "vpc"),
    ({"NetworkInterfaces": [{"DeviceIndex": 0}], "SecurityGroupIds": ["sg-0"]}, "InvalidParameterCombination", "same"),
    ({"NetworkInterfaces": [{"DeviceIndex": 0}], "SubnetId": "subnet-0"}, "InvalidParameterCombination", "same"),
    ({"DryRun": True}, "DryRunOperation", ""),
])
def test_launches_that_are_refused(ec2, run, asked, code, words):
    with refusal(ec2, code, words):
        run(**asked)
    assert instances(ec2) == []


def test_user_data_that_is_not_encoded(ec2, ssm):
    template(ec2, ssm, name="app", UserData="not base64")
    with refusal(ec2, "InvalidParameterValue", "BASE64"):
        ec2.run_instances(LaunchTemplate={"LaunchTemplateName": "app"}, MinCount=1, MaxCount=1)


def test_a_profile_needs_a_role(ec2, iam, run):
    iam.create_instance_profile(InstanceProfileName="empty")
    with refusal(ec2, "InvalidParameterValue", "has no associated IAM Roles"):
        run(IamInstanceProfile={"Name": "empty"})


def test_a_group_of_another_network(ec2, run):
    vpc = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    group = ec2.create_security_group(GroupName="far", Description="d", VpcId=vpc)["GroupId"]
    with refusal(ec2, "InvalidParameter", "different networks"):
        run(SecurityGroupIds=[group])


def test_a_subnet_that_is_full(ec2, run):
    vpc = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.1.0.0/28")["Subnet"]["SubnetId"]
    with refusal(ec2, "InsufficientFreeAddressesInSubnet", subnet):
        run(SubnetId=subnet, MinCount=12, MaxCount=12)
    run(SubnetId=subnet, MinCount=11, MaxCount=11)
    assert ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["AvailableIpAddressCount"] == 0


def test_stopped_and_started(ec2, run, server):
    instance = run()["InstanceId"]
    with refusal(ec2, "IncorrectInstanceState", instance):
        ec2.stop_instances(InstanceIds=[instance])
    server.advance(WHILE)
    [before] = instances(ec2)
    for expected in ("stopping", "stopping"):
        [change] = ec2.stop_instances(InstanceIds=[instance])["StoppingInstances"]
        assert change["CurrentState"]["Name"] == expected
    with refusal(ec2, "IncorrectInstanceState", instance):
        ec2.start_instances(InstanceIds=[instance])
    with refusal(ec2, "IncorrectInstanceState", instance):
        ec2.reboot_instances(InstanceIds=[instance])
    server.advance(WHILE)
    [stopped] = instances(ec2)
    assert stopped["State"]["Name"] == "stopped"
    assert "PublicIpAddress" not in stopped
    assert stopped["PrivateIpAddress"] == before["PrivateIpAddress"]
    ec2.modify_instance_attribute(InstanceId=instance, InstanceType={"Value": "t3.large"})
    for expected in ("pending", "pending"):
        [change] = ec2.start_instances(InstanceIds=[instance])["StartingInstances"]
        assert change["CurrentState"]["Name"] == expected
    server.advance(WHILE)
    [started] = instances(ec2)
    assert (started["State"]["Name"], started["InstanceType"]) == ("running", "t3.large")
    assert "PublicIpAddress" in started
    for _ in range(2):
        ec2.reboot_instances(InstanceIds=[instance])
    for call in (ec2.stop_instances, ec2.start_instances, ec2.reboot_instances, ec2.terminate_instances):
        with refusal(ec2, "InvalidInstanceID.NotFound", "The instance ID 'i-0' does not exist"):
            call(InstanceIds=["i-0"])
        with refusal(ec2, "InvalidInstanceID.NotFound", "The instance IDs 'i-0, i-1' do not exist"):
            call(InstanceIds=["i-0", instance, "i-1"])
        with refusal(ec2, "InvalidInstanceID.Malformed", "mine"):
            call(InstanceIds=["mine"])
        with refusal(ec2, "MissingParameter", "InstanceId"):
            call()
    assert states(ec2) == ["running"]


def test_status_checks_take_their_time(ec2, run, server):
    instance = run()["InstanceId"]
    assert ec2.describe_instance_status()["InstanceStatuses"] == []
    [status] = ec2.describe_instance_status(IncludeAllInstances=True)["InstanceStatuses"]
    assert status["InstanceStatus"]["Status"] == "not-applicable"
    server.advance(2)
    [status] = ec2.describe_instance_status(InstanceIds=[instance])["InstanceStatuses"]
    assert status["InstanceStatus"]["Status"] == status["SystemStatus"]["Status"] == "initializing"
    server.advance(WHILE)
    for _ in range(2):
        [status] = ec2.describe_instance_status(InstanceIds=[instance])["InstanceStatuses"]
    assert status["InstanceStatus"] == {"Details": [{"Name": "reachability", "Status": "passed"}], "Status": "ok"}
    with refusal(ec2, "InvalidInstanceID.NotFound", "i-0"):
        ec2.describe_instance_status(InstanceIds=["i-0"])
    with refusal(ec2, "InvalidParameterValue", "colour"):
        ec2.describe_instance_status(Filters=[{"Name": "colour", "Values": ["red"]}])


def test_attributes(ec2, run):
    instance = run(UserData=SCRIPT)["InstanceId"]

    def attribute(name, field):
        return ec2.describe_instance_attribute(InstanceId=instance, Attribute=name)[field]

    assert attribute("userData", "UserData") == {"Value": USER_DATA}
    assert attribute("instanceType", "InstanceType") == {"Value": "t3.small"}
    for name in ("kernel", "ramdisk", "productCodes", "rootDeviceName", "sriovNetSupport", "ebsOptimized",
                 "enaSupport", "sourceDestCheck", "enclaveOptions", "disableApiStop", "blockDeviceMapping"):
        ec2.describe_instance_attribute(InstanceId=instance, Attribute=name)
    for _ in range(2):
        ec2.modify_instance_attribute(InstanceId=instance, DisableApiTermination={"Value": True})
    assert attribute("disableApiTermination", "DisableApiTermination") == {"Value": True}
    with refusal(ec2, "OperationNotPermitted", "disableApiTermination"):
        ec2.terminate_instances(InstanceIds=[instance])
    ec2.modify_instance_attribute(InstanceId=instance, Attribute="disableApiTermination", Value="false")
    group = ec2.create_security_group(GroupName="other", Description="d")["GroupId"]
    ec2.modify_instance_attribute(InstanceId=instance, Groups=[group])
    assert attribute("groupSet", "Groups") == [{"GroupId": group, "GroupName": "other"}]
    with refusal(ec2, "IncorrectInstanceState", "stopped"):
        ec2.modify_instance_attribute(InstanceId=instance, InstanceType={"Value": "t3.large"})
    with refusal(ec2, "InvalidGroup.NotFound", "sg-0"):
        ec2.modify_instance_attribute(InstanceId=instance, Groups=["sg-0"])
    with refusal(ec2, "InvalidInstanceID.NotFound", "i-0"):
        ec2.modify_instance_attribute(InstanceId="i-0", DisableApiStop={"Value": True})
    with refusal(ec2, "InvalidInstanceID.NotFound", "i-0"):
        ec2.describe_instance_attribute(InstanceId="i-0", Attribute="userData")
    for _ in range(2):
        with refusal(ec2, "InvalidParameterValue", "colour"):
            ec2.describe_instance_attribute(InstanceId=instance, Attribute="colour")


def test_filters_and_pages(ec2, run):
    blue = run(TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "blue"}]}])
    six = ec2.run_instances(ImageId=blue["ImageId"], InstanceType="t3.micro", MinCount=6, MaxCount=6)
    assert len(six["Instances"]) == 6

    def found(**filters):
        asked = [{"Name": name.replace("_", "-"), "Values": values} for name, values in filters.items()]
        return [instance["InstanceId"] for instance in instances(ec2, Filters=asked)]

    assert found(instance_state_name=["pending"], instance_type=["t3.small"]) == [blue["InstanceId"]]
    assert len(found(reservation_id=[six["ReservationId"]])) == 6
    assert ec2.describe_instances(Filters=[{"Name": "tag:Name", "Values": ["bl*"]}])["Reservations"][0]["Instances"]
    pages = list(ec2.get_paginator("describe_instances").paginate(PaginationConfig={"PageSize": 5}))
    assert [sum(len(it["Instances"]) for it in page["Reservations"]) for page in pages] == [5, 2]
    with refusal(ec2, "InvalidInstanceID.Malformed", "mine"):
        ec2.describe_instances(InstanceIds=["mine"])
    for _ in range(2):
        with refusal(ec2, "InvalidParameterValue", "maxResults"):
            ec2.describe_instances(MaxResults=1)


def test_instances_can_be_tagged(ec2, run):
    instance = run()["InstanceId"]
    ec2.create_tags(Resources=[instance], Tags=[{"Key": "Name", "Value": "one"}])
    [tag] = ec2.describe_tags()["Tags"]
    assert (tag["ResourceId"], tag["ResourceType"]) == (instance, "instance")
    with refusal(ec2, "InvalidInstanceID.NotFound", "i-0"):
        ec2.create_tags(Resources=["i-0"], Tags=[{"Key": "Name", "Value": "one"}])
