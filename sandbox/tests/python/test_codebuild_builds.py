"""CodeBuild: builds, from the buildspec to the image in ECR."""

import io
import zipfile

import pytest

import codebuild_world as world
from expect import refusal


@pytest.fixture
def role(iam):
    return world.role(iam)


@pytest.fixture
def build(codebuild, role, server):
    """Builds a buildspec of these commands in its phase BUILD, to the end."""
    codebuild.create_project(**world.project(role))

    def run(*commands, **more):
        lines = "".join(f"      - {command}\n" for command in commands)
        text = f"version: 0.2\nphases:\n  build:\n    commands:\n{lines}"
        started = codebuild.start_build(**{"projectName": "app", "buildspecOverride": text} | more)
        return finished(codebuild, server, started)

    return run


@pytest.fixture
def sample(codebuild, role, server, ecr, account):
    """The workshop's project: builds the sample from GitLab."""
    connections = server.client("codeconnections")
    arn = connections.create_connection(ProviderType="GitLab", ConnectionName="gitlab")["ConnectionArn"]
    server.handshake(arn)
    server.push(world.COMMIT, world.sample())
    ecr.create_repository(repositoryName="tripmgmt-demo", imageTagMutability="IMMUTABLE")
    source = {"type": "GITLAB", "location": world.LOCATION, "auth": {"type": "CODECONNECTIONS", "resource": arn}}
    variables = [("AWS_ACCOUNT_ID", account), ("IMAGE_REPO_NAME", "tripmgmt-demo"), ("IMAGE_TAG", "latest")]
    return codebuild.create_project(**world.project(
        role, source=source, sourceVersion="main", environment=world.environment(*variables)
    ))["project"]


def finished(codebuild, server, started):
    server.advance(3600)
    return codebuild.batch_get_builds(ids=[started["build"]["id"]])["builds"][0]


def phases(build):
    return {phase["phaseType"]: phase.get("phaseStatus") for phase in build["phases"]}


def problem(build):
    failed = [phase for phase in build["phases"] if phase.get("contexts")]
    return (failed[0]["phaseType"], failed[0]["contexts"][0]["message"]) if failed else None


def log(logs, build):
    events = logs.get_log_events(
        logGroupName=build["logs"]["groupName"], logStreamName=build["logs"]["streamName"], startFromHead=True
    )["events"]
    return "".join(event["message"] for event in events)


def test_a_build_goes_through_its_phases(codebuild, server, logs, iam):
    server.reset(speed=1)
    codebuild.create_project(**world.project(world.role(iam)))
    started = codebuild.start_build(projectName="app")["build"]
    assert started["buildStatus"] == "IN_PROGRESS" and not started["buildComplete"]
    assert started["currentPhase"] == "SUBMITTED" and started["buildNumber"] == 1
    seen = set()
    for _ in range(40):
        server.advance(1)
        now = codebuild.batch_get_builds(ids=[started["id"]])["builds"][0]
        seen.add(now["currentPhase"])
    assert {"PROVISIONING", "DOWNLOAD_SOURCE", "COMPLETED"} <= seen
    assert now["buildStatus"] == "SUCCEEDED" and now["buildComplete"] and now["endTime"] > now["startTime"]
    assert [phase["phaseType"] for phase in now["phases"]] == [
        "SUBMITTED", "QUEUED", "PROVISIONING", "DOWNLOAD_SOURCE", "INSTALL", "PRE_BUILD", "BUILD", "POST_BUILD",
        "UPLOAD_ARTIFACTS", "FINALIZING", "COMPLETED",
    ]
    assert now["logs"]["groupName"] == "/aws/codebuild/app"
    assert "Phase complete: BUILD State: SUCCEEDED" in log(logs, now)


