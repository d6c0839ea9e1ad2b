from openai import AzureOpenAI

from openai_path import chat, cleanup, deploy, respond, whole_path
from steps import told

openai = AzureOpenAI(
    azure_endpoint=told("ACCOUNT_ENDPOINT"), api_key=told("KEY"), api_version="2025-04-01-preview", max_retries=0
)
file, trained = whole_path(openai)
undeploy = deploy(trained)
chat(openai, "own")
respond(openai, "own")
cleanup(openai, file, undeploy)
