"""CodePipeline: what a person does to executions that go on, and how they make room for each other."""

import pytest

from expect import refusal
from pipelines import FIRST, SECOND, THIRD, Works

NONE = "0" * 8 + "-0000-4000-a000-" + "0" * 12
RELEASE = {"pipelineName": "demo", "stageName": "Release"}


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
    return execution


def stop(works, execution, **more):
    return works.pipelines.stop_pipeline_execution(pipelineName="demo", pipelineExecutionId=execution, **more)


def retry(works, execution, stage="Build", mode="FAILED_ACTIONS", pipeline="demo"):
    return works.pipelines.retry_stage_execution(
        pipelineName=pipeline, stageName=stage, pipelineExecutionId=execution, retryMode=mode)["pipelineExecutionId"]


def test_stop_and_abandon(works):
    execution = works.create()
    works.pass_by(30)
    stop(works, execution, abandon=True, reason="Too early")
    assert works.status(execution) == "Stopped"
    assert works.action("Build", "Build")["status"] == "Abandoned"
    assert works.stages()["Build"]["latestExecution"]["status"] == "Stopped"
    assert works.executions()[0]["stopTrigger"] == {"reason": "Too early"}
    works.pass_by()
    assert works.action("Build", "Build")["status"] == "Abandoned"
    assert "latestExecution" not in works.stages()["Release"]
    for _ in range(2):
        with refusal(works.pipelines, "PipelineExecutionNotStoppableException"):
            stop(works, execution)


def test_stop_and_wait(works):
    execution = works.create()
    works.pass_by(30)
    stop(works, execution)
    assert works.status(execution) == "Stopping"
    assert works.stages()["Build"]["latestExecution"]["status"] == "Stopping"
    with refusal(works.pipelines, "DuplicatedStopRequestException"):
        stop(works, execution)
    works.pass_by()
    assert works.action("Build", "Build")["status"] == "Succeeded"
    assert works.status(execution) == "Stopped"
    assert "latestExecution" not in works.stages()["Release"]


def test_stop_waits_no_longer_when_abandoned(works, demo):
    stop(works, demo)
    assert works.status(demo) == "Stopping"
    stop(works, demo, abandon=True)
    assert works.status(demo) == "Stopped"


def test_what_cannot_be_stopped(works, demo):
    with refusal(works.pipelines, "PipelineNotFoundException"):
        works.pipelines.stop_pipeline_execution(pipelineName="none", pipelineExecutionId=demo)
    with refusal(works.pipelines, "PipelineExecutionNotStoppableException"):
        stop(works, NONE)
    with refusal(works.pipelines, "ValidationException"):
        stop(works, "none")
    with refusal(works.pipelines, "ValidationException"):
        stop(works, demo, reason="x" * 201)


def test_a_broken_build_and_a_retry(works, codebuild):
    works.push(SECOND, {"broken": "yes"})
    execution = works.create()
    works.pass_by()
    error = works.action("Build", "Build")["errorDetails"]
    assert (error["code"], error["message"].split(".")[0]) == ("JobFailed", "Build terminated with state: FAILED")
    assert works.status(execution) == "Failed"
    for _ in range(2):
        assert retry(works, execution) == execution
        assert works.status(execution) == "InProgress"
        works.pass_by()
        assert works.status(execution) == "Failed"
    state = works.stages()["Build"]
    assert state["retryStageMetadata"] == {"manualStageRetryAttempt": 2, "latestRetryTrigger": "ManualStageRetry"}
    assert len(codebuild.list_builds_for_project(projectName="builder")["ids"]) == 3
    works.push(THIRD, {})
    works.pass_by()
    with refusal(works.pipelines, "NotLatestPipelineExecutionException"):
        retry(works, execution)
    assert works.action("Release", "Approve")["status"] == "InProgress"


