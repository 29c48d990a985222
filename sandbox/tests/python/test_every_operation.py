"""Every operation was tried in every way that it can be."""

from observed import CASES

#: Cases that an operation cannot have, and why.
NONE_SUCH = {
    "asks for nothing by name": {
        "unknown": [
            ("sts", "GetCallerIdentity"),
            ("iam", "ListRoles"),
            ("iam", "CreateInstanceProfile"),
            ("iam", "ListInstanceProfiles"),
            ("iam", "CreatePolicy"),
            ("iam", "ListPolicies"),
            ("ssm", "DescribeParameters"),
            ("ssm", "GetParametersByPath"),
            ("logs", "CreateLogGroup"),
            ("logs", "DescribeLogGroups"),
            ("ec2", "DescribeTags"),
            ("rds", "DescribeDBEngineVersions"),
            ("rds", "DescribeOrderableDBInstanceOptions"),
            ("ecr", "CreateRepository"),
            ("ecr", "GetAuthorizationToken"),
        ],
    },
    "calls a name that is not known an invalid value": {
        "unknown": [
            ("ec2", "DescribeAccountAttributes"),
            ("ec2", "DescribeAvailabilityZones"),
            ("ec2", "DescribeRegions"),
            ("rds", "CreateDBSubnetGroup"),
        ],
    },
    "lists in its answer what there is not": {
        "unknown": [("ssm", "GetParameters"), ("ssm", "DeleteParameters")],
    },
}


def exempt():
    return {
        (operation, case)
        for cases in NONE_SUCH.values()
        for case, operations in cases.items()
        for operation in operations
    }


def test_every_operation_was_tried_in_every_way(server):
    server.observe()
    exempted = exempt()
    missing = sorted(
        (*operation, case)
        for operation in server.operations()
        for case in CASES
        if case not in server.observed.cases[operation] and (operation, case) not in exempted
    )
    assert not missing


def test_no_exemption_is_idle(server):
    server.observe()
    idle = [entry for entry in exempt() if entry[1] in server.observed.cases[entry[0]]]
    assert not idle
    assert {operation for operation, _ in exempt()} <= server.operations()
