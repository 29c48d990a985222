"""Elastic Load Balancing: targets that answer, which are tasks of ECS on instances."""

import pytest

from expect import refusal
from world import World

#: AWS's seconds: enough for the load balancer and the tasks, and for five checks at the interval.
STARTED, CHECKED = 600, 5 * 30


@pytest.fixture
def world(server):
    return World(server)


@pytest.fixture
def prod(world):
    """A target group behind a load balancer, with a task of a service in it: its ARN."""
    [group] = world.balancer()
    world.nodes = world.security_group("nodes", (32768, 65535, world.guard))
    world.cluster(1, security_groups=[world.nodes])
    world.service(1, loadBalancers=world.behind(group), healthCheckGracePeriodSeconds=100_000)
    world.pass_by(STARTED)
    return group


def health(elb, group):
    [found] = elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
    return found["TargetHealth"]


def test_health_follows_what_a_task_answers(elb, world, prod):
    assert health(elb, prod) == {"State": "healthy"}
    elb.modify_target_group(TargetGroupArn=prod, HealthCheckPath="/none")
    assert health(elb, prod) == {"State": "healthy"}
    world.pass_by(CHECKED)
    assert health(elb, prod) == {
        "State": "unhealthy",
        "Reason": "Target.ResponseCodeMismatch",
        "Description": "Health checks failed with these codes: [404]",
    }
    elb.modify_target_group(TargetGroupArn=prod, Matcher={"HttpCode": "200-404"})
    assert health(elb, prod)["State"] == "unhealthy"
    world.pass_by(CHECKED)
    assert health(elb, prod) == {"State": "healthy"}


def test_a_rule_that_is_taken_away_is_found(elb, ec2, world, prod):
    [nodes] = ec2.describe_security_groups(GroupIds=[world.nodes])["SecurityGroups"]
    ec2.revoke_security_group_ingress(GroupId=nodes["GroupId"], IpPermissions=nodes["IpPermissions"])
    assert health(elb, prod) == {"State": "healthy"}
    world.pass_by(CHECKED)
    assert health(elb, prod)["Reason"] == "Target.Timeout"
    with refusal(elb, "ResourceInUse"):
        elb.delete_target_group(TargetGroupArn=prod)
