"""As Microsoft's sample of supervised fine-tuning: the client of a project gives the openai client."""

from azure.ai.projects import AIProjectClient

from openai_path import chat, cleanup, credential, deploy, respond, whole_path
from steps import told

project = AIProjectClient(endpoint=told("PROJECT_ENDPOINT"), credential=credential)
openai = project.get_openai_client()
file, trained = whole_path(openai, "azure-ai-projects")
undeploy = deploy(trained)
chat(openai, "own")
respond(openai, "own")
cleanup(openai, file, undeploy)
