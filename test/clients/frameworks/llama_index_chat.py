import asyncio

from llama_index.core.base.llms.types import ChatMessage
from llama_index.core.tools import FunctionTool
from llama_index.llms.azure_openai import AzureOpenAI
from pydantic import BaseModel

from steps import client, expect, expect_answer, messages, step, told


class Verdict(BaseModel):
    topic: str
    hard: bool


def get_weather(city: str) -> str:
    """Says how the weather is."""
    return f"Fine in {city}."


client("llama-index-llms-azure-openai")
model = AzureOpenAI(
    engine=told("DEPLOYMENT"),
    model="gpt-4o-mini",
    azure_endpoint=told("ACCOUNT_ENDPOINT"),
    api_key=told("KEY"),
    api_version="2024-10-21",
    max_retries=0,
)
asked = [ChatMessage(role=each["role"], content=each["content"]) for each in messages()]
step("chat", lambda: expect_answer(model.chat(asked).message.content))
step("stream", lambda: expect_answer("".join(each.delta or "" for each in model.stream_chat(asked))))
step("async", lambda: expect_answer(asyncio.run(model.achat(asked)).message.content))
step(
    "structured output",
    lambda: expect(isinstance(model.as_structured_llm(Verdict).chat(asked).raw, Verdict), "no verdict"),
)


def tools():
    tool = FunctionTool.from_defaults(get_weather)
    answer = model.chat_with_tools([tool], chat_history=asked, tool_required=True)
    expect("city" in model.get_tool_calls_from_response(answer)[0].tool_kwargs, "the arguments lack the city")


step("tools", tools)
