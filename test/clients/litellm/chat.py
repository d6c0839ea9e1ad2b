import os

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # its own copy of the price list: nothing is asked elsewhere

import litellm

from steps import WEATHER, client, expect_answer, messages, step, told, until

client("litellm")
account = {"api_base": told("ACCOUNT_ENDPOINT"), "api_key": told("KEY"), "api_version": "2025-04-01-preview"}
asked = {"model": "azure/" + told("DEPLOYMENT"), "messages": messages(), "max_retries": 0, **account}
provider = {"custom_llm_provider": "azure", **account}


def upload():
    with open(told("ROWS_FILE"), "rb") as rows:
        return litellm.create_file(file=rows, purpose="fine-tune", **provider)


file = step("upload", upload)
step(
    "files",
    lambda: until(lambda: litellm.file_retrieve(file_id=file.id, **provider), lambda each: each.status == "processed"),
)
job = step(
    "job",
    lambda: litellm.create_fine_tuning_job(model=told("BASE_MODEL"), training_file=file.id, **provider),
)
step(
    "wait",
    lambda: until(
        lambda: litellm.retrieve_fine_tuning_job(fine_tuning_job_id=job.id, **provider),
        lambda each: each.status == "succeeded",
    ),
)
step("chat", lambda: expect_answer(litellm.completion(**asked).choices[0].message.content))
step(
    "stream",
    lambda: expect_answer(
        "".join(each.choices[0].delta.content or "" for each in litellm.completion(**asked, stream=True) if each.choices)
    ),
)
tools = [{"type": "function", "function": WEATHER}]
step("tools", lambda: litellm.completion(**asked, tools=tools, tool_choice="required").choices[0].message.tool_calls[0])
responses = {"model": asked["model"], "instructions": messages()[0]["content"], "input": told("QUESTION"), **account}
step("responses", lambda: expect_answer(litellm.responses(**responses).output_text))
step("cleanup", lambda: litellm.file_delete(file_id=file.id, **provider))
