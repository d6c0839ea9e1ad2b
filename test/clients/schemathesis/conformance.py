"""Requests that schemathesis makes up from Azure's published specifications: none may end in a 5xx. What is answered is checked as with all clients."""

import json
import re
import subprocess
import sys
from pathlib import Path

from azure.identity import ClientSecretCredential

from steps import client, step, told

CASES, SECONDS = 3, 100
specs = Path(told("SPECS"))
data_plane = "azure-rest-api-specs/specification/cognitiveservices/data-plane/AzureOpenAI"
openai = {"url": told("ACCOUNT_ENDPOINT") + "openai", "header": "api-key: " + told("KEY")}
credential = ClientSecretCredential(
    told("TENANT_ID"),
    told("CLIENT_ID"),
    told("CLIENT_SECRET"),
    authority=told("ENDPOINT"),
    disable_instance_discovery=True,
)
token = credential.get_token(told("ENDPOINT") + "/.default").token
manager = {"url": told("ENDPOINT"), "header": "Authorization: Bearer " + token}
documents = {
    "v1": {
        **openai,
        "url": openai["url"] + "/v1",
        "file": "azure-rest-api-specs-trimmed/specification/ai/data-plane/OpenAI.v1/azure-v1-v1-generated.trimmed.json",
        "version": "v1",
    },
    "inference": {
        **openai,
        "file": f"{data_plane}/inference/stable/2024-10-21/inference.json",
        "version": "2024-10-21",
    },
    "authoring": {
        **openai,
        "file": f"{data_plane}/authoring/stable/2024-10-21/azureopenai.json",
        "version": "2024-10-21",
    },
    "authoring, preview": {
        **openai,
        "file": f"{data_plane}/authoring/preview/2025-04-01-preview/azureopenai.json",
        "version": "2025-04-01-preview",
    },
    "accounts": {
        **manager,
        "file": "azure-rest-api-specs/specification/cognitiveservices/resource-manager/"
        "Microsoft.CognitiveServices/stable/2025-06-01/cognitiveservices.json",
        "version": "2025-06-01",
    },
    "role assignments": {
        **manager,
        "file": "azure-rest-api-specs/specification/authorization/resource-manager/"
        "Microsoft.Authorization/stable/2022-04-01/authorization-RoleAssignmentsCalls.json",
        "version": "2022-04-01",
    },
}


def conform(name, document):
    """What the paths name is there, so that more than 404 is met."""
    fixed = {
        "api-version": document["version"],
        "path.subscriptionId": told("SUBSCRIPTION_ID"),
        "path.resourceGroupName": told("RESOURCE_GROUP"),
        "path.accountName": told("ACCOUNT"),
        "path.location": "northcentralus",
        "path.deployment-id": told("DEPLOYMENT"),
    }
    settings = Path(told("FOLDER"), "schemathesis.toml")
    lines = [f"{json.dumps(key)} = {json.dumps(value)}" for key, value in fixed.items()]
    settings.write_text("[parameters]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    asked = [
        *[sys.executable, "-m", "schemathesis.cli", "--config-file", str(settings), "run", str(specs / document["file"])],
        *["--url", document["url"], "-H", document["header"], "--checks", "not_a_server_error", "--phases", "fuzzing"],
        *["-n", str(CASES), "--no-shrink", "--seed", "15", "--generation-database", "none", "--no-color"],
        *["--exclude-method", "DELETE", "--warnings", "off", "--continue-on-failure"],
    ]
    done = subprocess.run(asked, cwd=told("FOLDER"), capture_output=True, text=True, check=False, timeout=SECONDS)
    found = re.search(r"(\d+) generated", done.stdout)
    if done.returncode != 0 or found is None:
        raise AssertionError((done.stdout + done.stderr)[-3000:])
    print(f"{name}: {found[0]}", file=sys.stderr)


client("schemathesis")
for each, where in documents.items():
    step(each, lambda each=each, where=where: conform(each, where))
