"""az as a person uses it: its own cloud, then an account from creation to purge."""

import json
import os
import subprocess
import sys
from collections import Counter
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
    """What `bicep build` makes of an account, a deployment and a role on it: before, while and after it is there."""
    values = [f"name={account}Templated", f"principalId={told('PRINCIPAL_ID')}"]
    ours = ["-g", group, "-f", str(Path(__file__).with_name("main.json")), "-p", *values]
    az("deployment", "group", "validate", *ours)
    expect(what_if(ours) == {"Create": 3}, f"what-if at first: {what_if(ours)}")
    made = az("deployment", "group", "create", "-n", "main", *ours)
    expect(made["properties"]["outputs"]["endpoint"]["value"].startswith("https://"), "there is no output")
    expect(what_if(ours) == {"NoChange": 3}, f"what-if of the same: {what_if(ours)}")
    expect(what_if([*ours, "team=b"]) == {"Modify": 1, "NoChange": 2}, "what-if of another tag")
    for words in ["operation", "group", "list"], ["group", "export"]:
        az("deployment", *words, "-g", group, "-n", "main")
    empty = Path(told("FOLDER"), "empty.json")
    empty.write_text(json.dumps({**EMPTY, "resources": []}), encoding="utf-8")
    az("deployment", "group", "create", "-g", group, "-n", "nothing", "-f", str(empty))


EMPTY = {
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    "contentVersion": "1.0.0.0",
}


def what_if(ours):
    """How many changes of each kind, of the template's own resources."""
    found = az("deployment", "group", "what-if", "--no-pretty-print", *ours)["changes"]
    return dict(Counter(each["changeType"] for each in found if each["changeType"] != "Ignore"))


def remove():
    az("cognitiveservices", "account", "deployment", "delete", *here, "--deployment-name", "base")
    az("cognitiveservices", "account", "delete", *here)
    az("cognitiveservices", "account", "purge", *here, "-l", "northcentralus")
    templated = ["-g", group, "-n", account + "Templated"]
    az("cognitiveservices", "account", "deployment", "delete", *templated, "--deployment-name", "base")
    az("cognitiveservices", "account", "delete", *templated)


client("azure-cli")
step("sign in", sign_in)
step("account", create)
step("keys", lambda: az("cognitiveservices", "account", "keys", "list", *here)["key1"])
step("models, usage", lambda: az("cognitiveservices", "account", "list-models", *here)[0])
step("deployment", deploy)
step("template", template)
step("delete, purge", remove)
