"""What the tests of Elastic Load Balancing start from."""

import pytest

#: ARNs of what there is not.
BASE = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:"
NO_BALANCER = BASE + "loadbalancer/app/none/0123456789abcdef"
NO_GROUP = BASE + "targetgroup/none/0123456789abcdef"
NO_LISTENER = BASE + "listener/app/none/0123456789abcdef/0123456789abcdef"
NO_RULE = BASE + "listener-rule/app/none/0123456789abcdef/0123456789abcdef/0123456789abcdef"

#: Enough at the tests' speed for a load balancer to be active (150 s), and for its interfaces to go (240 s).
ACTIVE, RELEASED = 8, 13
#: Enough for an instance to start, to stop or to end.
WHILE = 3


def subnets(ec2):
    """The default subnets, in the order of their zones."""
    found = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
    return [subnet["SubnetId"] for subnet in sorted(found, key=lambda subnet: subnet["AvailabilityZone"])]


def vpc(ec2):
    [found] = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]
    return found["VpcId"]


def security_group(ec2, name="alb"):
    return ec2.create_security_group(GroupName=name, Description="d")["GroupId"]


IMAGE = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"


def launch(ec2, ssm, server, zone=0, **settings):
    """The id of a running instance in the subnet of that zone."""
    image = ssm.get_parameter(Name=IMAGE)["Parameter"]["Value"]
    asked = {"SubnetId": subnets(ec2)[zone]} | settings
    [made] = ec2.run_instances(ImageId=image, InstanceType="t3.small", MinCount=1, MaxCount=1, **asked)["Instances"]
    server.advance(WHILE)
    return made["InstanceId"]


def create_balancer(elb, ec2, name="web", **settings):
    asked = {"Name": name, "Subnets": subnets(ec2)} | settings
    [made] = elb.create_load_balancer(**asked)["LoadBalancers"]
    return made


def create_group(elb, ec2, name="prod", **settings):
    asked = {"Name": name, "Protocol": "HTTP", "Port": 80, "VpcId": vpc(ec2)} | settings
    [made] = elb.create_target_group(**asked)["TargetGroups"]
    return made


def create_listener(elb, balancer, *actions, port=80, **settings):
    asked = {"Protocol": "HTTP", "Port": port, "DefaultActions": list(actions)} | settings
    [made] = elb.create_listener(LoadBalancerArn=balancer, **asked)["Listeners"]
    return made


def forward(*groups):
    """A forward to one target group, or to several with weights: `forward((arn, 1), (arn, 0))`."""
    if len(groups) == 1 and isinstance(groups[0], str):
        return {"Type": "forward", "TargetGroupArn": groups[0]}
    weighted = [{"TargetGroupArn": arn, "Weight": weight} for arn, weight in groups]
    return {"Type": "forward", "ForwardConfig": {"TargetGroups": weighted}}


def fixed(status="404", **more):
    return {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": status} | more}


@pytest.fixture
def instance(ec2, ssm, server):
    """The id of a running instance in the first zone, with the default security group."""
    return launch(ec2, ssm, server)


@pytest.fixture
def balancer(elb, ec2):
    """The ARN of a load balancer in all zones, still being provisioned."""
    return create_balancer(elb, ec2)["LoadBalancerArn"]


@pytest.fixture
def group(elb, ec2):
    """The ARN of a target group of instances."""
    return create_group(elb, ec2)["TargetGroupArn"]


@pytest.fixture
def listener(elb, balancer, group):
    """The ARN of a listener on port 80 that forwards to `group`."""
    return create_listener(elb, balancer, forward(group))["ListenerArn"]
