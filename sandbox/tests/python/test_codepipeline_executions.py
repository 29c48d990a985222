"""CodePipeline: executions, from a push to the last stage."""

import json

import pytest

from expect import refusal
from pipelines import BUCKET, FIRST, SECOND, THIRD, Works

NONE = "0" * 8 + "-0000-4000-a000-" + "0" * 12


@pytest.fixture
def works(server):
    made = Works(server)
    made.push()
    return made


@pytest.fixture
def demo(works):
    """The first execution of a pipeline, which waits for its approval."""
    execution = works.create()
    works.pass_by()
    assert works.action("Release", "Approve")["status"] == "InProgress"
    return execution


def details(works, **filters):
    asked = {"filter": filters} if filters else {}
    return works.pipelines.list_action_executions(pipelineName="demo", **asked)["actionExecutionDetails"]


def test_a_new_pipeline_runs_at_once(works, s3, codebuild):
    execution = works.create()
    [summary] = works.executions()
    assert (summary["status"], summary["trigger"]["triggerType"]) == ("InProgress", "CreatePipeline")
    assert works.action("Source", "Source")["status"] == "InProgress"
    assert works.action("Build", "Build") is None
    works.pass_by(30)
    assert works.action("Source", "Source")["status"] == "Succeeded"
    assert works.action("Build", "Build")["status"] == "InProgress"
    works.pass_by()
    stages = works.stages()
    assert [stages[name]["latestExecution"]["status"] for name in stages] == ["Succeeded", "Succeeded", "InProgress"]
    build = works.action("Build", "Build")
    assert codebuild.batch_get_builds(ids=[build["externalExecutionId"]])["builds"][0]["buildStatus"] == "SUCCEEDED"
    assert build["externalExecutionUrl"].endswith(build["externalExecutionId"])
    works.approve(summary="Looks good")
    assert works.status(execution) == "Succeeded"
    release = works.action("Release", "Approve")
    assert (release["status"], release["summary"]) == ("Succeeded", "Looks good")
    assert "token" not in release and release["lastUpdatedBy"].endswith(":user/admin")
    keys = [it["Key"] for it in s3.list_objects_v2(Bucket=BUCKET)["Contents"]]
    assert sorted(key.rsplit("/", 1)[0] for key in keys) == ["demo/BuildArtif", "demo/SourceArti"]


def test_what_is_known_of_an_execution(works, demo):
    asked = {"pipelineName": "demo", "pipelineExecutionId": demo}
    for _ in range(2):
        found = works.pipelines.get_pipeline_execution(**asked)["pipelineExecution"]
        [revision] = found["artifactRevisions"]
        assert (revision["name"], revision["revisionId"]) == ("SourceArtifact", FIRST)
        assert revision["revisionUrl"] == f"https://gitlab.com/group/tripmgmt/commit/{FIRST}"
        assert (found["pipelineVersion"], found["executionMode"], found["executionType"]) == (1, "SUPERSEDED", "STANDARD")
    source = works.stages()["Source"]["actionStates"][0]
    assert source["currentRevision"]["revisionId"] == FIRST
    with refusal(works.pipelines, "PipelineExecutionNotFoundException"):
        works.pipelines.get_pipeline_execution(pipelineName="demo", pipelineExecutionId=NONE)
    with refusal(works.pipelines, "PipelineNotFoundException"):
        works.pipelines.get_pipeline_execution(pipelineName="none", pipelineExecutionId=demo)
    with refusal(works.pipelines, "ValidationException"):
        works.pipelines.get_pipeline_execution(pipelineName="demo", pipelineExecutionId="none")


def test_history(works, demo):
    for _ in range(2):
        runs = details(works)
        assert [run["actionName"] for run in runs] == ["Approve", "Build", "Source"]
    build = runs[1]
    assert build["input"]["resolvedConfiguration"] == {"ProjectName": "builder"}
    assert [it["name"] for it in build["input"]["inputArtifacts"]] == ["SourceArtifact"]
    assert build["output"]["outputArtifacts"][0]["s3location"]["bucket"] == BUCKET
    assert build["output"]["outputVariables"] == {"COMMIT": FIRST}
    assert runs[2]["output"]["outputVariables"]["CommitId"] == FIRST
    assert details(works, pipelineExecutionId=demo) == runs
    latest = {"pipelineExecutionId": demo, "startTimeRange": "Latest"}
    assert details(works, latestInPipelineExecution=latest) == runs
    with refusal(works.pipelines, "PipelineExecutionNotFoundException"):
        details(works, pipelineExecutionId=NONE)
    with refusal(works.pipelines, "PipelineNotFoundException"):
        works.pipelines.list_action_executions(pipelineName="none")
    for wrong, code in (({"maxResults": 101}, "ValidationException"), ({"nextToken": "x"}, "InvalidNextTokenException")):
        with refusal(works.pipelines, code):
            works.pipelines.list_action_executions(pipelineName="demo", **wrong)
        with refusal(works.pipelines, code):
            works.pipelines.list_pipeline_executions(pipelineName="demo", **wrong)


