"""What a script is told about the service, and how it says how it fared; names as in test/clients/README.md."""

import json
import os
import time
from importlib.metadata import version

SYSTEM = "The system is an AI teacher that helps people learn about AI"
WEATHER = {
    "name": "get_weather",
    "description": "Says how the weather is.",
    "parameters": {
        "type": "object",
        "properties": {"city": {"type": "string"}},
        "required": ["city"],
        "additionalProperties": False,
    },
}
VERDICT = {
    "type": "object",
    "properties": {"topic": {"type": "string"}, "hard": {"type": "boolean"}},
    "required": ["topic", "hard"],
    "additionalProperties": False,
}


def told(name):
    return os.environ["LOCAL_AZURE_" + name]


def messages():
    return [{"role": "system", "content": SYSTEM}, {"role": "user", "content": told("QUESTION")}]


def client(package):
    """Says which client this is, by what is installed."""
    print(json.dumps({"version": version(package)}), flush=True)


def step(name, action):
    """Does a step, says how it went, and hands back its result."""
    try:
        result = action()
    except Exception as error:  # whatever a client raises is what its user sees
        print(json.dumps({"step": name, "error": f"{type(error).__name__}: {error}"[:500]}), flush=True)
        return None
    print(json.dumps({"step": name}), flush=True)
    return result


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def expect_answer(text):
    expect(text == told("ANSWER"), f"the answer was {text!r}")


def until(ask, is_done):
    """Asks again until is_done, for at most a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        value = ask()
        if is_done(value):
            return value
        time.sleep(0.3)
    raise TimeoutError("not done within a minute")