def test_the_sample_becomes_an_image(codebuild, server, ecr, sample, logs):
    built = finished(codebuild, server, codebuild.start_build(projectName="app"))
    assert built["buildStatus"] == "SUCCEEDED", log(logs, built)
    assert built["resolvedSourceVersion"] == world.COMMIT
    images = ecr.describe_images(repositoryName="tripmgmt-demo")["imageDetails"]
    assert sorted(images[0]["imageTags"]) == [world.COMMIT[:8], "latest"]
    # Another commit is another image; latest stays, for the tags are immutable.
    files = world.sample()
    files["src/main/webapp/app/home/home.component.html"] += "<p>New</p>"
    server.push("5e6f7a8b" * 5, files)
    again = finished(codebuild, server, codebuild.start_build(projectName="app"))
    assert again["buildStatus"] == "SUCCEEDED"
    assert "tag invalid: The image tag 'latest' already exists in the 'tripmgmt-demo' repository" in log(logs, again)
    digests = {tag: it["imageDigest"] for it in ecr.describe_images(repositoryName="tripmgmt-demo")["imageDetails"]
               for tag in it["imageTags"]}
    assert digests["5e6f7a8b"] != digests[world.COMMIT[:8]] == digests["latest"]


def test_the_same_commit_is_the_same_image(codebuild, server, ecr, sample):
    for _ in range(2):
        assert finished(codebuild, server, codebuild.start_build(projectName="app"))["buildStatus"] == "SUCCEEDED"
    assert len(ecr.describe_images(repositoryName="tripmgmt-demo")["imageDetails"]) == 1


@pytest.mark.parametrize("path, old, new, phase, words", [
    ("buildspec.yml", "version: 0.2", "version: 0.7", "DOWNLOAD_SOURCE", "Unsupported buildspec version"),
    ("buildspec.yml", "pre_build:", "prebuild:", "DOWNLOAD_SOURCE", "Unknown key prebuild"),
    ("buildspec.yml", "phases:", "phases", "DOWNLOAD_SOURCE", "YAML file is not valid"),
    ("buildspec.yml", "- IMAGE=", "- echo a: b\n      - IMAGE=", "DOWNLOAD_SOURCE", "Expected Commands[1] to be of string"),
    ("buildspec.yml", "$AWS_ACCOUNT_ID.dkr", "$AWS_ACOUNT_ID.dkr", "PRE_BUILD", "docker login"),
    ("buildspec.yml", "aws ecr get-login-password", "aws ecr get-login", "PRE_BUILD", "exit status 1"),
    ("buildspec.yml", "- IMAGE=", "- frobnicate\n      - IMAGE=", "PRE_BUILD", "frobnicate. Reason: exit status 127"),
    ("buildspec.yml", "docker build", "docker biuld", "BUILD", "docker biuld"),
    ("buildspec.yml", '"$IMAGE:$IMAGE_TAG" .', '"$IMAGE:$IMAGE_TAG" app', "BUILD", "exit status 1"),
    ("buildspec.yml", '- docker push "$IMAGE:$COMMIT" ||', '- docker push "$IMAGE:none" &&', "POST_BUILD", "none"),
    ("Dockerfile", "COPY src", "COPY source", "BUILD", "docker build"),
    ("Dockerfile", "FROM", "FRM", "BUILD", "docker build"),
    ("Dockerfile", "RUN npm ci", "RUN nmp ci", "BUILD", "docker build"),
    ("Dockerfile", "public.ecr.aws/", "registry.example/", "BUILD", "docker build"),
])
def test_a_mutated_file_fails_in_its_phase(codebuild, server, sample, path, old, new, phase, words):
    files = world.sample()
    assert old in files[path]
    files[path] = files[path].replace(old, new, 1)
    server.push("9" * 40, files)
    built = finished(codebuild, server, codebuild.start_build(projectName="app"))
    assert built["buildStatus"] == "FAILED"
    where, message = problem(built)
    assert where == phase and words in message


def test_after_a_failed_build_comes_post_build(codebuild, server, sample, logs):
    files = world.sample()
    files["Dockerfile"] = "FROM"
    server.push("9" * 40, files)
    built = finished(codebuild, server, codebuild.start_build(projectName="app"))
    failed = [name for name, status in phases(built).items() if status == "FAILED"]
    assert failed == ["BUILD", "POST_BUILD"]
    assert phases(built)["UPLOAD_ARTIFACTS"] == "SUCCEEDED"
    assert "FROM requires at least one argument" in log(logs, built)


