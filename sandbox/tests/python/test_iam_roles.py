"""IAM: roles, their tags and what hangs on them."""

import json

import pytest

from expect import refusal

TASK_EXECUTION = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
INLINE = json.dumps({
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "ssm:GetParameters", "Resource": "*"}],
})


def trust(service="ecs-tasks.amazonaws.com"):
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def create(iam, name="app", **more):
    return iam.create_role(**{"RoleName": name, "AssumeRolePolicyDocument": trust()} | more)["Role"]


def test_a_role_is_given_back_as_it_was_made(iam, account):
    made = create(
        iam, Path="/team/", Description="d", MaxSessionDuration=7200, Tags=[{"Key": "a", "Value": "b"}],
        PermissionsBoundary=TASK_EXECUTION,
    )
    assert made["Arn"] == f"arn:aws:iam::{account}:role/team/app"
    assert made["RoleId"].startswith("AROA") and len(made["RoleId"]) == 21
    assert made["AssumeRolePolicyDocument"] == json.loads(trust())
    found = iam.get_role(RoleName="app")["Role"]
    assert {**found, "RoleLastUsed": None} == {**made, "RoleLastUsed": None}
    assert found == iam.get_role(RoleName="app")["Role"]
    assert (found["Description"], found["MaxSessionDuration"]) == ("d", 7200)
    assert found["Tags"] == [{"Key": "a", "Value": "b"}]
    assert found["PermissionsBoundary"]["PermissionsBoundaryArn"] == TASK_EXECUTION


def test_a_name_is_taken_in_any_case(iam):
    create(iam)
    with pytest.raises(iam.exceptions.EntityAlreadyExistsException, match="Role with name app already exists."):
        create(iam)
    with pytest.raises(iam.exceptions.EntityAlreadyExistsException):
        create(iam, "APP")


@pytest.mark.parametrize("given, code, words", [
    ({"RoleName": "a b"}, "ValidationError", "The specified value for roleName is invalid."),
    ({"RoleName": "x" * 65}, "ValidationError", "length less than or equal to 64"),
    ({"RoleName": None}, "ValidationError", "Value null at 'roleName'"),
    ({"AssumeRolePolicyDocument": None}, "ValidationError", "Value null at 'assumeRolePolicyDocument'"),
    ({"Path": "team"}, "ValidationError", "The specified value for path is invalid."),
    ({"MaxSessionDuration": 60}, "ValidationError", "greater than or equal to 3600"),
    ({"MaxSessionDuration": 43201}, "ValidationError", "less than or equal to 43200"),
    ({"Tags": [{"Value": "v"}]}, "ValidationError", "tags.1.member.key"),
    ({"Tags": [{"Key": "aws:a", "Value": "v"}]}, "InvalidInput", "reserved"),
    ({"Tags": [{"Key": "a", "Value": "v"}] * 2}, "InvalidInput", "Duplicate tag keys"),
    ({"Tags": [{"Key": str(n), "Value": "v"} for n in range(51)]}, "LimitExceeded", "tags"),
    ({"PermissionsBoundary": "arn:aws:iam::aws:policy/None"}, "NoSuchEntity", "does not exist"),
    ({"AssumeRolePolicyDocument": "{"}, "MalformedPolicyDocument", "invalid Json"),
    ({"AssumeRolePolicyDocument": INLINE}, "MalformedPolicyDocument", "AssumeRole policy may only specify STS"),
    ({"AssumeRolePolicyDocument": trust("ecs-task.amazonaws.com")}, "MalformedPolicyDocument",
     'Invalid principal in policy: "SERVICE":"ecs-task.amazonaws.com"'),
    ({"AssumeRolePolicyDocument": trust(["ecs-tasks.amazonaws.com"] * 100)}, "LimitExceeded", "ACLSizePerRole: 2048"),
])
def test_what_cannot_be_created(iam, given, code, words):
    given = {"RoleName": "app", "AssumeRolePolicyDocument": trust()} | given
    with refusal(iam, code, words):
        iam.create_role(**{key: value for key, value in given.items() if value is not None})
    assert iam.list_roles()["Roles"] == []