def test_list_executions(works, demo):
    works.approve()
    second = works.start()
    works.pass_by()
    for _ in range(2):
        assert [it["pipelineExecutionId"] for it in works.executions()] == [second, demo]
    good = works.pipelines.list_pipeline_executions(
        pipelineName="demo", filter={"succeededInStage": {"stageName": "Release"}})["pipelineExecutionSummaries"]
    assert [it["pipelineExecutionId"] for it in good] == [demo]
    with refusal(works.pipelines, "PipelineNotFoundException"):
        works.pipelines.list_pipeline_executions(pipelineName="none")


def test_state_of_nothing(works, demo):
    assert works.pipelines.get_pipeline_state(name="demo")["stageStates"] == works.pipelines.get_pipeline_state(name="demo")["stageStates"]
    with refusal(works.pipelines, "PipelineNotFoundException"):
        works.pipelines.get_pipeline_state(name="none")
    with refusal(works.pipelines, "ValidationException"):
        works.pipelines.get_pipeline_state(name="a b")


def test_a_push_starts_it(works, demo):
    works.push(SECOND)
    newest = works.executions()[0]
    assert newest["trigger"] == {"triggerType": "WebhookV2", "triggerDetail": works.connection}
    works.pass_by()
    assert works.executions()[0]["sourceRevisions"][0]["revisionId"] == SECOND
    # Another branch is none of its business.
    works.push(THIRD, branch="dev")
    assert works.executions()[0]["pipelineExecutionId"] == newest["pipelineExecutionId"]


def test_pushes_that_are_not_watched(works):
    source = works.source()
    source["configuration"]["DetectChanges"] = "false"
    works.create(("Source", [source]), ("Release", [works.approval()]))
    works.push(SECOND)
    assert len(works.executions()) == 1
    trigger = {"providerType": "CodeStarSourceConnection", "gitConfiguration": {
        "sourceActionName": "Source",
        "push": [{"branches": {"includes": ["ma*"]}, "filePaths": {"includes": ["src/**"], "excludes": ["src/test/**"]}}]}}
    declaration = works.declaration(("Source", [source]), ("Release", [works.approval()]), triggers=[trigger])
    works.pipelines.update_pipeline(pipeline=declaration)
    works.push(THIRD, {"src/test/a": "1"})
    assert len(works.executions()) == 1
    works.push("4" * 40, {"src/test/a": "1", "src/main/a": "1"})
    assert len(works.executions()) == 2


def test_an_earlier_commit(works, demo):
    works.push(SECOND)
    asked = [{"actionName": "Source", "revisionType": "COMMIT_ID", "revisionValue": FIRST}]
    works.start(sourceRevisions=asked)
    works.pass_by()
    assert works.executions()[0]["sourceRevisions"][0]["revisionId"] == FIRST
    works.start(sourceRevisions=[asked[0] | {"revisionValue": THIRD}])
    works.pass_by()
    assert f"No Commit [{THIRD}] found" in works.action("Source", "Source")["errorDetails"]["message"]


def test_start(works, demo):
    token = {"clientRequestToken": "once"}
    assert works.start(**token) == works.start(**token) != demo
    with refusal(works.pipelines, "PipelineNotFoundException"):
        works.pipelines.start_pipeline_execution(name="none")
    for wrong in ({"variables": [{"name": "none", "value": "1"}]},
                  {"sourceRevisions": [{"actionName": "Build", "revisionType": "COMMIT_ID", "revisionValue": FIRST}]},
                  {"sourceRevisions": [{"actionName": "Source", "revisionType": "IMAGE_DIGEST", "revisionValue": "x"}]}):
        with refusal(works.pipelines, "ValidationException"):
            works.start(**wrong)


def test_variables(works):
    approval = works.approval(configuration={
        "CustomData": "#{variables.LEVEL} #{SourceVariables.CommitId} #{BuildVariables.COMMIT} #{codepipeline.PipelineExecutionId}"})
    stages = ("Source", [works.source()]), ("Build", [works.build()]), ("Release", [approval])
    execution = works.create(*stages, variables=[{"name": "LEVEL", "defaultValue": "low"}])
    works.pass_by()
    resolved = details(works)[0]["input"]["resolvedConfiguration"]["CustomData"]
    assert resolved == f"low {FIRST} {FIRST} {execution}"
    second = works.start(variables=[{"name": "LEVEL", "value": "high"}])
    found = works.pipelines.get_pipeline_execution(pipelineName="demo", pipelineExecutionId=second)
    assert found["pipelineExecution"]["variables"] == [{"name": "LEVEL", "resolvedValue": "high"}]
    works.pipelines.update_pipeline(pipeline=works.declaration(*stages, variables=[{"name": "LEVEL"}]))
    with refusal(works.pipelines, "ValidationException", "must be given one"):
        works.start()


