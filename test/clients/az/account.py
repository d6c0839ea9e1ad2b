"""az as a person uses it: its own cloud, then an account from creation to purge."""

import json
import os
import subprocess
import sys
from pathlib import Path

from steps import client, expect, step, told

os.environ["AZURE_CONFIG_DIR"] = told("FOLDER")
os.environ["AZURE_CORE_COLLECT_TELEMETRY"] = "false"
group, account = told("RESOURCE_GROUP"), "AzAccount"
here = ["-g", group, "-n", account]


def az(*words):
    command = [sys.executable, "-m", "azure.cli", *words, "--output", "json", "--only-show-errors"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip()[-400:])
    return json.loads(done.stdout) if done.stdout.strip() else None


def sign_in():
    az("cloud", "register", "-n", "Local", "--endpoint-resource-manager", told("ENDPOINT"))
    az("cloud", "set", "-n", "Local")
    az("config", "set", "core.instance_discovery=false")
    secret = ["-u", told("CLIENT_ID"), "-p", told("CLIENT_SECRET"), "--tenant", told("TENANT_ID")]
    az("login", "--service-principal", *secret)


def create():
    made = az(
        *["cognitiveservices", "account", "create", *here, "--kind", "OpenAI", "--sku", "S0"],
        *["-l", "northcentralus", "--custom-domain", "azaccount", "--yes"],
    )
    expect(made["properties"]["provisioningState"] == "Succeeded", "the account is not ready")


def deploy():
    model = ["--model-name", "gpt-4o-mini", "--model-version", "2024-07-18", "--model-format", "OpenAI"]
    named = ["--deployment-name", "base", "--sku-name", "Standard", "--sku-capacity", "1"]
    az("cognitiveservices", "account", "deployment", "create", *here, *model, *named)
    expect(len(az("cognitiveservices", "account", "deployment", "list", *here)) == 1, "the list lacks it")


def template():
    empty = {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [],
    }
    file = Path(told("FOLDER"), "empty.json")
    file.write_text(json.dumps(empty), encoding="utf-8")
    az("deployment", "group", "create", "-g", group, "-n", "first", "-f", str(file))


def remove():
    az("cognitiveservices", "account", "deployment", "delete", *here, "--deployment-name", "base")
    az("cognitiveservices", "account", "delete", *here)
    az("cognitiveservices", "account", "purge", *here, "-l", "northcentralus")


client("azure-cli")
step("sign in", sign_in)
step("account", create)
step("keys", lambda: az("cognitiveservices", "account", "keys", "list", *here)["key1"])
step("models, usage", lambda: az("cognitiveservices", "account", "list-models", *here)[0])
step("deployment", deploy)
step("template", template)
step("delete, purge", remove)
