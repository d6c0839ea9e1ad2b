"""The whole path with one of the package's clients; deployment through azure-mgmt-cognitiveservices."""

from azure.identity import ClientSecretCredential, get_bearer_token_provider
from azure.mgmt.cognitiveservices import CognitiveServicesManagementClient
from pydantic import BaseModel

from steps import WEATHER, client, expect, expect_answer, messages, step, told, until


class Verdict(BaseModel):
    topic: str
    hard: bool


credential = ClientSecretCredential(
    told("TENANT_ID"),
    told("CLIENT_ID"),
    told("CLIENT_SECRET"),
    authority=told("ENDPOINT"),
    disable_instance_discovery=True,
)
token_provider = get_bearer_token_provider(credential, "https://cognitiveservices.azure.com/.default")


def whole_path(openai, package="openai"):
    client(package)

    def upload():
        with open(told("ROWS_FILE"), "rb") as rows:
            return openai.files.create(file=rows, purpose="fine-tune")

    file = step("upload", upload)

    def files():
        openai.files.wait_for_processing(file.id, poll_interval=0.3)
        expect(file.id in [each.id for each in openai.files.list()], "the list lacks the file")
        expect(openai.files.content(file.id).text.startswith('{"messages"'), "the content is another")

    step("files", files)
    job = step(
        "job",
        lambda: openai.fine_tuning.jobs.create(model=told("BASE_MODEL"), training_file=file.id, suffix="client"),
    )
    trained = step(
        "wait", lambda: until(lambda: openai.fine_tuning.jobs.retrieve(job.id), lambda each: each.status == "succeeded")
    )

    def events():
        expect(len(list(openai.fine_tuning.jobs.list_events(job.id, limit=5))) > 5, "one page of events only")
        expect(openai.fine_tuning.jobs.checkpoints.list(job.id).data, "no checkpoint")
        expect(job.id in [each.id for each in openai.fine_tuning.jobs.list()], "the list lacks the job")

    step("events, checkpoints", events)
    return file, trained


def deploy(trained):
    origin = told("ENDPOINT")
    arm = CognitiveServicesManagementClient(
        credential, told("SUBSCRIPTION_ID"), base_url=origin, credential_scopes=[origin + "/.default"]
    )
    body = {
        "sku": {"name": "Standard", "capacity": 1},
        "properties": {"model": {"format": "OpenAI", "name": trained.fine_tuned_model, "version": "1"}},
    }
    place = (told("RESOURCE_GROUP"), told("ACCOUNT"), "own")
    step("deploy (ARM)", lambda: arm.deployments.begin_create_or_update(*place, body).result())
    return lambda: arm.deployments.begin_delete(*place).result()


def chat(openai, model):
    asked = {"model": model, "messages": messages()}
    complete = openai.chat.completions.create
    step("chat", lambda: expect_answer(complete(**asked).choices[0].message.content))

    def stream():
        chunks = complete(**asked, stream=True)
        expect_answer("".join(each.choices[0].delta.content or "" for each in chunks if each.choices))

    step("stream", stream)
    step(
        "structured output",
        lambda: expect(
            isinstance(
                openai.chat.completions.parse(**asked, response_format=Verdict).choices[0].message.parsed, Verdict
            ),
            "nothing was parsed",
        ),
    )
    tools = [{"type": "function", "function": WEATHER}]
    step("tools", lambda: complete(**asked, tools=tools, tool_choice="required").choices[0].message.tool_calls[0])


def respond(openai, model):
    asked = {"model": model, "instructions": messages()[0]["content"], "input": told("QUESTION")}

    def responses():
        first = openai.responses.create(**asked)
        expect_answer(first.output_text)
        events = openai.responses.create(**asked, stream=True)
        expect_answer("".join(each.delta for each in events if each.type == "response.output_text.delta"))
        parsed = openai.responses.parse(**asked, text_format=Verdict).output_parsed
        expect(isinstance(parsed, Verdict), "nothing was parsed")
        openai.responses.delete(first.id)

    step("responses", responses)


def cleanup(openai, file, undeploy):
    def all_of_it():
        undeploy()
        openai.files.delete(file.id)

    step("cleanup", all_of_it)
