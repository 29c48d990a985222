"""CodePipeline: the blue/green deploy action, from a commit to the listener."""

import json

import pytest

from deployments import APPLICATION, GROUP, Releases
from pipelines import BUILDSPEC, FIRST, SECOND, Works, action
from world import CONTAINER, EXECUTION_ROLE

TASKDEF = {
    "family": "demo", "networkMode": "bridge", "cpu": "256", "memory": "500", "requiresCompatibilities": ["EC2"],
    "executionRoleArn": EXECUTION_ROLE,
    "containerDefinitions": [{
        "name": CONTAINER, "image": "<IMAGE1_NAME>", "essential": True,
        "portMappings": [{"containerPort": 8080, "hostPort": 0, "protocol": "tcp"}]}],
}
APPSPEC = f"""version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: <TASK_DEFINITION>
        LoadBalancerInfo:
          ContainerName: "{CONTAINER}"
          ContainerPort: 8080
"""
FILES = {"buildspec.yml": BUILDSPEC, "taskdef.json": json.dumps(TASKDEF), "appspec.yaml": APPSPEC}


class Both(Works):
    """A pipeline that deploys to a service."""

    def __init__(self, server):
        self.releases = Releases(server)
        super().__init__(server)

    def deploy(self, **configuration):
        asked = {
            "ApplicationName": APPLICATION, "DeploymentGroupName": GROUP,
            "TaskDefinitionTemplateArtifact": "SourceArtifact", "AppSpecTemplateArtifact": "SourceArtifact",
            "Image1ArtifactName": "BuildArtifact", "Image1ContainerName": "IMAGE1_NAME",
        } | configuration
        return action("Deploy", "Deploy", "CodeDeployToECS", ["SourceArtifact", "BuildArtifact"], configuration=asked)

    def run(self, files=None, commit=FIRST, **configuration):
        self.server.push(commit, FILES | (files or {}))
        execution = self.create(("Source", [self.source()]), ("Build", [self.build()]),
                                ("Deploy", [self.deploy(**configuration)]))
        self.pass_by(1200)
        return execution

    def deployed(self):
        return self.action("Deploy", "Deploy")


@pytest.fixture
def works(server):
    return Both(server)


def test_two_commits_are_two_images(works):
    execution = works.run()
    for commit in (FIRST, SECOND):
        if commit == SECOND:
            works.server.push(SECOND, FILES)
            execution = works.executions()[0]["pipelineExecutionId"]
            works.pass_by(1200)
        run = works.deployed()
        assert run["status"] == "InProgress"
        deployment = run["externalExecutionId"]
        assert works.releases.info(deployment)["status"] == "Ready"
        works.releases.reroute(deployment)
        works.pass_by(900)
        assert works.deployed()["status"] == "Succeeded"
        assert works.status(execution) == "Succeeded"
        [task_set] = works.releases.served()["taskSets"]
        definition = works.releases.ecs.describe_task_definition(taskDefinition=task_set["taskDefinition"])
        assert definition["taskDefinition"]["containerDefinitions"][0]["image"] == f"app:{commit}"


def test_a_deployment_that_is_stopped_fails_the_stage(works):
    execution = works.run()
    deployment = works.deployed()["externalExecutionId"]
    works.releases.codedeploy.stop_deployment(deploymentId=deployment)
    error = works.deployed()["errorDetails"]
    assert error["message"] == f"Deployment {deployment} stopped: Deployment was stopped by user."
    assert works.status(execution) == "Failed"
    works.pass_by(900)
    works.pipelines.retry_stage_execution(
        pipelineName="demo", stageName="Deploy", pipelineExecutionId=execution, retryMode="FAILED_ACTIONS")
    works.pass_by(900)
    assert works.releases.info(works.deployed()["externalExecutionId"])["status"] == "Ready"


@pytest.mark.parametrize("files, configuration, words", [
    ({}, {"TaskDefinitionTemplatePath": "none.json"}, "task definition artifact file none.json from: SourceArtifact"),
    ({}, {"AppSpecTemplateArtifact": "BuildArtifact"}, "AppSpec artifact file appspec.yaml from: BuildArtifact"),
    ({}, {"Image1ArtifactName": "SourceArtifact"}, "Exception while trying to read the image artifact file from: SourceArtifact."),
    ({"taskdef.json": "{"}, {}, "not valid JSON"),
    ({"taskdef.json": json.dumps(TASKDEF | {"networkMode": "moon"})}, {}, "could not be registered"),
    ({"appspec.yaml": "version: 0.0"}, {}, "exactly one resource"),
    ({}, {"ApplicationName": "none"}, "No application found for name: none"),
    ({}, {"DeploymentGroupName": "none"}, "No Deployment Group found for name: none"),
])
def test_what_fails_the_action(works, files, configuration, words):
    works.run(files, **configuration)
    error = works.deployed()["errorDetails"]
    assert words in error["message"], error


@pytest.mark.parametrize("without", ["ecs:RegisterTaskDefinition", "iam:PassRole", "codedeploy:*"])
def test_what_the_role_may_not_do(works, without):
    from pipelines import ALLOWED
    works.allow(*(it for it in ALLOWED if it != without))
    works.run()
    error = works.deployed()["errorDetails"]
    assert (error["code"], without.split("*")[0] in error["message"]) == ("PermissionError", True), error
