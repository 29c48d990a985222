"""CodePipeline: what a pipeline can be made of."""

import copy

import pytest

from blue_green import role
from expect import refusal
from pipelines import BUCKET, Works, action

STRUCTURE, ACTION, STAGE = "InvalidStructureException", "InvalidActionDeclarationException", "InvalidStageDeclarationException"


@pytest.fixture
def works(server):
    return Works(server)


@pytest.fixture
def refused(works):
    """Neither made nor changed to that."""
    def check(code, words, *stages, **more):
        declaration = works.declaration(*stages, **more)
        with refusal(works.pipelines, code, words):
            works.pipelines.create_pipeline(pipeline=declaration)
        assert works.pipelines.list_pipelines()["pipelines"] == []
    return check


def deploy(**configuration):
    asked = {
        "ApplicationName": "app", "DeploymentGroupName": "group", "TaskDefinitionTemplateArtifact": "SourceArtifact",
        "AppSpecTemplateArtifact": "SourceArtifact",
    } | configuration
    return action("Deploy", "Deploy", "CodeDeployToECS", ["SourceArtifact"],
                  configuration={key: value for key, value in asked.items() if value is not None})


def test_create_and_get(works, account):
    declaration = works.declaration(
        ("Source", [works.source()]), ("Build", [works.build()]), ("Deploy", [deploy()]),
        variables=[{"name": "LEVEL", "defaultValue": "1"}], executionMode="QUEUED",
        triggers=[{"providerType": "CodeStarSourceConnection", "gitConfiguration": {
            "sourceActionName": "Source", "push": [{"branches": {"includes": ["main"]}}]}}])
    tags = [{"key": "team", "value": "blue"}]
    made = works.pipelines.create_pipeline(pipeline=declaration, tags=tags)
    assert made == made | {"pipeline": declaration | {"version": 1}, "tags": tags}
    for _ in range(2):
        found = works.pipelines.get_pipeline(name="demo")
        assert found["pipeline"] == declaration | {"version": 1}
        assert found["metadata"]["pipelineArn"] == f"arn:aws:codepipeline:eu-central-1:{account}:demo"
    [listed] = works.pipelines.list_pipelines()["pipelines"]
    assert (listed["name"], listed["version"], listed["pipelineType"], listed["executionMode"]) == (
        "demo", 1, "V2", "QUEUED")
    for _ in range(2):
        with refusal(works.pipelines, "PipelineNameInUseException", "'demo' already exists"):
            works.pipelines.create_pipeline(pipeline=declaration, tags=tags)


def test_what_is_left_out_has_its_default(works):
    bare = {key: value for key, value in works.declaration().items() if key not in ("pipelineType", "executionMode")}
    for stage in bare["stages"]:
        for it in stage["actions"]:
            for key in ("runOrder",) + (() if it["inputArtifacts"] else ("inputArtifacts",)):
                del it[key]
    made = works.pipelines.create_pipeline(pipeline=bare)["pipeline"]
    assert (made["pipelineType"], made["executionMode"]) == ("V1", "SUPERSEDED")
    assert made["stages"][0]["actions"][0] == works.source()


def test_stages(works, refused):
    source, build = ("Source", [works.source()]), ("Build", [works.build()])
    refused(STRUCTURE, "Pipeline has only 1 stage(s). There should be a minimum of 2 stages in a pipeline", source)
    refused(STRUCTURE, "should start with a stage that only contains source actions", build, source)
    refused(STRUCTURE, "should start with a stage that only contains source actions",
            ("Source", [works.source(), works.approval()]), build)
    second = works.source(name="Again", outputArtifacts=[{"name": "Other"}], namespace="Other")
    refused(STRUCTURE, "allowed only in the first stage", source, ("Build", [works.build(), second]))
    refused(STAGE, "Build has been used more than once", source, build, ("Build", [works.approval()]))
    refused(STAGE, "at least 1 action", source, ("Build", []))
    refused(STAGE, "Approve has been used more than once", source, ("Build", [works.approval(), works.approval()]))
    refused(STRUCTURE, "maximum of 50 stages", source, *((f"Stage{n}", [works.approval()]) for n in range(50)))


def test_artifacts(works, refused):
    source, approval = ("Source", [works.source()]), ("Release", [works.approval()])
    refused(STRUCTURE, "Input Artifact Bundle BuildArtifact in action Build is not declared as Output Artifact Bundle "
            "in any of the preceding actions", source, ("Build", [works.build(inputArtifacts=[{"name": "BuildArtifact"}])]))
    refused(STRUCTURE, "SourceArtifact has been used more than once", source,
            ("Build", [works.build(outputArtifacts=[{"name": "SourceArtifact"}])]))
    refused(STRUCTURE, "Namespace SourceVariables", source, ("Build", [works.build(namespace="SourceVariables")]))
    # One that is made at the same time is not there yet; one made earlier in the stage is.
    test = action("Test", "Test", "CodeBuild", ["BuildArtifact"], configuration={"ProjectName": "builder"})
    refused(STRUCTURE, "BuildArtifact in action Test", source, ("Build", [works.build(), test]), approval)
    works.create(source, ("Build", [works.build(), test | {"runOrder": 2}]), approval)