def test_list(iam):
    for name, path in (("a", "/"), ("b", "/team/"), ("c", "/team/")):
        create(iam, name, Path=path, Tags=[{"Key": "a", "Value": "b"}])
    names = lambda **asked: [role["RoleName"] for role in iam.list_roles(**asked)["Roles"]]
    assert names() == names() == ["a", "b", "c"]
    assert names(PathPrefix="/team/") == ["b", "c"]
    first = iam.list_roles(MaxItems=2)
    assert first["IsTruncated"] and len(first["Roles"]) == 2
    assert names(Marker=first["Marker"]) == ["c"]
    assert "Tags" not in first["Roles"][0]
    for wrong in ({"MaxItems": 0}, {"MaxItems": 1001}, {"Marker": "garbage"}):
        with refusal(iam, "ValidationError"):
            iam.list_roles(**wrong)


def test_update(iam):
    create(iam, Description="old")
    for _ in range(2):
        iam.update_role(RoleName="app", Description="new", MaxSessionDuration=7200)
        role = iam.get_role(RoleName="app")["Role"]
        assert (role["Description"], role["MaxSessionDuration"]) == ("new", 7200)
    with refusal(iam, "NoSuchEntity", "The role with name none cannot be found."):
        iam.update_role(RoleName="none")
    with refusal(iam, "ValidationError", "maxSessionDuration"):
        iam.update_role(RoleName="app", MaxSessionDuration=1)


def test_update_trust(iam):
    create(iam)
    new = trust("codedeploy.amazonaws.com")
    for _ in range(2):
        iam.update_assume_role_policy(RoleName="app", PolicyDocument=new)
        assert iam.get_role(RoleName="app")["Role"]["AssumeRolePolicyDocument"] == json.loads(new)
    with refusal(iam, "NoSuchEntity"):
        iam.update_assume_role_policy(RoleName="none", PolicyDocument=new)
    with refusal(iam, "MalformedPolicyDocument"):
        iam.update_assume_role_policy(RoleName="app", PolicyDocument=INLINE)
    assert iam.get_role(RoleName="app")["Role"]["AssumeRolePolicyDocument"] == json.loads(new)


def test_delete_wants_everything_off_first(iam):
    create(iam)
    iam.create_instance_profile(InstanceProfileName="app")
    iam.add_role_to_instance_profile(InstanceProfileName="app", RoleName="app")
    iam.attach_role_policy(RoleName="app", PolicyArn=TASK_EXECUTION)
    iam.put_role_policy(RoleName="app", PolicyName="inline", PolicyDocument=INLINE)
    steps = (
        ("must remove roles from instance profile first",
         lambda: iam.remove_role_from_instance_profile(InstanceProfileName="app", RoleName="app")),
        ("must detach all policies first",
         lambda: iam.detach_role_policy(RoleName="app", PolicyArn=TASK_EXECUTION)),
        ("must delete policies first",
         lambda: iam.delete_role_policy(RoleName="app", PolicyName="inline")),
    )
    for words, step in steps:
        with pytest.raises(iam.exceptions.DeleteConflictException, match=f"Cannot delete entity, {words}."):
            iam.delete_role(RoleName="app")
        step()
    iam.delete_role(RoleName="app")
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.delete_role(RoleName="app")
    with pytest.raises(iam.exceptions.NoSuchEntityException, match="The role with name app cannot be found."):
        iam.get_role(RoleName="app")
    with refusal(iam, "ValidationError"):
        iam.get_role()


def test_tags(iam):
    create(iam, Tags=[{"Key": "a", "Value": "1"}])
    for _ in range(2):
        iam.tag_role(RoleName="app", Tags=[{"Key": "b", "Value": "2"}, {"Key": "a", "Value": "3"}])
        tags = iam.list_role_tags(RoleName="app")["Tags"]
        assert tags == [{"Key": "a", "Value": "3"}, {"Key": "b", "Value": "2"}]
    for _ in range(2):
        iam.untag_role(RoleName="app", TagKeys=["a", "none"])
        assert iam.list_role_tags(RoleName="app")["Tags"] == [{"Key": "b", "Value": "2"}]
    for call, more in ((iam.tag_role, {"Tags": []}), (iam.untag_role, {"TagKeys": []}), (iam.list_role_tags, {})):
        with refusal(iam, "NoSuchEntity"):
            call(RoleName="none", **more)
        with refusal(iam, "ValidationError", "Value null at 'roleName'"):
            call(**more)


