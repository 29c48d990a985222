"""What was tried of each operation, read off the calls that arrived.

An operation must have been seen to work, to be asked for twice over, to be
asked about what there is not, and to be refused for another reason.
"""

import json
import re
from collections import defaultdict

CASES = ("works", "repeated", "unknown", "refused")

UNKNOWN = re.compile(
    r"NoSuch|NotFound|DoesNotExist|InvalidResourceId|^InvalidKeyId$|NotExist|\.Unknown$|\.Malformed$"
)


class Observed:
    """The cases seen, by ("iam", "CreateRole")."""

    def __init__(self):
        self.cases = defaultdict(set)

    def note(self, lines):
        """Takes note of one account's calls, a line of JSON each."""
        asked = set()
        for event in map(json.loads, lines.splitlines()):
            operation = (event["service"], event["operation"])
            call = (operation, json.dumps(event["parameters"], sort_keys=True))
            if call in asked:
                self.cases[operation].add("repeated")
            asked.add(call)
            self.cases[operation].add(outcome(event["error"]))


def outcome(error):
    if error is None:
        return "works"
    return "unknown" if UNKNOWN.search(error) else "refused"
