"""IAM: instance profiles."""

import pytest

from expect import refusal
from test_iam_roles import create

PROFILE = {"InstanceProfileName": "app"}


def test_create_and_get(iam, account):
    made = iam.create_instance_profile(**PROFILE, Path="/team/", Tags=[{"Key": "a", "Value": "b"}])["InstanceProfile"]
    assert made["Arn"] == f"arn:aws:iam::{account}:instance-profile/team/app"
    assert made["InstanceProfileId"].startswith("AIPA")
    assert made["Roles"] == []
    assert iam.get_instance_profile(**PROFILE) ["InstanceProfile"] == made
    assert iam.get_instance_profile(**PROFILE) ["InstanceProfile"] == made
    assert made["Tags"] == [{"Key": "a", "Value": "b"}]
    with pytest.raises(iam.exceptions.EntityAlreadyExistsException, match="Instance Profile app already exists."):
        iam.create_instance_profile(**PROFILE, Path="/team/", Tags=[{"Key": "a", "Value": "b"}])
    with refusal(iam, "ValidationError", "instanceProfileName"):
        iam.create_instance_profile(InstanceProfileName="a b")
    with refusal(iam, "NoSuchEntity", "Instance Profile none cannot be found."):
        iam.get_instance_profile(InstanceProfileName="none")
    with refusal(iam, "ValidationError"):
        iam.get_instance_profile()


def test_list(iam):
    iam.create_instance_profile(**PROFILE)
    iam.create_instance_profile(InstanceProfileName="b", Path="/team/")
    names = lambda **asked: [
        profile["InstanceProfileName"] for profile in iam.list_instance_profiles(**asked)["InstanceProfiles"]
    ]
    assert names() == names() == ["app", "b"]
    assert names(PathPrefix="/team/") == ["b"]
    with refusal(iam, "ValidationError"):
        iam.list_instance_profiles(MaxItems=0)


def test_a_profile_has_room_for_one_role(iam):
    role, _ = create(iam), create(iam, "other")
    iam.create_instance_profile(**PROFILE)
    iam.add_role_to_instance_profile(**PROFILE, RoleName="app")
    for name in ("app", "other"):
        with pytest.raises(iam.exceptions.LimitExceededException, match="InstanceSessionsPerInstanceProfile: 1"):
            iam.add_role_to_instance_profile(**PROFILE, RoleName=name)
    profile = iam.get_instance_profile(**PROFILE)["InstanceProfile"]
    assert [held["Arn"] for held in profile["Roles"]] == [role["Arn"]]
    for _ in range(2):
        of_role = iam.list_instance_profiles_for_role(RoleName="app")["InstanceProfiles"]
        assert [held["InstanceProfileName"] for held in of_role] == ["app"]
    assert iam.list_instance_profiles_for_role(RoleName="other")["InstanceProfiles"] == []
    with pytest.raises(iam.exceptions.DeleteConflictException, match="must remove roles from instance profile first"):
        iam.delete_instance_profile(**PROFILE)
    iam.remove_role_from_instance_profile(**PROFILE, RoleName="app")
    with refusal(iam, "NoSuchEntity", "The role with name app cannot be found."):
        iam.remove_role_from_instance_profile(**PROFILE, RoleName="app")
    iam.delete_instance_profile(**PROFILE)
    with refusal(iam, "NoSuchEntity"):
        iam.delete_instance_profile(**PROFILE)


def test_what_there_is_not(iam):
    create(iam)
    for call in (iam.add_role_to_instance_profile, iam.remove_role_from_instance_profile):
        with refusal(iam, "NoSuchEntity", "Instance Profile app cannot be found."):
            call(**PROFILE, RoleName="app")
        with refusal(iam, "ValidationError", "Value null at 'roleName'"):
            call(**PROFILE)
    iam.create_instance_profile(**PROFILE)
    with refusal(iam, "NoSuchEntity", "The role with name none"):
        iam.add_role_to_instance_profile(**PROFILE, RoleName="none")
    with refusal(iam, "NoSuchEntity"):
        iam.list_instance_profiles_for_role(RoleName="none")
    with refusal(iam, "ValidationError"):
        iam.list_instance_profiles_for_role()
