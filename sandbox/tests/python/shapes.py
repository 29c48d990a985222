"""Every answer has the shape that the service's model gives it.

botocore reads what it knows of an answer and passes over the rest, so a
misspelt or misplaced field would go unnoticed. Here it is an error, as is a
text that is not what its type says, or a required field that is not there.
"""

import json
from datetime import datetime
from xml.etree import ElementTree

from botocore.parsers import RpcV2CBORParser


def check(operation_model, response_dict, **_):
    """A botocore handler for `before-parse`: compares a good answer with its model."""
    shape, body = operation_model.output_shape, response_dict["body"]
    if response_dict["status_code"] != 200 or shape is None or operation_model.has_streaming_output:
        return
    where = operation_model.name
    protocol = operation_model.service_model.resolved_protocol
    if protocol == "smithy-rpc-v2-cbor":
        _json(shape, _cbor(body), where)
    elif protocol == "json":
        _json(shape, json.loads(body or b"{}"), where)
    elif protocol == "rest-xml":
        _rest(shape, body, where)
    else:
        root = ElementTree.fromstring(body)
        if wrapper := shape.serialization.get("resultWrapper"):
            root = next((child for child in root if _name(child) == wrapper), ElementTree.Element(wrapper))
        _xml(shape, root, where, ignored={"requestId"} if protocol == "ec2" else set())


def _cbor(body):
    parser = RpcV2CBORParser()
    return parser.parse_data_item(parser.get_peekable_stream_from_bytes(body))


def _rest(shape, body, where):
    """What is in no header is in the body: as it is, or as a document."""
    if payload := shape.serialization.get("payload"):
        shape = shape.members[payload]
    in_body = [member for member in getattr(shape, "members", {}).values() if "location" not in member.serialization]
    # A location is a text alone, which botocore reads by a rule of its own.
    if in_body and where != "GetBucketLocation":
        _xml(shape, ElementTree.fromstring(body), where)


def _json(shape, value, where):
    kind = shape.type_name
    if kind == "structure":
        members = {_wire_name(name, member): member for name, member in shape.members.items()}
        assert set(value) <= set(members), f"{where}: unknown {set(value) - set(members)}"
        _required(shape, value, where)
        for name, inner in value.items():
            _json(members[name], inner, f"{where}.{name}")
    elif kind == "list":
        for inner in value:
            _json(shape.member, inner, f"{where}[]")
    elif kind == "map":
        for name, inner in value.items():
            _json(shape.value, inner, f"{where}.{name}")
    else:
        types = {
            "string": str, "boolean": bool, "integer": int, "long": int, "double": (int, float),
            "float": (int, float), "timestamp": (int, float, datetime), "blob": (str, bytes),
        }
        assert isinstance(value, types[kind]), f"{where}: {value!r} is no {kind}"


def _xml(shape, element, where, ignored=frozenset()):
    kind = shape.type_name
    if kind == "structure":
        members = {_wire_name(name, member): member for name, member in shape.members.items()}
        _required(shape, {_name(child) for child in element}, where)
        for child in element:
            name = _name(child)
            if name in ignored:
                continue
            assert name in members, f"{where}: unknown {name}"
            member = members[name]
            # Of a flat list each item is an element beside the others.
            _xml(member.member if member.serialization.get("flattened") else member, child, f"{where}.{name}")
    elif kind == "list":
        item = shape.member.serialization.get("name", "member")
        for child in element:
            assert _name(child) == item, f"{where}: {_name(child)} for {item}"
            _xml(shape.member, child, f"{where}[]")
    else:
        text = element.text or ""
        assert len(element) == 0, f"{where}: children in a {kind}"
        try:
            READERS[kind](text)
        except (KeyError, ValueError) as error:
            raise AssertionError(f"{where}: {text!r} is no {kind}") from error


def _required(shape, present, where):
    for name in shape.required_members:
        assert _wire_name(name, shape.members[name]) in present, f"{where}: no {name}"


def _wire_name(name, member):
    return member.serialization.get("name", name)


def _name(element):
    return element.tag.rsplit("}")[-1]


#: How the text of a type is read; each raises where it cannot be.
READERS = {
    "string": str,
    "boolean": {"true": True, "false": False}.__getitem__,
    "integer": int,
    "long": int,
    "double": float,
    "float": float,
    "timestamp": datetime.fromisoformat,
    "blob": str,
}
