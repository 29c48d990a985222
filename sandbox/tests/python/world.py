"""What an ECS service needs around it: roles, machines, an image, a load balancer, a database.

Each piece is made as the workshop makes it, and can be made differently.
"""

import base64
import hashlib
import json

ACCOUNT = "123456789012"
REGION = "eu-central-1"
CLUSTER = "demo"
SERVICE = "app"
CONTAINER = "web"
GROUP = "/ecs/demo"
IMAGE = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/app:latest"
EXECUTION_ROLE = f"arn:aws:iam::{ACCOUNT}:role/ecsTaskExecutionRole"


def trust(service):
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": statement})


class World:
    def __init__(self, server):
        self.server = server
        for name in ("iam", "ec2", "ecs", "ecr", "elbv2", "rds", "ssm", "logs", "autoscaling"):
            setattr(self, name, server.client(name))

    def role(self, name, service, *policies):
        self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust(service))
        for policy in policies:
            self.iam.attach_role_policy(RoleName=name, PolicyArn=f"arn:aws:iam::aws:policy/service-role/{policy}")

    def roles(self):
        self.role("ecsTaskExecutionRole", "ecs-tasks.amazonaws.com", "AmazonECSTaskExecutionRolePolicy")
        self.role("ecsInstanceRole", "ec2.amazonaws.com", "AmazonEC2ContainerServiceforEC2Role")
        self.iam.create_instance_profile(InstanceProfileName="ecsInstanceRole")
        self.iam.add_role_to_instance_profile(InstanceProfileName="ecsInstanceRole", RoleName="ecsInstanceRole")

    def vpc(self):
        return self.ec2.describe_vpcs()["Vpcs"][0]["VpcId"]

    def subnets(self):
        return [subnet["SubnetId"] for subnet in self.ec2.describe_subnets()["Subnets"]]

    def security_group(self, name, *rules):
        """A group with rules (from, to, peer), the peer a range or a group."""
        group = self.ec2.create_security_group(GroupName=name, Description=name, VpcId=self.vpc())["GroupId"]
        for first, last, peer in rules:
            whom = {"IpRanges": [{"CidrIp": peer}]} if "/" in peer else {"UserIdGroupPairs": [{"GroupId": peer}]}
            permission = {"IpProtocol": "tcp", "FromPort": first, "ToPort": last} | whom
            self.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])
        return group

    def group(self, count=2, most=4, cluster=CLUSTER, name="demo-asg", security_groups=(), protected=False):
        """An Auto Scaling group whose instances join the cluster: its ARN."""
        parameter = "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id"
        script = f"#!/bin/bash\necho ECS_CLUSTER={cluster} >> /etc/ecs/ecs.config\n"
        self.ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData={
            "ImageId": self.ssm.get_parameter(Name=parameter)["Parameter"]["Value"],
            "InstanceType": "t3.small",
            "IamInstanceProfile": {"Name": "ecsInstanceRole"},
            "UserData": base64.b64encode(script.encode()).decode(),
            **({"SecurityGroupIds": list(security_groups)} if security_groups else {}),
        })
        self.autoscaling.create_auto_scaling_group(
            AutoScalingGroupName=name, LaunchTemplate={"LaunchTemplateName": name, "Version": "$Latest"},
            MinSize=0, MaxSize=most, DesiredCapacity=count, VPCZoneIdentifier=",".join(self.subnets()),
            NewInstancesProtectedFromScaleIn=protected)
        groups = self.autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[name])
        return groups["AutoScalingGroups"][0]["AutoScalingGroupARN"]

    def cluster(self, count=2, **more):
        """A cluster with so many instances that have registered."""
        self.roles()
        self.ecs.create_cluster(clusterName=CLUSTER)
        group = self.group(count, **more)
        self.pass_by(180)
        return group

    def pass_by(self, seconds):
        """So much time as it would be on AWS."""
        self.server.advance(-(-seconds // 20))

    def image(self, tag="latest", name="app"):
        """An image in the account's registry: its digest."""
        if not any(it["repositoryName"] == name for it in self.ecr.describe_repositories()["repositories"]):
            self.ecr.create_repository(repositoryName=name)
        parts = {}
        for part, content in (("config", b"{}" + tag.encode()), ("layer", b"layer")):
            digest = "sha256:" + hashlib.sha256(content).hexdigest()
            upload = self.ecr.initiate_layer_upload(repositoryName=name)["uploadId"]
            self.ecr.upload_layer_part(repositoryName=name, uploadId=upload, partFirstByte=0,
                                       partLastByte=len(content) - 1, layerPartBlob=content)
            try:
                self.ecr.complete_layer_upload(repositoryName=name, uploadId=upload, layerDigests=[digest])
            except self.ecr.exceptions.LayerAlreadyExistsException:
                pass
            parts[part] = {"digest": digest, "size": len(content)}
        manifest = {
            "schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
            "config": parts["config"] | {"mediaType": "application/vnd.docker.container.image.v1+json"},
            "layers": [parts["layer"] | {"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip"}],
        }
        put = self.ecr.put_image(repositoryName=name, imageManifest=json.dumps(manifest), imageTag=tag)
        return put["image"]["imageId"]["imageDigest"]

    def container(self, **more):
        return {
            "name": CONTAINER, "image": "nginx", "essential": True,
            "portMappings": [{"containerPort": 8080, "hostPort": 0, "protocol": "tcp"}],
        } | more

    def definition(self, family="demo", memory="500", container=None, **more):
        """A task definition: `family:revision`."""
        found = self.ecs.register_task_definition(**{
            "family": family, "networkMode": "bridge", "cpu": "256", "memory": memory,
            "executionRoleArn": EXECUTION_ROLE, "requiresCompatibilities": ["EC2"],
            "containerDefinitions": [self.container(**(container or {}))],
        } | more)["taskDefinition"]
        return f"{found['family']}:{found['revision']}"

    def balancer(self, groups=("blue",), path="/"):
        """A load balancer with a listener for each target group: the ARNs of those."""
        guard = self.security_group("balancer", (80, 80, "0.0.0.0/0"), (8080, 8080, "0.0.0.0/0"))
        made = self.elbv2.create_load_balancer(Name="demo-alb", Subnets=self.subnets(), SecurityGroups=[guard])
        arns = []
        for name, port in zip(groups, (80, 8080)):
            arn = self.target_group(name, port, path)
            self.elbv2.create_listener(
                LoadBalancerArn=made["LoadBalancers"][0]["LoadBalancerArn"], Protocol="HTTP", Port=port,
                DefaultActions=[{"Type": "forward", "TargetGroupArn": arn}])
            arns.append(arn)
        self.guard = guard
        return arns

    def target_group(self, name, port=80, path="/", kind="instance"):
        made = self.elbv2.create_target_group(Name=name, Protocol="HTTP", Port=port, VpcId=self.vpc(),
                                              TargetType=kind, HealthCheckPath=path)
        return made["TargetGroups"][0]["TargetGroupArn"]

    def behind(self, *groups, container=CONTAINER, port=8080):
        return [{"targetGroupArn": arn, "containerName": container, "containerPort": port} for arn in groups]

    def service(self, count=2, definition=None, **more):
        return self.ecs.create_service(**{
            "cluster": CLUSTER, "serviceName": SERVICE, "taskDefinition": definition or self.definition(),
            "desiredCount": count, "launchType": "EC2",
        } | more)["service"]

    def served(self):
        return self.ecs.describe_services(cluster=CLUSTER, services=[SERVICE])["services"][0]

    def messages(self):
        return [event["message"] for event in self.served()["events"]]

    def tasks(self, status="RUNNING", **asked):
        arns = self.ecs.list_tasks(cluster=CLUSTER, desiredStatus=status, **asked)["taskArns"]
        return self.ecs.describe_tasks(cluster=CLUSTER, tasks=arns)["tasks"] if arns else []

    def instances(self):
        arns = self.ecs.list_container_instances(cluster=CLUSTER)["containerInstanceArns"]
        found = self.ecs.describe_container_instances(cluster=CLUSTER, containerInstances=arns) if arns else {}
        return found.get("containerInstances", [])
