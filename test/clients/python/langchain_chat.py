from langchain_openai import AzureChatOpenAI, ChatOpenAI
from pydantic import BaseModel

from steps import SYSTEM, WEATHER, client, expect, expect_answer, step, told


class Verdict(BaseModel):
    topic: str
    hard: bool


client("langchain-openai")
asked = [("system", SYSTEM), ("user", told("QUESTION"))]
v1 = {"model": told("DEPLOYMENT"), "api_key": told("KEY"), "base_url": told("ACCOUNT_ENDPOINT") + "openai/v1"}
models = {
    "chat, dated": AzureChatOpenAI(
        azure_endpoint=told("ACCOUNT_ENDPOINT"),
        api_key=told("KEY"),
        api_version="2024-10-21",
        azure_deployment=told("DEPLOYMENT"),
        max_retries=0,
    ),
    "chat, v1": ChatOpenAI(**v1, max_retries=0),
    "responses": ChatOpenAI(**v1, max_retries=0, use_responses_api=True),
}


def text_of(message):
    return message.text if isinstance(message.text, str) else message.text()


def try_all(name, model):
    step(f"{name}: invoke", lambda: expect_answer(text_of(model.invoke(asked))))
    step(f"{name}: stream", lambda: expect_answer("".join(text_of(each) for each in model.stream(asked))))
    step(f"{name}: batch", lambda: [expect_answer(text_of(each)) for each in model.batch([asked, asked])])
    structured = model.with_structured_output(Verdict, method="json_schema")
    step(f"{name}: structured output", lambda: expect(isinstance(structured.invoke(asked), Verdict), "no verdict"))
    bound = model.bind_tools([{"type": "function", "function": WEATHER}], tool_choice=WEATHER["name"])
    step(f"{name}: tools", lambda: bound.invoke(asked).tool_calls[0]["args"]["city"])


for each_name, each_model in models.items():
    try_all(each_name, each_model)