@pytest.mark.parametrize("without, phase, words", [
    (["logs:CreateLogStream"], "PROVISIONING", "does not allow AWS CodeBuild to create Amazon CloudWatch Logs"),
    (["codeconnections:GetConnectionToken"], "DOWNLOAD_SOURCE", "Failed to get access token from arn:aws:codeconn"),
    (["ecr:GetAuthorizationToken"], "PRE_BUILD", "docker login"),
    (["ecr:PutImage", "ecr:BatchGetImage"], "POST_BUILD", "docker push"),
])
def test_a_role_that_lacks_a_right(codebuild, server, iam, logs, sample, without, phase, words):
    world.allow(iam, without=without)
    built = finished(codebuild, server, codebuild.start_build(projectName="app"))
    where, message = problem(built)
    assert (where, built["buildStatus"]) == (phase, "FAILED") and words in message
    if phase in ("PRE_BUILD", "POST_BUILD"):
        assert f"is not authorized to perform: {without[0]} on resource" in log(logs, built)


def test_docker_wants_a_privileged_build(codebuild, server, sample, logs):
    built = finished(codebuild, server, codebuild.start_build(projectName="app", privilegedModeOverride=False))
    assert problem(built)[0] == "BUILD"
    assert "Cannot connect to the Docker daemon at unix:///var/run/docker.sock" in log(logs, built)


@pytest.mark.parametrize("more, words", [
    ({"sourceVersion": "none"}, "reference not found for primary source and source version none"),
    ({"sourceLocationOverride": "https://gitlab.com/group/other"}, "repository not found for primary source"),
    ({"buildspecOverride": "other.yml"}, "YAML file does not exist"),
])
def test_a_source_that_is_not_there(codebuild, server, sample, more, words):
    built = finished(codebuild, server, codebuild.start_build(projectName="app", **more))
    assert problem(built)[0] == "DOWNLOAD_SOURCE" and words in problem(built)[1]


def test_an_image_that_is_not_there(codebuild, build, server):
    built = build("true", imageOverride="aws/codebuild/standard:99.0")
    assert problem(built)[0] == "PROVISIONING"


@pytest.mark.parametrize("command, output", [
    ('echo "$CODEBUILD_BUILD_ID"', "app:"),
    ("A=1; B=${A}2; echo $B-${C:-none}-${#B}", "12-none-2\n"),
    ("'V=refs/heads/main; echo ${V##*/} ${V#refs/}'", "main heads/main\n"),
    ("echo one > f && cat f | tr a-z A-Z", "ONE\n"),
    ("if [ -f nothing ]; then echo yes; else echo no; fi", "no\n"),
    ("for x in a b; do echo $x; done", "a\nb\n"),
    ("printf '<x>' > t && sed -i \"s|<x>|$AWS_REGION|\" t && cat t", "eu-central-1"),
    ("aws sts get-caller-identity --query Account --output text", "123456789012\n"),
    ("echo $(echo inner | cut -c 1-3)", "inn\n"),
    ("false || echo rescued", "rescued\n"),
    ("test 1 = 2 || (exit 3) || echo $?", "3\n"),
    ("echo gone > /dev/null; echo err >&2", "err\n"),
    ("TAG=; T=${TAG:=latest}; echo $TAG $T", "latest latest\n"),
    ("echo '<artifactId>app</artifactId>' > pom.xml; mvn -q package && ls target", "app-0.0.1.jar\n"),
    ("yum install -y jq", "(simulated) yum install -y jq\n"),
])
def test_commands(build, logs, command, output):
    built = build(command)
    assert built["buildStatus"] == "SUCCEEDED", problem(built)
    assert output in log(logs, built)


@pytest.mark.parametrize("command, status", [
    ("terraform apply", 127), ("exit 7", 7), ("cat none", 1), ("while true; do echo; done", 2), ("\"echo 'open\"", 2),
    ("cd none", 1), ("test a -gt b", 2), ("docker run app", 1), ("aws s3 ls", 252),
    ("mvn package", 1), ("npm ci", 254), ("./mvnw package", 127), ("git rev-parse HEAD", 128), ("jq .", 127),
])
def test_commands_that_fail(build, command, status):
    built = build(command)
    assert problem(built)[0] == "BUILD" and problem(built)[1].endswith(f"Reason: exit status {status}")