def test_retry_the_whole_stage(works):
    approvals = [works.approval(name="One"), works.approval(name="Approve", runOrder=2)]
    execution = works.create(("Source", [works.source()]), ("Release", approvals))
    works.pass_by()
    answer = lambda name, status: works.approve(status, token=works.action("Release", name)["token"], actionName=name)
    answer("One", "Approved")
    answer("Approve", "Rejected")
    retry(works, execution, "Release")
    assert works.action("Release", "One")["status"] == "Succeeded"
    assert works.action("Release", "Approve")["status"] == "InProgress"
    answer("Approve", "Rejected")
    retry(works, execution, "Release", "ALL_ACTIONS")
    assert works.action("Release", "One")["status"] == "InProgress"
    assert works.action("Release", "Approve") is None
    answer("One", "Approved")
    answer("Approve", "Approved")
    assert works.status(execution) == "Succeeded"


def test_what_cannot_be_retried(works, demo):
    with refusal(works.pipelines, "StageNotRetryableException"):
        retry(works, demo, "Release")
    with refusal(works.pipelines, "StageNotRetryableException"):
        retry(works, demo, "Build")
    with refusal(works.pipelines, "StageNotFoundException"):
        retry(works, demo, "none")
    with refusal(works.pipelines, "PipelineNotFoundException"):
        retry(works, demo, pipeline="none")
    with refusal(works.pipelines, "NotLatestPipelineExecutionException"):
        retry(works, NONE)
    with refusal(works.pipelines, "ValidationException"):
        retry(works, "none")


def test_transitions(works):
    asked = {"pipelineName": "demo", "stageName": "Build", "transitionType": "Inbound"}
    first = works.create()
    for _ in range(2):
        works.pipelines.disable_stage_transition(**asked, reason="Not yet")
    works.pass_by()
    build = works.stages()["Build"]
    assert (build["inboundTransitionState"]["enabled"], build["inboundTransitionState"]["disabledReason"]) == (
        False, "Not yet")
    assert build["inboundExecution"]["pipelineExecutionId"] == first
    second = works.start()
    works.pass_by()
    assert (works.status(first), works.status(second)) == ("Superseded", "InProgress")
    for _ in range(2):
        works.pipelines.enable_stage_transition(**asked)
    works.pass_by()
    assert works.stages()["Release"]["latestExecution"]["pipelineExecutionId"] == second
    assert works.stages()["Build"]["inboundTransitionState"]["enabled"] is True
    out = asked | {"transitionType": "Outbound"}
    works.pipelines.disable_stage_transition(**out, reason="No release!")
    assert works.stages()["Release"]["inboundTransitionState"]["enabled"] is False


@pytest.mark.parametrize("call, more", [("enable_stage_transition", {}), ("disable_stage_transition", {"reason": "No"})])
def test_transitions_of_nothing(works, demo, call, more):
    ask = lambda **change: getattr(works.pipelines, call)(
        **({"pipelineName": "demo", "stageName": "Build", "transitionType": "Inbound"} | more | change))
    for change, code in (({"pipelineName": "none"}, "PipelineNotFoundException"),
                         ({"stageName": "none"}, "StageNotFoundException"),
                         ({"stageName": "a b"}, "ValidationException"),
                         ({"transitionType": "Sideways"}, "SerializationException")):
        with refusal(works.pipelines, code):
            ask(**change)
    if more:
        for reason in ("", "It's late", "x" * 301):
            with refusal(works.pipelines, "ValidationException", "'reason'"):
                ask(reason=reason)


def test_the_newer_takes_the_place_of_the_older(works, demo):
    second, third = works.start(), works.start()
    works.pass_by()
    assert [works.status(it) for it in (demo, second, third)] == ["InProgress", "Superseded", "InProgress"]
    superseded = next(it for it in works.executions() if it["pipelineExecutionId"] == second)
    assert third in superseded["statusSummary"]
    assert works.stages()["Release"]["inboundExecution"]["pipelineExecutionId"] == third
    works.approve()
    assert works.status(demo) == "Succeeded"
    assert works.stages()["Release"]["latestExecution"]["pipelineExecutionId"] == third


def test_one_after_the_other(works):
    executions = [works.create(executionMode="QUEUED"), works.start(), works.start()]
    works.pass_by(3600)
    waiting = [it["pipelineExecutionId"] for it in works.stages()["Release"]["inboundExecutions"]]
    assert waiting == executions[1:]
    for execution in executions:
        assert works.stages()["Release"]["latestExecution"]["pipelineExecutionId"] == execution
        works.approve()
        assert works.status(execution) == "Succeeded"
    for _ in range(50):
        works.start()
    with refusal(works.pipelines, "ConcurrentPipelineExecutionsLimitExceededException"):
        works.start()


