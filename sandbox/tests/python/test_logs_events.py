"""CloudWatch Logs: streams and events."""

import time

import pytest

from expect import refusal

GROUP = "/aws/codebuild/app"
STREAM = "8a9b/1"


@pytest.fixture
def stream(logs):
    logs.create_log_group(logGroupName=GROUP)
    logs.create_log_stream(logGroupName=GROUP, logStreamName=STREAM)
    return {"logGroupName": GROUP, "logStreamName": STREAM}


def present():
    return int(time.time() * 1000)


def put(logs, stream, *messages, at=None):
    at = at or present()
    events = [{"timestamp": at + n, "message": message} for n, message in enumerate(messages)]
    return logs.put_log_events(**stream, logEvents=events)


def messages(answer):
    return [event["message"] for event in answer["events"]]


def test_streams(logs, stream, account):
    found = logs.describe_log_streams(logGroupName=GROUP)["logStreams"]
    assert [it["logStreamName"] for it in found] == [STREAM]
    assert found[0]["arn"] == f"arn:aws:logs:eu-central-1:{account}:log-group:{GROUP}:log-stream:{STREAM}"
    assert "lastEventTimestamp" not in found[0]
    assert logs.describe_log_streams(logGroupName=GROUP)["logStreams"] == found
    with refusal(logs, "ResourceAlreadyExistsException"):
        logs.create_log_stream(**stream)
    logs.delete_log_stream(**stream)
    assert logs.describe_log_streams(logGroupName=GROUP)["logStreams"] == []
    with refusal(logs, "ResourceNotFoundException", "log stream"):
        logs.delete_log_stream(**stream)


@pytest.mark.parametrize("name, words", [("", "greater than or equal to 1"), ("a:b", "[^:*]*"), ("x" * 513, "512")])
def test_names_of_streams(logs, stream, name, words):
    for call in logs.create_log_stream, logs.delete_log_stream, logs.get_log_events:
        with refusal(logs, "InvalidParameterException", words):
            call(logGroupName=GROUP, logStreamName=name)
    with refusal(logs, "InvalidParameterException", words):
        logs.put_log_events(logGroupName=GROUP, logStreamName=name, logEvents=[])


def test_no_such_group_or_stream(logs, stream):
    events = [{"timestamp": present(), "message": "a"}]
    for group, name in ("none", STREAM), (GROUP, "none"):
        with refusal(logs, "ResourceNotFoundException"):
            logs.get_log_events(logGroupName=group, logStreamName=name)
        with refusal(logs, "ResourceNotFoundException"):
            logs.put_log_events(logGroupName=group, logStreamName=name, logEvents=events)
        with refusal(logs, "ResourceNotFoundException"):
            logs.filter_log_events(logGroupName=group, logStreamNames=[name])
    with refusal(logs, "ResourceNotFoundException"):
        logs.create_log_stream(logGroupName="none", logStreamName="a")
    with refusal(logs, "ResourceNotFoundException"):
        logs.describe_log_streams(logGroupName="none")


def test_streams_in_order_and_in_pages(logs, stream):
    for name in "c", "a", "b":
        logs.create_log_stream(logGroupName=GROUP, logStreamName=name)
    for offset, name in enumerate(("b", "a")):
        put(logs, {"logGroupName": GROUP, "logStreamName": name}, name, at=present() + 1000 * offset)
    names = lambda **given: [
        it["logStreamName"] for it in logs.describe_log_streams(logGroupName=GROUP, **given)["logStreams"]
    ]
    assert names() == [STREAM, "a", "b", "c"]
    assert names(descending=True) == ["c", "b", "a", STREAM]
    assert names(orderBy="LastEventTime", descending=True)[:2] == ["a", "b"]
    assert names(logStreamNamePrefix="8") == [STREAM]
    first = logs.describe_log_streams(logGroupName=GROUP, limit=3)
    rest = logs.describe_log_streams(logGroupName=GROUP, limit=3, nextToken=first["nextToken"])
    assert len(first["logStreams"]) == 3 and len(rest["logStreams"]) == 1 and "nextToken" not in rest
    for given in (
        {"orderBy": "LastEventTime", "logStreamNamePrefix": "8"}, {"limit": 0}, {"limit": 51}, {"nextToken": "?"},
        {"logGroupIdentifier": GROUP},
    ):
        with refusal(logs, "InvalidParameterException"):
            logs.describe_log_streams(logGroupName=GROUP, **given)