def test_a_machine_has_bounds(build):
    doubled = ["X=xxxxxxxxxxxxxxxx"] + ['X="$X$X"'] * 40
    assert problem(build(*doubled))[0] == "BUILD"
    loops = "for a in 1 2 3 4 5 6 7 8 9 10; do " * 6 + "true" + "; done" * 6
    assert "137" in problem(build(loops))[1]


def test_what_a_parameter_gives(codebuild, build, ssm, logs, iam):
    ssm.put_parameter(Name="/app/secret", Type="SecureString", Value="s3cret")
    variable = {"name": "SECRET", "value": "/app/secret", "type": "PARAMETER_STORE"}
    assert "length 6" in log(logs, build("echo length ${#SECRET}", environmentVariablesOverride=[variable]))
    missing = build("true", environmentVariablesOverride=[variable | {"value": "/app/none"}])
    assert problem(missing) == ("DOWNLOAD_SOURCE", "parameter does not exist: /app/none")
    world.allow(iam, without=["ssm:GetParameters"])
    denied = build("true", environmentVariablesOverride=[variable])
    assert "ssm:GetParameters" in problem(denied)[1]


def test_exported_variables_and_finally(codebuild, role, server, logs):
    text = (
        "version: 0.2\nenv:\n  exported-variables: [TAG]\nphases:\n  build:\n    commands:\n      - TAG=v1\n      - false\n"
        "      - echo never\n    finally:\n      - echo always\n"
    )
    codebuild.create_project(**world.project(role, text))
    built = finished(codebuild, server, codebuild.start_build(projectName="app"))
    assert built["exportedEnvironmentVariables"] == [{"name": "TAG", "value": "v1"}]
    written = log(logs, built)
    assert "\nalways" in written and "\nnever" not in written


def test_artifacts_that_are_not_there(codebuild, server, role):
    text = "version: 0.2\nphases: {}\nartifacts:\n  files: [none.json]\n"
    codebuild.create_project(**world.project(role, text, artifacts={"type": "S3", "location": "bucket"}))
    built = finished(codebuild, server, codebuild.start_build(projectName="app"))
    assert problem(built) == ("UPLOAD_ARTIFACTS", "no matching artifact paths found")


def test_start_is_refused(codebuild, build, iam, role):
    with refusal(codebuild, "ResourceNotFoundException", "Project cannot be found"):
        codebuild.start_build(projectName="none")
    with refusal(codebuild, "InvalidInputException", "between 5 and 2160"):
        codebuild.start_build(projectName="app", timeoutInMinutesOverride=1)
    codebuild.create_project(**world.project(
        role, name="piped", source={"type": "CODEPIPELINE"}, artifacts={"type": "CODEPIPELINE"}
    ))
    with refusal(codebuild, "InvalidInputException", "ArtifactsOverride must be set"):
        codebuild.start_build(projectName="piped")
    codebuild.update_project(name="app", concurrentBuildLimit=1)
    codebuild.start_build(projectName="app")
    with refusal(codebuild, "AccountLimitExceededException"):
        codebuild.start_build(projectName="app")
    iam.delete_role_policy(RoleName="build", PolicyName="build")
    iam.delete_role(RoleName="build")
    with refusal(codebuild, "InvalidInputException", "sts:AssumeRole"):
        codebuild.start_build(projectName="piped", artifactsOverride={"type": "NO_ARTIFACTS"},
                              sourceTypeOverride="NO_SOURCE", buildspecOverride="x")


def test_a_build_that_takes_too_long(codebuild, build):
    built = build("sleep 2h", timeoutInMinutesOverride=5)
    assert built["buildStatus"] == "TIMED_OUT" and phases(built)["BUILD"] == "TIMED_OUT"


