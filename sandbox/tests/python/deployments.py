"""A service that CodeDeploy releases, with all that it needs, and what is done with its deployments."""

import json

from blue_green import role
from world import CLUSTER, CONTAINER, SERVICE, World

APPLICATION, GROUP = "app", "blue-green"
STOP = {"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": 5}
AT_ONCE = {"actionOnTimeout": "CONTINUE_DEPLOYMENT", "waitTimeInMinutes": 0}


class Releases(World):
    """The surroundings of a deployment; `ready` and `minutes` are the group's two waits."""

    def __init__(self, server, ready=STOP, minutes=0, events=("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_REQUEST"),
                 config="CodeDeployDefault.ECSAllAtOnce", role_name="ecsCodeDeployRole"):
        super().__init__(server)
        self.codedeploy = server.client("codedeploy")
        self.groups = dict(zip(("blue", "green"), self.balancer(("blue", "green"))))
        self.cluster(security_groups=[self.security_group("machines", (32768, 65535, self.guard))])
        self.first = self.definition()
        self.service(2, self.first, loadBalancers=self.behind(self.groups["blue"]),
                     deploymentController={"type": "CODE_DEPLOY"})
        self.pass_by(400)
        [balancer] = self.elbv2.describe_load_balancers()["LoadBalancers"]
        listeners = self.elbv2.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
        self.listeners = {listener["Port"]: listener["ListenerArn"] for listener in listeners}
        role(self.iam, role_name, "codedeploy", "AWSCodeDeployRoleForECS")
        self.codedeploy.create_application(applicationName=APPLICATION, computePlatform="ECS")
        self.codedeploy.create_deployment_group(
            applicationName=APPLICATION, deploymentGroupName=GROUP,
            serviceRoleArn=f"arn:aws:iam::123456789012:role/{role_name}", deploymentConfigName=config,
            deploymentStyle={"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
            blueGreenDeploymentConfiguration={
                "terminateBlueInstancesOnDeploymentSuccess": {
                    "action": "TERMINATE", "terminationWaitTimeInMinutes": minutes},
                "deploymentReadyOption": ready,
            },
            loadBalancerInfo={"targetGroupPairInfoList": [{
                "targetGroups": [{"name": name} for name in self.groups],
                "prodTrafficRoute": {"listenerArns": [self.listeners[80]]},
                "testTrafficRoute": {"listenerArns": [self.listeners[8080]]},
            }]},
            ecsServices=[{"serviceName": SERVICE, "clusterName": CLUSTER}],
            autoRollbackConfiguration={"enabled": bool(events), "events": list(events)})

    def appspec(self, definition, container=CONTAINER, port=8080, **properties):
        return json.dumps({"version": 0.0, "Resources": [{"TargetService": {
            "Type": "AWS::ECS::Service",
            "Properties": {"TaskDefinition": definition, "LoadBalancerInfo": {
                "ContainerName": container, "ContainerPort": port}} | properties,
        }}]})

    def arn(self, definition):
        return f"arn:aws:ecs:eu-central-1:123456789012:task-definition/{definition}"

    def deploy(self, definition=None, content=None, **more):
        content = content or self.appspec(self.arn(definition or self.definition()))
        return self.codedeploy.create_deployment(**{
            "applicationName": APPLICATION, "deploymentGroupName": GROUP,
            "revision": {"revisionType": "AppSpecContent", "appSpecContent": {"content": content}},
        } | more)["deploymentId"]

    def info(self, deployment):
        return self.codedeploy.get_deployment(deploymentId=deployment)["deploymentInfo"]

    def target(self, deployment):
        asked = {"deploymentId": deployment, "targetId": f"{CLUSTER}:{SERVICE}"}
        return self.codedeploy.get_deployment_target(**asked)["deploymentTarget"]["ecsTarget"]

    def lifecycle(self, deployment):
        return {event["lifecycleEventName"]: event["status"] for event in self.target(deployment)["lifecycleEvents"]}

    def sides(self, deployment):
        return {side["taskSetLabel"]: side for side in self.target(deployment)["taskSetsInfo"]}

    def weights(self, port):
        """What the listener on the port forwards to, by the target group's name."""
        [listener] = self.elbv2.describe_listeners(ListenerArns=[self.listeners[port]])["Listeners"]
        names = {arn: name for name, arn in self.groups.items()}
        forward = listener["DefaultActions"][0]["ForwardConfig"]["TargetGroups"]
        return {names[group["TargetGroupArn"]]: group.get("Weight", 1) for group in forward}

    def reroute(self, deployment, wait="READY_WAIT"):
        self.codedeploy.continue_deployment(deploymentId=deployment, deploymentWaitType=wait)

    def task_sets(self):
        return [(it["status"], it["taskDefinition"].rsplit("/", 1)[-1]) for it in self.served()["taskSets"]]
