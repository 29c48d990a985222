"""ECS: what is in the containers, and what keeps it from running."""

import json

import pytest

from world import CLUSTER, EXECUTION_ROLE, GROUP, REGION, SERVICE

PASSWORD = "postgres123"


@pytest.fixture
def database(world):
    """A function that makes the database that the machines reach, and gives its endpoint."""

    def make(*rules):
        guard = world.security_group("database", *(rules or [(5432, 5432, "0.0.0.0/0")]))
        world.rds.create_db_cluster(
            DBClusterIdentifier="db", Engine="aurora-postgresql", MasterUsername="postgres",
            MasterUserPassword=PASSWORD, DatabaseName="demo", VpcSecurityGroupIds=[guard])
        world.rds.create_db_instance(DBInstanceIdentifier="db-1", DBClusterIdentifier="db",
                                     Engine="aurora-postgresql", DBInstanceClass="db.t3.medium")
        world.pass_by(900)
        return world.rds.describe_db_clusters(DBClusterIdentifier="db")["DBClusters"][0]["Endpoint"]

    return make


def environment(url, user="postgres", password=PASSWORD):
    values = {"URL": url, "USERNAME": user, "PASSWORD": password}
    return [{"name": f"SPRING_DATASOURCE_{name}", "value": value} for name, value in values.items() if value]


def logging(**options):
    return {"logDriver": "awslogs", "options": {
        "awslogs-group": GROUP, "awslogs-region": REGION, "awslogs-stream-prefix": "ecs", **options}}


def run(world, count=1, **container):
    """Runs a service of one task with that container."""
    world.service(count, definition=world.definition(container=container))


def lines(world, task):
    stream = f"ecs/web/{task['taskArn'].split('/')[-1]}"
    events = world.logs.get_log_events(logGroupName=GROUP, logStreamName=stream)["events"]
    return [event["message"] for event in events]


def test_it_runs_with_its_database(world, database):
    endpoint = database()
    world.cluster()
    world.logs.create_log_group(logGroupName=GROUP)
    run(world, environment=environment(f"jdbc:postgresql://{endpoint}:5432/demo"), logConfiguration=logging())
    world.pass_by(200)
    assert world.served()["runningCount"] == 1
    assert lines(world, world.tasks()[0])
    assert not world.tasks("STOPPED")


@pytest.mark.parametrize("url, user, password, words", [
    ("jdbc:postgresql://nowhere.example:5432/demo", "postgres", PASSWORD, "UnknownHostException: nowhere.example"),
    ("jdbc:postgresql://{}:5432/other", "postgres", PASSWORD, 'FATAL: database "other" does not exist'),
    ("jdbc:postgresql://{}:5432/demo", "postgres", "wrong123",
     'FATAL: password authentication failed for user "postgres"'),
    ("jdbc:postgresql://{}:5432/demo", "root", PASSWORD, 'FATAL: password authentication failed for user "root"'),
    ("jdbc:postgresql://{}:5432/demo", "postgres", None, "no password was provided"),
    ("jdbc:postgresql://{}:5433/demo", "postgres", PASSWORD, "Connect timed out"),
    ("postgresql://{}:5432/demo", "postgres", PASSWORD, "claims to not accept jdbcUrl"),
])
def test_it_ends_without_its_database(world, database, url, user, password, words):
    endpoint = database()
    world.cluster()
    world.logs.create_log_group(logGroupName=GROUP)
    run(world, environment=environment(url.format(endpoint), user, password), logConfiguration=logging())
    world.pass_by(100)
    task = world.tasks("STOPPED")[0]
    assert task["stoppedReason"] == "Essential container in task exited"
    assert task["stopCode"] == "EssentialContainerExited"
    assert task["containers"][0]["exitCode"] == 1
    assert any(words in line for line in lines(world, task))


def test_a_database_that_the_machines_do_not_reach(world, database):
    endpoint = database((5432, 5432, "203.0.113.7/32"))
    world.cluster()
    world.logs.create_log_group(logGroupName=GROUP)
    run(world, environment=environment(f"jdbc:postgresql://{endpoint}:5432/demo"), logConfiguration=logging())
    world.pass_by(120)
    assert any("Connect timed out" in line for line in lines(world, world.tasks("STOPPED")[0]))


def test_the_database_s_password_changes(world, database):
    endpoint = database()
    world.cluster()
    run(world, environment=environment(f"jdbc:postgresql://{endpoint}:5432/demo", password="another123"))
    world.pass_by(100)
    assert world.tasks("STOPPED")
    world.rds.modify_db_cluster(DBClusterIdentifier="db", MasterUserPassword="another123", ApplyImmediately=True)
    world.pass_by(400)
    assert world.served()["runningCount"] == 1
    assert world.messages()[0] == f"(service {SERVICE}) has reached a steady state."


