import instructor
from openai import AzureOpenAI, OpenAI
from pydantic import BaseModel

from steps import client, expect, messages, step, told


class Verdict(BaseModel):
    topic: str
    hard: bool


client("instructor")
dated = AzureOpenAI(
    azure_endpoint=told("ACCOUNT_ENDPOINT"), api_key=told("KEY"), api_version="2025-04-01-preview", max_retries=0
)
v1 = OpenAI(base_url=told("ACCOUNT_ENDPOINT") + "openai/v1", api_key=told("KEY"), max_retries=0)
Mode = instructor.Mode


def extract(openai, mode, stream=False):
    made = instructor.from_openai(openai, mode=mode)
    asked = {"model": told("DEPLOYMENT"), "messages": messages(), "response_model": Verdict, "max_retries": 0}
    found = made.chat.completions.create_partial(**asked) if stream else [made.chat.completions.create(**asked)]
    expect(isinstance(list(found)[-1].topic, str), "no verdict")


for name, each in {"dated": dated, "v1": v1}.items():
    step(f"{name}: tools", lambda each=each: extract(each, Mode.TOOLS))
    step(f"{name}: strict tools", lambda each=each: extract(each, Mode.TOOLS_STRICT))
    step(f"{name}: JSON", lambda each=each: extract(each, Mode.JSON))
    step(f"{name}: JSON schema", lambda each=each: extract(each, Mode.JSON_SCHEMA))
    step(f"{name}: partial", lambda each=each: extract(each, Mode.TOOLS, stream=True))
step("responses", lambda: extract(v1, Mode.RESPONSES_TOOLS))
