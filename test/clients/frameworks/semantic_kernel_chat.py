import asyncio

from pydantic import BaseModel
from semantic_kernel import Kernel
from semantic_kernel.connectors.ai.function_choice_behavior import FunctionChoiceBehavior
from semantic_kernel.connectors.ai.open_ai import (
    AzureChatCompletion,
    AzureChatPromptExecutionSettings,
    AzureTextEmbedding,
)
from semantic_kernel.contents import ChatHistory
from semantic_kernel.functions import kernel_function

from steps import client, expect, expect_answer, messages, step, told


class Verdict(BaseModel):
    topic: str
    hard: bool


class Weather:
    asked = 0

    @kernel_function(name="get_weather", description="Says how the weather is.")
    def get_weather(self, city: str) -> str:
        self.asked += 1
        return f"Fine in {city}."


client("semantic-kernel")
account = {"endpoint": told("ACCOUNT_ENDPOINT"), "api_key": told("KEY"), "api_version": "2024-10-21"}
chat = AzureChatCompletion(service_id="chat", deployment_name=told("DEPLOYMENT"), **account)


def history():
    made = ChatHistory(system_message=messages()[0]["content"])
    made.add_user_message(told("QUESTION"))
    return made


async def answer(**settings):
    return await chat.get_chat_message_content(history(), AzureChatPromptExecutionSettings(**settings))


async def streamed():
    settings = AzureChatPromptExecutionSettings()
    return "".join([str(each) async for each in chat.get_streaming_chat_message_content(history(), settings)])


async def with_tools():
    """The kernel itself calls the function and asks again with its result."""
    kernel, weather = Kernel(), Weather()
    kernel.add_service(chat)
    kernel.add_plugin(weather, "weather")
    settings = AzureChatPromptExecutionSettings(function_choice_behavior=FunctionChoiceBehavior.Required())
    await chat.get_chat_message_content(history(), settings, kernel=kernel)
    expect(weather.asked > 0, "the function was not called")


async def embeddings():
    made = AzureTextEmbedding(deployment_name=told("EMBEDDING_DEPLOYMENT"), **account)
    expect(len(await made.generate_embeddings(["one", "two"])) == 2, "not one for each")


step("chat", lambda: expect_answer(str(asyncio.run(answer()))))
step("stream", lambda: expect_answer(asyncio.run(streamed())))
step("structured output", lambda: Verdict.model_validate_json(str(asyncio.run(answer(response_format=Verdict)))))
step("tools", lambda: asyncio.run(with_tools()))
step("embeddings", lambda: asyncio.run(embeddings()))
