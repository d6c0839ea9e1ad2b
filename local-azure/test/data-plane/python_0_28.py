"""What a notebook of the 2023-05-01 generation does, with openai-python 0.28: train, or chat with an engine."""

import io
import json
import os
import sys
import time

import openai

openai.api_key = os.environ["AZURE_OPENAI_API_KEY"]
openai.api_base = os.environ["AZURE_OPENAI_ENDPOINT"]
openai.api_type = "azure"
openai.api_version = "2023-05-01"


def row(number):
    messages = [
        {"role": "user", "content": f"What is thing {number}?"},
        {"role": "assistant", "content": f"Thing {number} is number {number} of the course."},
    ]
    return json.dumps({"messages": messages}) + "\n"


def upload(name, rows):
    content = io.BytesIO("".join(map(row, range(rows))).encode("utf-8"))
    return openai.File.create(file=content, purpose="fine-tune", user_provided_filename=name)["id"]


def train():
    training = upload("training_set.jsonl", 12)
    validation = upload("validation_set.jsonl", 4)
    job = openai.FineTuningJob.create(
        training_file=training, validation_file=validation, model="gpt-4o-mini-2024-07-18"
    )
    while job["status"] not in ["succeeded", "failed"]:
        time.sleep(0.2)
        job = openai.FineTuningJob.retrieve(job["id"])
    names = {file["filename"] for file in openai.File.list()["data"]}
    assert names == {"training_set.jsonl", "validation_set.jsonl", "results.csv"}, names
    print(json.dumps({"model": job["fine_tuned_model"], "jobs": len(openai.FineTuningJob.list()["data"])}))


def chat(engine):
    answer = openai.ChatCompletion.create(engine=engine, messages=[{"role": "user", "content": "what is thing 7"}])
    print(answer["choices"][0]["message"]["content"])


if sys.argv[1] == "train":
    train()
else:
    chat(sys.argv[2])