def test_stop_and_retry(codebuild, build, server):
    started = codebuild.start_build(projectName="app")["build"]
    with refusal(codebuild, "InvalidInputException", "in progress"):
        codebuild.retry_build(id=started["id"])
    for _ in range(2):
        stopped = codebuild.stop_build(id=started["id"])["build"]
        assert stopped["buildStatus"] == "STOPPED" and stopped["buildComplete"]
    for _ in range(2):
        again = codebuild.retry_build(id=started["id"])
        assert again["build"]["id"] != started["id"]
        assert finished(codebuild, server, again)["buildStatus"] == "SUCCEEDED"
    nobody = "app:00000000-0000-0000-0000-000000000000"
    for call in codebuild.stop_build, codebuild.retry_build:
        with refusal(codebuild, "ResourceNotFoundException"):
            call(id=nobody)
        with refusal(codebuild, "InvalidInputException", "Invalid build ID"):
            call(id="none")


def test_list_and_delete(codebuild, build, role, server):
    codebuild.create_project(**world.project(role, name="other"))
    ids = []
    for project in "app", "other", "app":
        ids.append(codebuild.start_build(projectName=project)["build"]["id"])
        server.advance(1)
    for _ in range(2):
        assert codebuild.list_builds()["ids"] == ids[::-1]
        assert codebuild.list_builds_for_project(projectName="app", sortOrder="ASCENDING")["ids"] == [ids[0], ids[2]]
    for call, more in (codebuild.list_builds, {}), (codebuild.list_builds_for_project, {"projectName": "app"}):
        with refusal(codebuild, "InvalidInputException"):
            call(nextToken="?", **more)
    with refusal(codebuild, "ResourceNotFoundException"):
        codebuild.list_builds_for_project(projectName="none")
    ids.append(codebuild.start_build(projectName="app")["build"]["id"])
    busy = codebuild.batch_delete_builds(ids=[ids[3]])
    assert busy["buildsDeleted"] == [] and busy["buildsNotDeleted"][0]["statusCode"] == "BUILD_IN_PROGRESS"
    server.advance(600)
    gone = codebuild.batch_delete_builds(ids=[ids[0]])
    assert len(gone["buildsDeleted"]) == 1 and codebuild.list_builds()["ids"] == ids[:0:-1]
    assert codebuild.batch_delete_builds(ids=[ids[0]])["buildsDeleted"] == []
    assert codebuild.batch_get_builds(ids=[ids[0]])["buildsNotFound"] == [ids[0]]
    for call in codebuild.batch_delete_builds, codebuild.batch_get_builds:
        with refusal(codebuild, "InvalidInputException"):
            call(ids=[])


@pytest.mark.parametrize("packaging", ["NONE", "ZIP"])
def test_artifacts_in_a_bucket(codebuild, server, role, s3, packaging):
    s3.create_bucket(Bucket="bucket-of-builds", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    text = (
        "version: 0.2\nphases:\n  build:\n    commands: [\"mkdir -p out\", \"echo hi > out/a.txt\"]\n"
        "artifacts:\n  base-directory: out\n  files: ['**/*']\n"
    )
    artifacts = {"type": "S3", "location": "bucket-of-builds", "path": "builds", "packaging": packaging}
    codebuild.create_project(**world.project(role, text, artifacts=artifacts))
    built = finished(codebuild, server, codebuild.start_build(projectName="app"))
    assert built["artifacts"]["location"] == "arn:aws:s3:::bucket-of-builds/builds/app"
    key = "builds/app" if packaging == "ZIP" else "builds/app/a.txt"
    body = s3.get_object(Bucket="bucket-of-builds", Key=key)["Body"].read()
    if packaging == "ZIP":
        body = zipfile.ZipFile(io.BytesIO(body)).read("a.txt")
    assert body == b"hi\n"


def test_artifacts_that_may_not_go_there(codebuild, server, role, iam):
    world.allow(iam, without=["s3:PutObject"])
    text = "version: 0.2\nphases:\n  build:\n    commands: [touch a]\nartifacts:\n  files: [a]\n"
    codebuild.create_project(**world.project(role, text, artifacts={"type": "S3", "location": "none"}))
    built = finished(codebuild, server, codebuild.start_build(projectName="app"))
    assert problem(built)[0] == "UPLOAD_ARTIFACTS" and "s3:PutObject" in problem(built)[1]
