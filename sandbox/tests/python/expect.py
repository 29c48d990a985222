"""What a refusal must be like."""

from contextlib import contextmanager

import pytest
from botocore.exceptions import ClientError

#: Codes that every service may answer with and that no model lists.
COMMON = {
    "AccessDenied",
    "InvalidAction",
    "InvalidParameterCombination",
    "InvalidParameterValue",
    "InvalidSignatureException",
    "MissingAction",
    "MissingParameter",
    "SerializationException",
    "UnknownOperationException",
    "UnknownParameter",
    "ValidationError",
    "ValidationException",
}


@contextmanager
def refusal(client, code, words=""):
    """The call is refused with that code, as the exception that the model has for it."""
    with pytest.raises(ClientError) as caught:
        yield
    error = caught.value.response["Error"]
    assert error["Code"] == code, error
    assert words in error["Message"], error
    # EC2's model lists no errors at all, and S3's hardly any.
    if code not in COMMON and client.meta.service_model.service_name not in ("ec2", "s3"):
        modelled = client.exceptions.from_code(code)
        assert modelled is not ClientError, f"{code} is in no model"
        assert type(caught.value) is modelled