def test_a_password_from_the_parameter_store(world, database):
    endpoint = database()
    world.cluster()
    secrets = [{"name": "SPRING_DATASOURCE_PASSWORD", "valueFrom": "/demo/password"}]
    run(world, environment=environment(f"jdbc:postgresql://{endpoint}/demo", password=None), secrets=secrets)
    world.pass_by(60)
    reason = world.tasks("STOPPED")[0]["stoppedReason"]
    assert "Fetching secret data from SSM Parameter Store in eu-central-1: AccessDeniedException: " in reason
    assert "is not authorized to perform: ssm:GetParameters" in reason
    statement = {"Effect": "Allow", "Action": "ssm:GetParameters",
                 "Resource": "arn:aws:ssm:eu-central-1:123456789012:parameter/demo/*"}
    world.iam.put_role_policy(RoleName="ecsTaskExecutionRole", PolicyName="secrets",
                              PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": statement}))
    world.pass_by(60)
    reasons = [task["stoppedReason"] for task in world.tasks("STOPPED")]
    assert any(reason.endswith("invalid parameters: /demo/password") for reason in reasons)
    world.ssm.put_parameter(Name="/demo/password", Type="SecureString", Value=PASSWORD)
    world.pass_by(2000)
    assert world.served()["runningCount"] == 1


def test_no_log_group(world):
    world.cluster()
    run(world, logConfiguration=logging())
    world.pass_by(60)
    reason = world.tasks("STOPPED")[0]["stoppedReason"]
    assert reason.startswith("CannotStartContainerError: ")
    assert reason.endswith("ResourceNotFoundException: The specified log group does not exist.")
    assert world.tasks("STOPPED")[0]["containers"][0]["reason"] == reason


def test_a_log_group_that_is_made(world):
    world.cluster()
    run(world, logConfiguration=logging(**{"awslogs-create-group": "true"}))
    world.pass_by(60)
    assert "is not authorized to perform: logs:CreateLogGroup" in world.tasks("STOPPED")[0]["stoppedReason"]
    world.iam.attach_role_policy(RoleName="ecsTaskExecutionRole",
                                 PolicyArn="arn:aws:iam::aws:policy/CloudWatchLogsFullAccess")
    world.pass_by(200)
    assert lines(world, world.tasks()[0])


def test_a_role_that_may_not_pull(world):
    world.cluster()
    world.image()
    world.iam.detach_role_policy(
        RoleName="ecsTaskExecutionRole",
        PolicyArn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy")
    run(world, image="123456789012.dkr.ecr.eu-central-1.amazonaws.com/app")
    world.pass_by(60)
    reason = world.tasks("STOPPED")[0]["stoppedReason"]
    assert reason.startswith("CannotPullECRContainerError: AccessDeniedException: User: arn:aws:sts::123456789012:")
    assert "is not authorized to perform: ecr:GetAuthorizationToken" in reason


@pytest.mark.parametrize("image, words", [
    ("123456789012.dkr.ecr.eu-central-1.amazonaws.com/none:1", "The repository with name 'none' does not exist"),
    ("210987654321.dkr.ecr.eu-central-1.amazonaws.com/app:1", "no resource-based policy allows"),
    ("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1", "The repository with name 'app' does not exist"),
])
def test_images_that_are_not_there(world, image, words):
    world.cluster()
    # The machine's own role counts where there is no execution role.
    definition = world.ecs.register_task_definition(
        family="other", containerDefinitions=[world.container(image=image, memory=100)])["taskDefinition"]
    world.service(1, definition=definition["taskDefinitionArn"])
    world.iam.attach_role_policy(RoleName="ecsInstanceRole",
                                 PolicyArn="arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly")
    world.pass_by(60)
    assert words in world.tasks("STOPPED")[0]["stoppedReason"]


def test_a_role_that_cannot_be_assumed(world):
    world.cluster()
    world.role("wrong", "ec2.amazonaws.com")
    role = "arn:aws:iam::123456789012:role/wrong"
    world.service(definition=world.definition(executionRoleArn=role))
    world.pass_by(20)
    assert f"failed to launch a task with (error ECS was unable to assume the role '{role}'" in world.messages()[0]
    assert not world.tasks() and not world.tasks("STOPPED")


def test_the_health_check_of_a_container(world):
    world.cluster()
    run(world, healthCheck={"command": ["CMD-SHELL", "curl -f http://localhost:8080/"], "interval": 10})
    world.pass_by(20)
    assert world.tasks()[0]["healthStatus"] == "UNKNOWN"
    world.pass_by(60)
    assert world.tasks()[0]["healthStatus"] == "HEALTHY"


def test_a_port_on_which_nothing_listens(world, database):
    endpoint = database()
    blue, = world.balancer()
    world.cluster(security_groups=[world.security_group("machines", (32768, 65535, world.guard))])
    mapping = [{"containerPort": 80, "hostPort": 0}]
    definition = world.definition(container={
        "portMappings": mapping, "environment": environment(f"jdbc:postgresql://{endpoint}/demo")})
    world.service(1, definition=definition, loadBalancers=world.behind(blue, port=80))
    world.pass_by(300)
    assert any("is unhealthy in" in message and "(reason Health checks failed)" in message
               for message in world.messages())


def test_a_path_that_is_not_there(world):
    blue, = world.balancer(path="/nothing")
    world.cluster(security_groups=[world.security_group("machines", (32768, 65535, world.guard))])
    world.service(1, loadBalancers=world.behind(blue))
    world.pass_by(300)
    assert any("Health checks failed with these codes: [404]" in message for message in world.messages())


def test_a_database_of_another_engine(world):
    guard = world.security_group("database", (5432, 5432, "0.0.0.0/0"))
    world.rds.create_db_cluster(DBClusterIdentifier="db", Engine="aurora-mysql", MasterUsername="postgres", Port=5432,
                                MasterUserPassword=PASSWORD, VpcSecurityGroupIds=[guard])
    world.rds.create_db_instance(DBInstanceIdentifier="db-1", DBClusterIdentifier="db", Engine="aurora-mysql",
                                 DBInstanceClass="db.t3.medium")
    world.pass_by(900)
    endpoint = world.rds.describe_db_clusters(DBClusterIdentifier="db")["DBClusters"][0]["Endpoint"]
    world.cluster()
    world.logs.create_log_group(logGroupName=GROUP)
    run(world, environment=environment(f"jdbc:postgresql://{endpoint}:5432/demo"), logConfiguration=logging())
    world.pass_by(100)
    assert any("Protocol error" in line for line in lines(world, world.tasks("STOPPED")[0]))
