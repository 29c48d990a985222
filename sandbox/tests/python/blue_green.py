"""What CodeDeploy deploys to: a service behind two listeners, each with its target group."""

import json

CLUSTER, SERVICE, FAMILY, CONTAINER = "demo-cluster", "demo", "demo-taskdef", "demo-container"
ROLE = "arn:aws:iam::123456789012:role/ecsCodeDeployRole"


def trust(*services):
    """A trust policy for those services."""
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": [f"{name}.amazonaws.com" for name in services]},
         "Action": "sts:AssumeRole"},
    ]})


def role(iam, name, service, *policies, allow=None):
    """A role that the service may assume, with those of AWS's policies and one of its own: its ARN."""
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust(service))["Role"]["Arn"]
    for policy in policies:
        iam.attach_role_policy(RoleName=name, PolicyArn=f"arn:aws:iam::aws:policy/{policy}")
    if allow:
        document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": allow, "Resource": "*"}]}
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=json.dumps(document))
    return arn


class Stack:
    """The load balancer, its listeners by port, the target groups by name, the cluster and what runs in it."""

    def __init__(self, client, controller="CODE_DEPLOY", service=SERVICE):
        self.elb, self.ecs, ec2 = client("elbv2"), client("ecs"), client("ec2")
        self.vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
        self.subnets = [subnet["SubnetId"] for subnet in ec2.describe_subnets()["Subnets"]]
        self.group = ec2.create_security_group(GroupName="alb-sg", Description="alb")["GroupId"]
        for port in (80, 8080):
            ec2.authorize_security_group_ingress(
                GroupId=self.group, IpProtocol="tcp", FromPort=port, ToPort=port, CidrIp="0.0.0.0/0")
        [balancer] = self.elb.create_load_balancer(
            Name="demo-alb", Subnets=self.subnets, SecurityGroups=[self.group])["LoadBalancers"]
        self.balancer = balancer["LoadBalancerArn"]
        self.groups = {name: self._target_group(name) for name in ("prod-tg", "test-tg")}
        self.listeners = {80: self._listener(80, "prod-tg"), 8080: self._listener(8080, "test-tg")}
        self.cluster = self.ecs.create_cluster(clusterName=CLUSTER)["cluster"]["clusterArn"]
        self.definition = self.register("nginx:1")
        self.service = self.create_service(service, controller)

    def _target_group(self, name):
        [group] = self.elb.create_target_group(
            Name=name, Protocol="HTTP", Port=80, VpcId=self.vpc, TargetType="instance")["TargetGroups"]
        return group["TargetGroupArn"]

    def _listener(self, port, group):
        action = {"Type": "forward", "TargetGroupArn": self.groups[group]}
        [listener] = self.elb.create_listener(
            LoadBalancerArn=self.balancer, Protocol="HTTP", Port=port, DefaultActions=[action])["Listeners"]
        return listener["ListenerArn"]

    def register(self, image):
        """A revision of the task definition with that image: its ARN."""
        return self.ecs.register_task_definition(
            family=FAMILY, networkMode="bridge", requiresCompatibilities=["EC2"], cpu="128", memory="200",
            containerDefinitions=[{
                "name": CONTAINER, "image": image, "essential": True,
                "portMappings": [{"containerPort": 8080, "hostPort": 0, "protocol": "tcp"}],
            }])["taskDefinition"]["taskDefinitionArn"]

    def create_service(self, name, controller="CODE_DEPLOY"):
        """A service behind the first target group."""
        balancer = {"targetGroupArn": self.groups["prod-tg"], "containerName": CONTAINER, "containerPort": 8080}
        return self.ecs.create_service(
            cluster=CLUSTER, serviceName=name, taskDefinition=self.definition, desiredCount=2, launchType="EC2",
            loadBalancers=[balancer], deploymentController={"type": controller})["service"]["serviceArn"]

    def settings(self, **changes):
        """A deployment group's settings as the workshop has them."""
        return {
            "serviceRoleArn": ROLE,
            "deploymentConfigName": "CodeDeployDefault.ECSAllAtOnce",
            "deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
            "blueGreenDeploymentConfiguration": {
                "terminateBlueInstancesOnDeploymentSuccess": {
                    "action": "TERMINATE", "terminationWaitTimeInMinutes": 0},
                "deploymentReadyOption": {"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": 5},
            },
            "loadBalancerInfo": {"targetGroupPairInfoList": [{
                "targetGroups": [{"name": name} for name in self.groups],
                "prodTrafficRoute": {"listenerArns": [self.listeners[80]]},
                "testTrafficRoute": {"listenerArns": [self.listeners[8080]]},
            }]},
            "ecsServices": [{"serviceName": SERVICE, "clusterName": CLUSTER}],
            "autoRollbackConfiguration": {
                "enabled": True, "events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_REQUEST"]},
        } | changes


def changed(settings, path, value):
    """The settings with what is at the path, `a__b__0`, put otherwise; None takes it away."""
    settings = json.loads(json.dumps(settings))
    *parents, name = path.split("__")
    place = settings
    for parent in parents:
        place = place[int(parent) if parent.isdecimal() else parent]
    if value is None:
        del place[name]
    else:
        place[name] = value
    return settings