def test_side_by_side(works):
    executions = [works.create(executionMode="PARALLEL"), works.start()]
    works.pass_by()
    runs = works.pipelines.list_action_executions(pipelineName="demo")["actionExecutionDetails"]
    waiting = [run["pipelineExecutionId"] for run in runs if run["actionName"] == "Approve"]
    assert sorted(waiting) == sorted(executions)
    assert "latestExecution" not in works.stages()["Release"]


def test_an_update_cancels_what_runs(works, demo):
    works.pipelines.update_pipeline(pipeline=works.declaration())
    assert works.status(demo) == "Cancelled"
    assert works.stages()["Release"]["latestExecution"]["status"] == "Cancelled"
    with refusal(works.pipelines, "StageNotRetryableException"):
        retry(works, demo, "Release")


def test_rollback(works, demo):
    works.approve()
    works.push(SECOND)
    works.pass_by()
    ask = lambda target=demo, **change: works.pipelines.rollback_stage(
        **(RELEASE | {"targetPipelineExecutionId": target} | change))
    with refusal(works.pipelines, "ConflictException"):
        ask()
    works.approve("Rejected")
    rollback = ask()["pipelineExecutionId"]
    found = works.pipelines.get_pipeline_execution(pipelineName="demo", pipelineExecutionId=rollback)["pipelineExecution"]
    assert (found["executionType"], found["trigger"]["triggerType"]) == ("ROLLBACK", "ManualRollback")
    assert found["rollbackMetadata"] == {"rollbackTargetPipelineExecutionId": demo}
    assert found["artifactRevisions"][0]["revisionId"] == FIRST
    works.approve()
    assert works.status(rollback) == "Succeeded"
    second = ask()["pipelineExecutionId"]
    works.approve()
    for target, change, code in (
        (rollback, {}, "UnableToRollbackStageException"),
        (demo, {"stageName": "Source"}, "UnableToRollbackStageException"),
        (demo, {"stageName": "none"}, "StageNotFoundException"),
        (demo, {"pipelineName": "none"}, "PipelineNotFoundException"),
        (NONE, {}, "PipelineExecutionNotFoundException"),
        ("none", {}, "ValidationException"),
    ):
        with refusal(works.pipelines, code):
            ask(target, **change)
    assert works.status(second) == "Succeeded"
    works.pipelines.update_pipeline(pipeline=works.declaration())
    with refusal(works.pipelines, "PipelineExecutionOutdatedException"):
        ask()


def on_failure(works, **given):
    declaration = works.declaration()
    declaration["stages"][2]["onFailure"] = given
    return declaration


def test_a_stage_that_retries_itself(works):
    works.pipelines.create_pipeline(pipeline=on_failure(works, result="RETRY", retryConfiguration={"retryMode": "ALL_ACTIONS"}))
    works.pass_by()
    works.approve("Rejected")
    [execution] = works.executions()
    assert execution["status"] == "InProgress"
    assert works.stages()["Release"]["retryStageMetadata"]["autoStageRetryAttempt"] == 1
    works.approve("Rejected")
    assert works.executions()[0]["status"] == "Failed"


def test_a_stage_that_rolls_itself_back(works):
    works.pipelines.create_pipeline(pipeline=on_failure(works, result="ROLLBACK"))
    works.pass_by()
    works.approve()
    failing = works.start()
    works.pass_by()
    works.approve("Rejected")
    rollback, failed, good = works.executions()
    assert (failed["pipelineExecutionId"], failed["status"]) == (failing, "Failed")
    assert rollback["trigger"] == {"triggerType": "AutomatedRollback", "triggerDetail": failing}
    assert rollback["rollbackMetadata"]["rollbackTargetPipelineExecutionId"] == good["pipelineExecutionId"]
    works.approve("Rejected")
    assert len(works.executions()) == 3