def test_an_unknown_variable_fails_the_action(works):
    works.create(("Source", [works.source()]), ("Release", [works.approval(configuration={"CustomData": "#{none.X}"})]))
    works.pass_by()
    assert "#{none.X}" in works.action("Release", "Approve")["errorDetails"]["message"]


@pytest.mark.parametrize("without, stage, words", [
    ("codeconnections:UseConnection", "Source", "The provided role does not have sufficient permissions."),
    ("s3:*", "Source", "Upload to S3 failed"),
    ("codebuild:StartBuild", "Build", "not authorized to perform: codebuild:StartBuild on resource: "
     "arn:aws:codebuild:eu-central-1:123456789012:project/builder because no identity-based policy allows"),
])
def test_what_the_role_may_not_do(works, without, stage, words):
    from pipelines import ALLOWED
    works.allow(*(it for it in ALLOWED if it != without))
    execution = works.create()
    works.pass_by()
    error = works.action(stage, stage)["errorDetails"]
    assert (error["code"], words in error["message"]) == ("PermissionError", True), error
    assert works.status(execution) == "Failed"


def test_connections_that_are_not_finished(works, server):
    pending = server.client("codeconnections").create_connection(ProviderType="GitLab", ConnectionName="second")
    arn = pending["ConnectionArn"]
    source = works.source()
    source["configuration"]["ConnectionArn"] = arn
    works.create(("Source", [source]), ("Release", [works.approval()]))
    works.pass_by()
    assert f"Connection {arn} is not available" in works.action("Source", "Source")["errorDetails"]["message"]
    server.handshake(arn)
    retried = {"pipelineName": "demo", "stageName": "Source", "retryMode": "FAILED_ACTIONS"}
    works.pipelines.retry_stage_execution(pipelineExecutionId=works.executions()[0]["pipelineExecutionId"], **retried)
    works.pass_by()
    assert works.action("Source", "Source")["status"] == "Succeeded"


@pytest.mark.parametrize("change, words", [
    ({"BranchName": "none"}, "No Branch [none] found for FullRepositoryName [group/tripmgmt]"),
    ({"FullRepositoryId": "group/none"}, "group/none"),
    ({"ConnectionArn": "arn:aws:codeconnections:eu-central-1:123456789012:connection/none"}, "No connection found"),
])
def test_sources_that_are_not_there(works, change, words):
    source = works.source()
    source["configuration"] |= change
    words = words.replace("FullRepositoryName", "FullRepositoryName")
    works.create(("Source", [source]), ("Release", [works.approval()]))
    works.pass_by()
    assert words in works.action("Source", "Source")["errorDetails"]["message"]


def test_a_bucket_that_is_not_there(works):
    works.create(artifactStore={"type": "S3", "location": "no-such-bucket"})
    works.pass_by()
    assert "bucket does not exist" in works.action("Source", "Source")["errorDetails"]["message"]


def test_approvals(works, demo):
    token = works.action("Release", "Approve")["token"]
    with refusal(works.pipelines, "InvalidApprovalTokenException"):
        works.approve(token=NONE)
    for wrong, code in (({"pipelineName": "none"}, "PipelineNotFoundException"),
                        ({"stageName": "none"}, "StageNotFoundException"),
                        ({"stageName": "Build", "actionName": "Build"}, "ActionNotFoundException"),
                        ({"token": "x"}, "ValidationException"),
                        ({"result": {"summary": "x" * 513, "status": "Approved"}}, "ValidationException")):
        with refusal(works.pipelines, code):
            works.approve(**({"token": token} | wrong))
    assert works.approve(token=token)["approvedAt"]
    with refusal(works.pipelines, "ApprovalAlreadyCompletedException"):
        works.approve(token=token)


def test_a_rejection_fails_the_stage(works, demo):
    works.approve("Rejected", summary="Not today")
    assert works.status(demo) == "Failed"
    error = works.action("Release", "Approve")["errorDetails"]
    assert error["message"] == "The approval action was rejected: Not today"


def test_nobody_answers(works, server, demo):
    server.advance(7 * 24 * 3600 - 3600)
    assert works.status(demo) == "InProgress"
    server.advance(3600)
    assert works.status(demo) == "Failed"
    assert "timed out" in works.action("Release", "Approve")["errorDetails"]["message"]


def test_several_actions_at_once_and_one_after_the_other(works):
    approvals = [works.approval(name=name, runOrder=order) for name, order in (("One", 1), ("Two", 1), ("Three", 2))]
    execution = works.create(("Source", [works.source()]), ("Release", approvals))
    works.pass_by()
    answer = lambda name, status="Approved": works.approve(
        status, token=works.action("Release", name)["token"], actionName=name)
    assert works.action("Release", "Three") is None
    answer("One")
    assert works.action("Release", "Three") is None
    answer("Two")
    answer("Three")
    assert works.status(execution) == "Succeeded"