@pytest.mark.parametrize("change, words", [
    ({"provider": "Jenkins"}, "(Category: 'Build', Provider: 'Jenkins', Owner: 'AWS', Version: '1') in action 'Build' is "
     "not available in region 'EU_CENTRAL_1'"),
    ({"version": "2"}, "Version: '2'"),
    ({"owner": "Custom"}, "Owner: 'Custom'"),
    ({"category": "Deploy"}, "Category: 'Deploy'"),
])
def test_unknown_actions(works, refused, change, words):
    build = works.build()
    build["actionTypeId"] |= change
    refused(ACTION, words, ("Source", [works.source()]), ("Build", [build]))


def test_configurations_and_counts(works, refused):
    def build(words, **more):
        refused(ACTION, words, ("Source", [works.source()]), ("Build", [works.build(**more)]))
    build("declares 0 input artifacts which is less than the minimum count (1)", inputArtifacts=[])
    build("missing required configuration 'ProjectName'", configuration={})
    build("unknown configuration 'Project'", configuration={"ProjectName": "builder", "Project": "builder"})
    build("more than the maximum count (5)", outputArtifacts=[{"name": f"a{n}"} for n in range(6)])
    build("is not authorized to perform AssumeRole on role arn:aws:iam::123456789012:role/none",
          roleArn="arn:aws:iam::123456789012:role/none")
    build("is in region us-east-1", region="us-east-1")
    refused(ACTION, "missing required configuration 'ConnectionArn'",
            ("Source", [works.source(configuration={"FullRepositoryId": "a/b", "BranchName": "main"})]),
            ("Release", [works.approval()]))


@pytest.mark.parametrize("change, words", [
    ({"ApplicationName": None}, "missing required configuration 'ApplicationName'"),
    ({"TaskDefinitionTemplateArtifact": None}, "missing required configuration 'TaskDefinitionTemplateArtifact'"),
    ({"TaskDefinitionTemplateArtifact": "BuildArtifact"}, "The artifact 'BuildArtifact' in the configuration"),
    ({"Image1ArtifactName": "SourceArtifact"}, "both 'Image1ArtifactName' and 'Image1ContainerName'"),
    ({"Image1ContainerName": "IMAGE1_NAME"}, "both 'Image1ArtifactName' and 'Image1ContainerName'"),
    ({"Image5ArtifactName": "SourceArtifact"}, "unknown configuration 'Image5ArtifactName'"),
])
def test_blue_green_actions(works, refused, change, words):
    refused(ACTION, words, ("Source", [works.source()]), ("Build", [works.build()]), ("Deploy", [deploy(**change)]))


@pytest.mark.parametrize("more, code, words", [
    ({"name": "a b"}, "ValidationException", "pattern: [A-Za-z0-9.@\\-_]+"),
    ({"name": ""}, "ValidationException", "length greater than or equal to 1"),
    ({"name": "x" * 101}, "ValidationException", "length less than or equal to 100"),
    ({"roleArn": "pipeline"}, "ValidationException", "'pipeline.roleArn'"),
    ({"roleArn": "arn:aws:iam::123456789012:role/none"}, STRUCTURE,
     "CodePipeline is not authorized to perform AssumeRole on role arn:aws:iam::123456789012:role/none"),
    ({"roleArn": "arn:aws:iam::123456789012:role/build"}, STRUCTURE, "not authorized to perform AssumeRole"),
    ({"artifactStores": {"eu-central-1": {"type": "S3", "location": BUCKET}}}, STRUCTURE, "but not both"),
    ({"artifactStore": {"type": "S3", "location": "a"}}, "ValidationException", "'pipeline.artifactStore.location'"),
    ({"pipelineType": "V1", "executionMode": "QUEUED"}, STRUCTURE, "only in pipelines of type V2"),
    ({"pipelineType": "V1", "variables": [{"name": "A"}]}, STRUCTURE, "Pipeline variables"),
    ({"variables": [{"name": "A"}, {"name": "A"}]}, STRUCTURE, "A has been used more than once"),
    ({"triggers": [{"providerType": "CodeStarSourceConnection", "gitConfiguration": {"sourceActionName": "Build"}}]},
     STRUCTURE, "'Build'"),
])
def test_the_whole(refused, more, code, words):
    refused(code, words, **more)


def test_values_come_first(works, refused):
    refused("ValidationException", "'pipeline.stages.1.member.actions.1.member.runOrder'",
            ("Source", [works.source(runOrder=0)]))
    refused("ValidationException", "'pipeline.stages.1.member.name'", ("a b", [works.source()]))
    refused("ValidationException", "between 5 and 86400",
            ("Source", [works.source()]), ("Release", [works.approval(timeoutInMinutes=4)]))
    with refusal(works.pipelines, "ValidationException", "'pipeline.name'"):
        works.pipelines.create_pipeline(pipeline={"roleArn": works.role})
    with refusal(works.pipelines, "InvalidTagsException"):
        works.pipelines.create_pipeline(pipeline=works.declaration(), tags=[{"key": "aws:a", "value": "b"}])


