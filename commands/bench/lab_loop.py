"""The lab's token count (task 6) over one file, timed. Arguments: file of ranks (base64 and rank per line), dataset."""

import base64
import json
import sys
import time

import numpy as np
import tiktoken
import tiktoken_ext.openai_public as published

with open(sys.argv[1]) as lines:
    ranks = {base64.b64decode(token): int(rank) for token, rank in (line.split() for line in lines)}
# The published encoding, but for where its ranks come from: no download.
published.load_tiktoken_bpe = lambda *_, **__: ranks
encoding = tiktoken.Encoding(**published.o200k_base())


def num_tokens_from_messages(messages, tokens_per_message=3, tokens_per_name=1):
    num_tokens = 0
    for message in messages:
        num_tokens += tokens_per_message
        for key, value in message.items():
            num_tokens += len(encoding.encode(value, disallowed_special=()))
            if key == "name":
                num_tokens += tokens_per_name
    num_tokens += 3
    return num_tokens


def num_assistant_tokens_from_messages(messages):
    num_tokens = 0
    for message in messages:
        if message["role"] == "assistant":
            num_tokens += len(encoding.encode(message["content"], disallowed_special=()))
    return num_tokens


def distribution(values):
    return {
        "sum": sum(values),
        "min": min(values),
        "max": max(values),
        "mean": float(np.mean(values)),
        "median": float(np.median(values)),
        "p5": float(np.quantile(values, 0.05)),
        "p10": float(np.quantile(values, 0.1)),
        "p90": float(np.quantile(values, 0.9)),
        "p95": float(np.quantile(values, 0.95)),
    }


start = time.perf_counter()
with open(sys.argv[2], "r", encoding="utf-8") as f:
    dataset = [json.loads(line) for line in f]
total_tokens = []
assistant_tokens = []
for ex in dataset:
    messages = ex.get("messages", {})
    total_tokens.append(num_tokens_from_messages(messages))
    assistant_tokens.append(num_assistant_tokens_from_messages(messages))
result = {"total": distribution(total_tokens), "assistant": distribution(assistant_tokens)}
print(json.dumps({"seconds": time.perf_counter() - start, "tokens": result}))
