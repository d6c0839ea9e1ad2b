from openai import OpenAI

from openai_path import chat, cleanup, deploy, respond, token_provider, whole_path
from steps import told

openai = OpenAI(base_url=told("ACCOUNT_ENDPOINT") + "openai/v1", api_key=token_provider, max_retries=0)
file, trained = whole_path(openai)
undeploy = deploy(trained)
chat(openai, "own")
respond(openai, "own")
cleanup(openai, file, undeploy)
