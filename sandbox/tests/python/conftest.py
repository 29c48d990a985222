"""A sandbox account over HTTP for every test: fresh, and asked through boto3.

The server is the crate's example `serve`, built once a run. Set SANDBOX_URL to
use one that runs already.

What the tests ask is observed (`observed.py`), so that an operation that is
not tried in every way it can be fails the run.
"""

import json
import os
import subprocess
import urllib.parse
import urllib.request
from pathlib import Path

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.httpsession import URLLib3Session

import shapes
from observed import Observed
from world import World

ROOT = Path(__file__).resolve().parents[3]
KEY = "AKIASANDBOXEXAMPLE00"
SECRET = "sandbox/secret/access/key/of/the/example"
ACCOUNT = "123456789012"
REGION = "eu-central-1"

#: boto3's names of services, where they are not the signing names.
BOTO3_NAMES = {"elasticloadbalancing": "elbv2"}


class Server:
    """The example server: where it is, and what tests may ask of it."""

    def __init__(self, url):
        self.url = url
        self.observed = Observed()
        self._clients = {}

    def client(self, service, region=REGION, secret=SECRET, key=KEY):
        asked = (service, region, secret, key)
        if asked not in self._clients:
            made = boto3.client(
                BOTO3_NAMES.get(service, service),
                endpoint_url=self.url,
                region_name=region,
                aws_access_key_id=key,
                aws_secret_access_key=secret,
                # Only the sandbox's own rules are to be tested, not botocore's; and
                # a refusal is an answer, not a reason to try again.
                config=Config(parameter_validation=False, retries={"total_max_attempts": 1}),
            )
            made.meta.events.register("before-parse", shapes.check)
            self._clients[asked] = made
        return self._clients[asked]

    def reset(self, speed=20):
        """A fresh account whose machines are that much faster than AWS's."""
        self.observe()
        self.start_over(speed)

    def start_over(self, speed=20):
        """As `reset`, but what was asked so far counts for nothing."""
        self._post(f"/__reset__?speed={speed}")

    def advance(self, seconds):
        """Lets the account's clock go on."""
        self._post(f"/__advance__?seconds={seconds}")

    def handshake(self, arn, region=REGION):
        """A person finishes a connection's handshake in the console."""
        self._post("/__handshake__?" + urllib.parse.urlencode({"region": region, "arn": arn}))

    def push(self, commit, files, repository="group/tripmgmt", branch="main"):
        """Somebody pushes a commit to a repository that connections may reach."""
        asked = {"repository": repository, "branch": branch, "commit": commit}
        self._post("/__push__?" + urllib.parse.urlencode(asked), json.dumps(files).encode())

    def limit(self, *statements):
        """The caller may do what these statements allow; without any, everything."""
        document = json.dumps({"Version": "2012-10-17", "Statement": statements}) if statements else ""
        self._post("/__limit__", document.encode())

    def operations(self):
        """Every operation, as ("iam", "CreateRole")."""
        return {tuple(line.split()) for line in self._get("/__operations__").splitlines()}

    def observe(self):
        """Takes note of what was asked of the account so far."""
        self.observed.note(self._get("/__events__"))

    def _get(self, path):
        with urllib.request.urlopen(self.url + path) as answer:
            return answer.read().decode()

    def _post(self, path, body=None):
        urllib.request.urlopen(urllib.request.Request(self.url + path, body, method="POST")).close()


@pytest.fixture(scope="session")
def server():
    if url := os.environ.get("SANDBOX_URL"):
        yield Server(url)
        return
    build = ["cargo", "build", "--quiet", "--package", "sandbox", "--example", "serve"]
    subprocess.run(build, cwd=ROOT, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    program = target / "debug/examples/serve"
    with subprocess.Popen([program], stdout=subprocess.PIPE, text=True) as process:
        yield Server(process.stdout.readline().removeprefix("listening on ").strip())
        process.terminate()


@pytest.fixture(autouse=True)
def account(server):
    """A fresh account for the test: its id."""
    server.reset()
    return ACCOUNT


@pytest.fixture
def client(server):
    """Makes clients: `client("rds")`, `client("ec2", region="eu-west-1")`."""
    return server.client


def service(name, fixture=None):
    """A fixture that is the client of one service, by the service's name if by no other."""
    return pytest.fixture(name=fixture or name)(lambda server: server.client(name))


sts = service("sts")
iam = service("iam")
ssm = service("ssm")
logs = service("logs")
ec2 = service("ec2")
rds = service("rds")
ecr = service("ecr")
codebuild = service("codebuild")
s3 = service("s3")
codedeploy = service("codedeploy")
ecs = service("ecs")
autoscaling = service("autoscaling")
elb = service("elasticloadbalancing", "elb")


@pytest.fixture
def world(server):
    """Makes what an ECS service needs around it, piece by piece."""
    return World(server)


def pytest_collection_modifyitems(session, config, items):
    """The test of what was tried comes last, and only after all the others."""
    last = [item for item in items if item.path.name == "test_every_operation.py"]
    items[:] = [item for item in items if item not in last] + last
    files = {path.name for path in Path(__file__).parent.glob("test_*.py")}
    selected = config.option.keyword or config.option.markexpr or any("::" in arg for arg in config.args)
    if selected or files - {item.path.name for item in items}:
        for item in last:
            item.add_marker(pytest.mark.skip(reason="only a part of the tests is run"))


@pytest.fixture
def raw(server):
    """Sends a signed body as it is, and gives back the status and the answer's text."""

    def send(service, body, target=None):
        kind = "application/x-amz-json-1.1" if target else "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind} | ({"X-Amz-Target": target} if target else {})
        request = AWSRequest("POST", server.url + "/", headers, body.encode())
        SigV4Auth(Credentials(KEY, SECRET), service, REGION).add_auth(request)
        answer = URLLib3Session().send(request.prepare())
        return answer.status_code, answer.text

    return send