def test_a_page_and_back(logs, stream):
    put(logs, stream, *"abcde")
    last = logs.get_log_events(**stream, limit=2)
    assert messages(last) == ["d", "e"]
    before = logs.get_log_events(**stream, limit=2, nextToken=last["nextBackwardToken"])
    assert messages(before) == ["b", "c"]
    head = logs.get_log_events(**stream, limit=3, startFromHead=True)
    assert messages(head) == ["a", "b", "c"]
    rest = logs.get_log_events(**stream, limit=3, startFromHead=True, nextToken=head["nextForwardToken"])
    assert messages(rest) == ["d", "e"]
    end = logs.get_log_events(**stream, startFromHead=True, nextToken=rest["nextForwardToken"])
    assert messages(end) == [] and end["nextForwardToken"] == rest["nextForwardToken"]
    put(logs, stream, "f", at=present() + 5000)
    more = logs.get_log_events(**stream, startFromHead=True, nextToken=end["nextForwardToken"])
    assert messages(more) == ["f"]


def test_between_two_times(logs, stream, account):
    at = present()
    put(logs, stream, *"abc", at=at)
    asked = {"startTime": at + 1, "endTime": at + 2}
    assert messages(logs.get_log_events(**stream, **asked)) == ["b"]
    assert messages(logs.filter_log_events(logGroupName=GROUP, **asked)) == ["b", "c"]
    arn = f"arn:aws:logs:eu-central-1:{account}:log-group:{GROUP}"
    assert messages(logs.get_log_events(logGroupIdentifier=arn, logStreamName=STREAM, **asked)) == ["b"]
    with refusal(logs, "InvalidParameterException", "nextToken"):
        logs.get_log_events(**stream, nextToken="f/x/s")


def test_what_cannot_be_put(logs, stream):
    now = present()
    for events, words in (
        ([], "'logEvents'"),
        ([{"timestamp": now, "message": ""}], "message"),
        ([{"timestamp": -1, "message": "a"}], "timestamp"),
        ([{"timestamp": now, "message": "a"}, {"timestamp": now - 1, "message": "b"}], "chronological order"),
        ([{"timestamp": now - 25 * 3600_000, "message": "a"}, {"timestamp": now, "message": "b"}], "24 hours"),
        ([{"timestamp": now, "message": "x" * 600_000}] * 2, "Upload too large"),
    ):
        with refusal(logs, "InvalidParameterException", words):
            logs.put_log_events(**stream, logEvents=events)
    assert messages(logs.get_log_events(**stream)) == []


def test_too_old_and_too_new(logs, stream):
    day = 24 * 3600_000
    old = put(logs, stream, "old", at=present() - 15 * day)
    assert old["rejectedLogEventsInfo"] == {"tooOldLogEventEndIndex": 1}
    new = put(logs, stream, "new", at=present() + 3 * 3600_000)
    assert new["rejectedLogEventsInfo"] == {"tooNewLogEventStartIndex": 0}
    logs.put_retention_policy(logGroupName=GROUP, retentionInDays=1)
    expired = put(logs, stream, "expired", at=present() - 2 * day)
    assert expired["rejectedLogEventsInfo"] == {"expiredLogEventEndIndex": 1}
    assert messages(logs.get_log_events(**stream)) == []


def test_retention_lets_events_go(logs, stream, server):
    logs.put_retention_policy(logGroupName=GROUP, retentionInDays=1)
    put(logs, stream, "a")
    assert messages(logs.get_log_events(**stream)) == ["a"]
    server.advance(2 * 24 * 3600)
    assert messages(logs.get_log_events(**stream)) == []


def test_search(logs, stream):
    logs.create_log_stream(logGroupName=GROUP, logStreamName="other")
    at = present()
    put(logs, stream, "ERROR one", "fine", at=at)
    put(logs, {"logGroupName": GROUP, "logStreamName": "other"}, "ERROR two", at=at + 1)
    for _ in range(2):
        assert messages(logs.filter_log_events(logGroupName=GROUP, filterPattern="ERROR")) == ["ERROR one", "ERROR two"]
    found = logs.filter_log_events(logGroupName=GROUP, filterPattern="ERROR", limit=1)
    rest = logs.filter_log_events(logGroupName=GROUP, filterPattern="ERROR", limit=1, nextToken=found["nextToken"])
    assert messages(found) + messages(rest) == ["ERROR one", "ERROR two"]
    assert rest["events"][0]["logStreamName"] == "other"
    assert messages(logs.filter_log_events(logGroupName=GROUP, logStreamNamePrefix="o")) == ["ERROR two"]
    assert messages(logs.filter_log_events(logGroupName=GROUP, logStreamNames=[STREAM])) == ["ERROR one", "fine"]
    for given in {"filterPattern": "{ $.a = 1 }"}, {"logStreamNames": ["other"], "logStreamNamePrefix": "o"}:
        with refusal(logs, "InvalidParameterException"):
            logs.filter_log_events(logGroupName=GROUP, **given)


def test_put_twice_is_there_twice(logs, stream):
    at = present()
    for _ in range(2):
        put(logs, stream, "a", at=at)
    for _ in range(2):
        assert messages(logs.get_log_events(**stream)) == ["a", "a"]
