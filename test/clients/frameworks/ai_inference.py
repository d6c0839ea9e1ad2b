"""azure-ai-inference, with a deployment's address for Azure OpenAI (Microsoft's sample_chat_completions_azure_openai.py), and with the
one address of a Foundry account's deployments (`https://<account>.services.ai.azure.com/models`)."""

import json

from azure.ai.inference import ChatCompletionsClient, EmbeddingsClient
from azure.ai.inference.models import (
    ChatCompletionsNamedToolChoice,
    ChatCompletionsNamedToolChoiceFunction,
    ChatCompletionsToolDefinition,
    FunctionDefinition,
    JsonSchemaFormat,
)
from azure.core.credentials import AzureKeyCredential
from azure.identity import ClientSecretCredential

from steps import VERDICT, WEATHER, client, expect, expect_answer, messages, step, told

client("azure-ai-inference")
address = told("ACCOUNT_ENDPOINT") + "openai/deployments/"
by_key = {"credential": AzureKeyCredential(""), "headers": {"api-key": told("KEY")}, "api_version": "2024-10-21"}
by_token = {
    "credential": ClientSecretCredential(
        *[told("TENANT_ID"), told("CLIENT_ID"), told("CLIENT_SECRET")],
        authority=told("ENDPOINT"),
        disable_instance_discovery=True,
    ),
    "credential_scopes": ["https://cognitiveservices.azure.com/.default"],
    "api_version": "2024-10-21",
}


def try_all(name, chat):
    asked = {"messages": messages()}
    step(f"{name}: chat", lambda: expect_answer(chat.complete(**asked).choices[0].message.content))

    def stream():
        chunks = chat.complete(**asked, stream=True)
        expect_answer("".join(each.choices[0].delta.content or "" for each in chunks if each.choices))

    step(f"{name}: stream", stream)

    def structured():
        form = JsonSchemaFormat(name="verdict", schema=VERDICT, strict=True)
        verdict = json.loads(chat.complete(**asked, response_format=form).choices[0].message.content)
        expect(isinstance(verdict["hard"], bool), "no verdict")

    step(f"{name}: structured output", structured)

    def tools():
        chosen = ChatCompletionsNamedToolChoice(function=ChatCompletionsNamedToolChoiceFunction(name=WEATHER["name"]))
        tool = ChatCompletionsToolDefinition(function=FunctionDefinition(**WEATHER_FUNCTION))
        calls = chat.complete(**asked, tools=[tool], tool_choice=chosen).choices[0].message.tool_calls
        expect("city" in json.loads(calls[0].function.arguments), "the arguments lack the city")

    step(f"{name}: tools", tools)


WEATHER_FUNCTION = {key: WEATHER[key] for key in ("name", "description", "parameters")}
for way, settings in {"key": by_key, "token": by_token}.items():
    try_all(way, ChatCompletionsClient(endpoint=address + told("DEPLOYMENT"), **settings))


def embeddings(endpoint, settings):
    embedder = EmbeddingsClient(endpoint=endpoint, **settings)
    expect(len(embedder.embed(input=["one", "two"]).data) == 2, "not one for each")


step("embeddings", lambda: embeddings(address + told("EMBEDDING_DEPLOYMENT"), by_key))

foundry = told("ACCOUNT_ENDPOINT") + "models"
with_token = {name: by_token[name] for name in ("credential", "credential_scopes")}
with_key = {"credential": AzureKeyCredential(told("KEY"))}
for way, settings in {"Foundry, key": with_key, "Foundry, token": with_token}.items():
    try_all(way, ChatCompletionsClient(endpoint=foundry, model=told("DEPLOYMENT"), **settings))
step("Foundry, embeddings", lambda: embeddings(foundry, {**with_key, "model": told("EMBEDDING_DEPLOYMENT")}))