def test_managed_policies(iam):
    create(iam)
    for _ in range(2):
        iam.attach_role_policy(RoleName="app", PolicyArn=TASK_EXECUTION)
        attached = iam.list_attached_role_policies(RoleName="app")["AttachedPolicies"]
        assert attached == [{"PolicyName": "AmazonECSTaskExecutionRolePolicy", "PolicyArn": TASK_EXECUTION}]
    assert iam.list_attached_role_policies(RoleName="app", PathPrefix="/team/")["AttachedPolicies"] == []
    iam.detach_role_policy(RoleName="app", PolicyArn=TASK_EXECUTION)
    with refusal(iam, "NoSuchEntity", f"Policy {TASK_EXECUTION} was not found."):
        iam.detach_role_policy(RoleName="app", PolicyArn=TASK_EXECUTION)
    for call in (iam.attach_role_policy, iam.detach_role_policy):
        with refusal(iam, "NoSuchEntity"):
            call(RoleName="none", PolicyArn=TASK_EXECUTION)
        with refusal(iam, "InvalidInput", "ARN AmazonECSTaskExecutionRolePolicy is not valid."):
            call(RoleName="app", PolicyArn="AmazonECSTaskExecutionRolePolicy")
    # The path belongs to the ARN: who forgets it has no such policy.
    with refusal(iam, "NoSuchEntity", "does not exist or is not attachable."):
        iam.attach_role_policy(RoleName="app", PolicyArn=TASK_EXECUTION.replace("service-role/", ""))
    with refusal(iam, "NoSuchEntity"):
        iam.list_attached_role_policies(RoleName="none")
    with refusal(iam, "ValidationError"):
        iam.list_attached_role_policies(RoleName="app", MaxItems=0)


def test_ten_managed_policies_are_the_limit(iam):
    create(iam)
    for n in range(10):
        arn = iam.create_policy(PolicyName=f"p{n}", PolicyDocument=INLINE)["Policy"]["Arn"]
        iam.attach_role_policy(RoleName="app", PolicyArn=arn)
    with refusal(iam, "LimitExceeded", "Cannot exceed quota for PoliciesPerRole: 10"):
        iam.attach_role_policy(RoleName="app", PolicyArn=TASK_EXECUTION)


def test_inline_policies(iam):
    create(iam)
    for _ in range(2):
        iam.put_role_policy(RoleName="app", PolicyName="inline", PolicyDocument=INLINE)
        found = iam.get_role_policy(RoleName="app", PolicyName="inline")
        assert found["PolicyDocument"] == json.loads(INLINE)
        assert iam.list_role_policies(RoleName="app")["PolicyNames"] == ["inline"]
    iam.delete_role_policy(RoleName="app", PolicyName="inline")
    for call in (iam.delete_role_policy, iam.get_role_policy):
        with refusal(iam, "NoSuchEntity", "The role policy with name inline cannot be found."):
            call(RoleName="app", PolicyName="inline")
        with refusal(iam, "ValidationError", "Value null at 'policyName'"):
            call(RoleName="app")
    assert iam.list_role_policies(RoleName="app")["PolicyNames"] == []
    with refusal(iam, "NoSuchEntity"):
        iam.list_role_policies(RoleName="none")
    with refusal(iam, "ValidationError"):
        iam.list_role_policies(RoleName="app", Marker="garbage")


@pytest.mark.parametrize("given, code, words", [
    ({"RoleName": "none"}, "NoSuchEntity", "The role with name none"),
    ({"PolicyName": "a b"}, "ValidationError", "policyName"),
    ({"PolicyDocument": trust()}, "MalformedPolicyDocument", "Policy document should not specify a principal."),
    ({"PolicyDocument": INLINE.replace("ssm:GetParameters", "GetParameters")}, "MalformedPolicyDocument", "vendor"),
    ({"PolicyDocument": INLINE.replace('"*"', json.dumps(["arn:aws:ssm:*:*:parameter/" + "x" * 1000] * 11))},
     "LimitExceeded", "Maximum policy size of 10240 bytes exceeded for role app"),
])
def test_inline_policies_that_are_none(iam, given, code, words):
    create(iam)
    with refusal(iam, code, words):
        iam.put_role_policy(**{"RoleName": "app", "PolicyName": "p", "PolicyDocument": INLINE} | given)
    assert iam.list_role_policies(RoleName="app")["PolicyNames"] == []


def test_the_account_has_no_alias(iam):
    for _ in range(2):
        assert iam.list_account_aliases()["AccountAliases"] == []
    with refusal(iam, "ValidationError", "maxItems"):
        iam.list_account_aliases(MaxItems=0)
