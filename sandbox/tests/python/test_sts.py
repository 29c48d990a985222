"""STS."""

from expect import refusal


def test_the_caller_is_the_accounts_administrator(sts, account):
    identity = sts.get_caller_identity()
    assert identity["Account"] == account
    assert identity["Arn"] == f"arn:aws:iam::{account}:user/admin"
    assert identity["UserId"].startswith("AIDA")
    assert sts.get_caller_identity()["UserId"] == identity["UserId"]


def test_a_parameter_too_many_is_refused(sts, raw):
    status, body = raw("sts", "Action=GetCallerIdentity&Version=2011-06-15&Who=me")
    assert status == 400
    assert "<Code>ValidationError</Code>" in body and "Who" in body


def test_the_iam_user_is_the_same(sts, iam):
    for asked in ({}, {}, {"UserName": "admin"}):
        assert iam.get_user(**asked)["User"]["Arn"] == sts.get_caller_identity()["Arn"]
    with refusal(iam, "NoSuchEntity", "The user with name eva cannot be found."):
        iam.get_user(UserName="eva")
    with refusal(iam, "ValidationError", "The specified value for userName is invalid."):
        iam.get_user(UserName="e v a")
