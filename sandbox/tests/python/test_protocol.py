"""What holds for every service: signatures, operations that there are not, Regions, time."""

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from expect import refusal


@pytest.mark.parametrize("service, call, code", [
    ("sts", "get_caller_identity", "SignatureDoesNotMatch"),
    ("ec2", "describe_vpcs", "AuthFailure"),
    ("ssm", "describe_parameters", "InvalidSignatureException"),
])
def test_another_secret_is_refused_in_the_services_words(client, service, call, code):
    with pytest.raises(ClientError) as caught:
        getattr(client(service, secret="another"), call)()
    assert caught.value.response["Error"]["Code"] == code


@pytest.mark.parametrize("service, call, code", [
    ("sts", "get_caller_identity", "InvalidClientTokenId"),
    ("ec2", "describe_vpcs", "AuthFailure"),
    ("ssm", "describe_parameters", "UnrecognizedClientException"),
])
def test_an_unknown_key_is_refused_in_the_services_words(client, service, call, code):
    with pytest.raises(ClientError) as caught:
        getattr(client(service, key="AKIAUNKNOWN"), call)()
    assert caught.value.response["Error"]["Code"] == code


def test_no_signature_at_all(server):
    unsigned = boto3.client(
        "ssm", endpoint_url=server.url, region_name="eu-central-1", config=Config(signature_version=UNSIGNED)
    )
    with pytest.raises(ClientError) as caught:
        unsigned.describe_parameters()
    assert caught.value.response["Error"]["Code"] == "MissingAuthenticationTokenException"


def test_an_operation_that_there_is_not(sts, ssm, ec2):
    with refusal(sts, "InvalidAction", "Could not find operation GetSessionToken for version 2011-06-15"):
        sts.get_session_token()
    with refusal(ec2, "InvalidAction"):
        ec2.describe_vpn_gateways()
    with refusal(ssm, "UnknownOperationException"):
        ssm.describe_instance_information()


def test_a_region_that_there_is_not(client):
    with pytest.raises(ClientError) as caught:
        client("ssm", region="eu-central-9").describe_parameters()
    assert caught.value.response["Error"]["Message"] == "Credential should be scoped to a valid region."


def test_regions_are_apart_but_for_iam(client):
    here, there = client("ssm", region="eu-central-1"), client("ssm", region="eu-west-1")
    here.put_parameter(Name="a", Type="String", Value="1")
    assert there.describe_parameters()["Parameters"] == []
    policy = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}'
    client("iam", region="eu-central-1").create_role(RoleName="r", AssumeRolePolicyDocument=policy)
    assert len(client("iam", region="eu-west-1").list_roles()["Roles"]) == 1


@pytest.mark.parametrize("service, query, code", [
    ("iam", "Version=2010-05-08", "MissingAction"),
    ("iam", "Action=GetRole&Version=2009-01-01&RoleName=x", "InvalidAction"),
    ("iam", "Action=GetRole&Version=2010-05-08&Role..Name=x", "MalformedQueryString"),
    ("iam", "Action=ListRoles&Version=2010-05-08&MaxItems=many", "MalformedInput"),
])
def test_forms_that_are_none(raw, service, query, code):
    status, body = raw(service, query)
    assert status == 400
    assert f"<Code>{code}</Code>" in body


@pytest.mark.parametrize("body", ["{", "[]", '{"Name": 5}', '{"Name": "a", "WithDecryption": "true"}'])
def test_json_that_is_none(raw, body):
    status, answer = raw("ssm", body, target="AmazonSSM.GetParameter")
    assert status == 400
    assert '"__type":"SerializationException"' in answer


def test_an_answer_bears_its_request_id_twice(iam, raw):
    answer = iam.list_roles()["ResponseMetadata"]
    assert answer["RequestId"] == answer["HTTPHeaders"]["x-amzn-requestid"]
    assert iam.list_roles()["ResponseMetadata"]["RequestId"] != answer["RequestId"]


def test_time_stamps_follow_the_accounts_clock(server, ssm):
    ssm.put_parameter(Name="a", Type="String", Value="1")
    server.advance(3600)
    ssm.put_parameter(Name="b", Type="String", Value="1")
    a, b = (ssm.get_parameter(Name=name)["Parameter"]["LastModifiedDate"] for name in "ab")
    assert 3600 <= (b - a).total_seconds() < 3700


def test_rpc_v2_with_cbor(server, monkeypatch):
    monkeypatch.setattr("botocore.model.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS", ("smithy-rpc-v2-cbor",))
    monkeypatch.setattr(server, "_clients", {})
    codedeploy = server.client("codedeploy")
    assert codedeploy.meta.service_model.resolved_protocol == "smithy-rpc-v2-cbor"
    made = codedeploy.create_application(applicationName="shop", computePlatform="ECS")["applicationId"]
    found = codedeploy.get_application(applicationName="shop")["application"]
    assert (found["applicationId"], found["createTime"].tzinfo is not None) == (made, True)
    with refusal(codedeploy, "ApplicationDoesNotExistException", "none"):
        codedeploy.get_application(applicationName="none")
    with refusal(codedeploy, "UnknownOperationException"):
        codedeploy.list_on_premises_instances()
    with pytest.raises(ClientError) as caught:
        server.client("codedeploy", secret="another").list_applications()
    assert caught.value.response["Error"]["Code"] == "InvalidSignatureException"