def test_update(works, iam):
    works.create()
    declaration = works.pipelines.get_pipeline(name="demo")["pipeline"]
    changed = copy.deepcopy(declaration)
    changed["stages"][2]["actions"][0]["configuration"] = {"CustomData": "Look at it"}
    for version in (2, 3):
        made = works.pipelines.update_pipeline(pipeline=changed)["pipeline"]
        assert made == changed | {"version": version}
    assert works.pipelines.get_pipeline(name="demo")["pipeline"]["version"] == 3
    assert works.pipelines.get_pipeline(name="demo", version=1)["pipeline"] == declaration
    with refusal(works.pipelines, "PipelineVersionNotFoundException", "'4'"):
        works.pipelines.get_pipeline(name="demo", version=4)
    with refusal(works.pipelines, "PipelineNotFoundException", "does not have a pipeline with name 'none'"):
        works.pipelines.update_pipeline(pipeline=changed | {"name": "none"})
    role(iam, "other", "ec2")
    with refusal(works.pipelines, STRUCTURE, "role/other"):
        works.pipelines.update_pipeline(pipeline=changed | {"roleArn": works.role.replace("pipeline", "other")})
    assert works.pipelines.get_pipeline(name="demo")["pipeline"]["roleArn"] == works.role


def test_list_and_delete(works):
    works.create()
    works.pipelines.create_pipeline(pipeline=works.declaration(name="other"))
    first = works.pipelines.list_pipelines(maxResults=1)
    rest = works.pipelines.list_pipelines(maxResults=1, nextToken=first["nextToken"])
    assert [it["name"] for it in first["pipelines"] + rest["pipelines"]] == ["demo", "other"]
    assert works.pipelines.list_pipelines()["pipelines"] == first["pipelines"] + rest["pipelines"]
    for wrong, code in (({"maxResults": 0}, "ValidationException"), ({"nextToken": "x"}, "InvalidNextTokenException")):
        with refusal(works.pipelines, code):
            works.pipelines.list_pipelines(**wrong)
    for _ in range(2):
        works.pipelines.delete_pipeline(name="demo")
    with refusal(works.pipelines, "ValidationException"):
        works.pipelines.delete_pipeline(name="a b")
    with refusal(works.pipelines, "PipelineNotFoundException", "'demo'"):
        works.pipelines.get_pipeline(name="demo")
    with refusal(works.pipelines, "ValidationException"):
        works.pipelines.get_pipeline(name="a b")


def test_action_types(works):
    kinds = works.pipelines.list_action_types()["actionTypes"]
    assert works.pipelines.list_action_types()["actionTypes"] == kinds
    blue_green = next(kind for kind in kinds if kind["id"]["provider"] == "CodeDeployToECS")
    required = [it["name"] for it in blue_green["actionConfigurationProperties"] if it["required"]]
    assert "TaskDefinitionTemplateArtifact" in required
    third = works.pipelines.list_action_types(actionOwnerFilter="ThirdParty", regionFilter="eu-west-1")["actionTypes"]
    assert [kind["id"]["provider"] for kind in third] == ["GitHub"]
    with refusal(works.pipelines, "ValidationException"):
        works.pipelines.list_action_types(regionFilter="eu-nowhere-1")


def test_tags(works, account):
    works.create()
    arn = f"arn:aws:codepipeline:eu-central-1:{account}:demo"
    tags = lambda: works.pipelines.list_tags_for_resource(resourceArn=arn)["tags"]
    for _ in range(2):
        works.pipelines.tag_resource(resourceArn=arn, tags=[{"key": "a", "value": "1"}, {"key": "b", "value": "2"}])
        assert tags() == [{"key": "a", "value": "1"}, {"key": "b", "value": "2"}]
    for _ in range(2):
        works.pipelines.untag_resource(resourceArn=arn, tagKeys=["a", "none"])
        assert tags() == [{"key": "b", "value": "2"}]
    with refusal(works.pipelines, "InvalidTagsException"):
        works.pipelines.tag_resource(resourceArn=arn, tags=[{"key": "aws:a", "value": "1"}])
    with refusal(works.pipelines, "TooManyTagsException"):
        works.pipelines.tag_resource(resourceArn=arn, tags=[{"key": f"k{n}", "value": ""} for n in range(50)])


@pytest.mark.parametrize("call, more", [
    ("tag_resource", {"tags": [{"key": "a", "value": "1"}]}), ("untag_resource", {"tagKeys": ["a"]}),
    ("list_tags_for_resource", {}),
])
def test_tags_of_nothing(works, account, call, more):
    with refusal(works.pipelines, "ResourceNotFoundException"):
        getattr(works.pipelines, call)(resourceArn=f"arn:aws:codepipeline:eu-central-1:{account}:none", **more)
    with refusal(works.pipelines, "InvalidArnException"):
        getattr(works.pipelines, call)(resourceArn="none", **more)
