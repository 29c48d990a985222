"""What the tests of CodePipeline stand on: a repository, a connection, a bucket, a project, roles, a pipeline."""

import json

import codebuild_world
from blue_green import role

REPOSITORY, BRANCH, PROJECT, BUCKET = "group/tripmgmt", "main", "builder", "codepipeline-eu-central-1-demo"
FIRST, SECOND, THIRD = "1" * 40, "2" * 40, "3" * 40
ALLOWED = [
    "codeconnections:UseConnection", "codestar-connections:UseConnection", "s3:*", "codebuild:StartBuild",
    "codebuild:BatchGetBuilds", "codedeploy:*", "ecs:RegisterTaskDefinition", "iam:PassRole",
]
BUILDSPEC = """version: 0.2
phases:
  build:
    commands:
      - COMMIT="$CODEBUILD_RESOLVED_SOURCE_VERSION"
      - test ! -f broken
      - sleep 60
      - printf '{"ImageURI":"app:%s"}' "$COMMIT" > imageDetail.json
env:
  exported-variables:
    - COMMIT
artifacts:
  files:
    - imageDetail.json
"""
FILES = {"buildspec.yml": BUILDSPEC, "index.html": "Hello"}


def action(name, category, provider, inputs=(), outputs=(), owner="AWS", **more):
    """An action; `configuration` and the rest as the API has them."""
    return {
        "name": name,
        "actionTypeId": {"category": category, "owner": owner, "provider": provider, "version": "1"},
        "inputArtifacts": [{"name": artifact} for artifact in inputs],
        "outputArtifacts": [{"name": artifact} for artifact in outputs],
        "runOrder": 1, "configuration": {},
    } | more


class Works:
    """A pipeline's surroundings, and what is done with it."""

    def __init__(self, server, role_name="pipeline", name="demo"):
        self.server, self.name = server, name
        self.iam, self.s3 = server.client("iam"), server.client("s3")
        self.pipelines, self.codebuild = server.client("codepipeline"), server.client("codebuild")
        self.role = role(self.iam, role_name, "codepipeline", allow=ALLOWED)
        connections = server.client("codeconnections")
        made = connections.create_connection(ProviderType="GitLab", ConnectionName="gitlab")
        self.connection = made["ConnectionArn"]
        self.server.handshake(self.connection)
        location = {"LocationConstraint": "eu-central-1"}
        self.s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=location)
        builder = codebuild_world.role(self.iam)
        self.codebuild.create_project(**codebuild_world.project(
            builder, name=PROJECT, source={"type": "CODEPIPELINE"}, artifacts={"type": "CODEPIPELINE"}))

    def source(self, **more):
        configuration = {"ConnectionArn": self.connection, "FullRepositoryId": REPOSITORY, "BranchName": BRANCH}
        made = action("Source", "Source", "CodeStarSourceConnection", outputs=["SourceArtifact"],
                      namespace="SourceVariables", configuration=configuration)
        return made | more

    def build(self, **more):
        made = action("Build", "Build", "CodeBuild", ["SourceArtifact"], ["BuildArtifact"],
                      namespace="BuildVariables", configuration={"ProjectName": PROJECT})
        return made | more

    def approval(self, **more):
        return action("Approve", "Approval", "Manual") | more

    def declaration(self, *stages, **more):
        """A pipeline of these stages, `(name, actions)`; of source, build and approval where there are none."""
        stages = stages or (("Source", [self.source()]), ("Build", [self.build()]), ("Release", [self.approval()]))
        return {
            "name": self.name, "roleArn": self.role, "artifactStore": {"type": "S3", "location": BUCKET},
            "stages": [{"name": name, "actions": actions} for name, actions in stages],
            "pipelineType": "V2", "executionMode": "SUPERSEDED",
        } | more

    def create(self, *stages, **more):
        self.pipelines.create_pipeline(pipeline=self.declaration(*stages, **more))
        return self.executions()[-1]["pipelineExecutionId"]

    def push(self, commit=FIRST, files=None, **more):
        self.server.push(commit, FILES | (files or {}), **more)

    def start(self, **more):
        return self.pipelines.start_pipeline_execution(name=self.name, **more)["pipelineExecutionId"]

    def executions(self):
        """The newest first."""
        return self.pipelines.list_pipeline_executions(pipelineName=self.name)["pipelineExecutionSummaries"]

    def status(self, execution):
        asked = {"pipelineName": self.name, "pipelineExecutionId": execution}
        return self.pipelines.get_pipeline_execution(**asked)["pipelineExecution"]["status"]

    def stages(self):
        """The stages' states by name."""
        state = self.pipelines.get_pipeline_state(name=self.name)
        return {stage["stageName"]: stage for stage in state["stageStates"]}

    def action(self, stage, name):
        """How the action's latest run is."""
        actions = self.stages()[stage]["actionStates"]
        return next(it for it in actions if it["actionName"] == name).get("latestExecution")

    def approve(self, status="Approved", token=None, summary="", **more):
        token = token or self.action("Release", "Approve")["token"]
        return self.pipelines.put_approval_result(**{
            "pipelineName": self.name, "stageName": "Release", "actionName": "Approve", "token": token,
            "result": {"status": status, "summary": summary},
        } | more)

    def pass_by(self, seconds=600):
        """So much time as it would be on AWS."""
        self.server.advance(-(-seconds // 20))

    def allow(self, *actions):
        """Lets the pipeline's role do that and nothing else."""
        document = {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": list(actions) or ["none:None"], "Resource": "*"}]}
        self.iam.put_role_policy(RoleName="pipeline", PolicyName="own", PolicyDocument=json.dumps(document))
