import { expect, it } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { explainFailure, reasonOf } from "../../program/explain-failure";

it("a failed call ends the program with a sentence, which Pulumi prints without a stack trace", async () => {
  const failure = new Error("invocation of azure-native:cognitiveservices:getAccount returned an error: Status=401");
  const error: unknown = await explainFailure(Promise.reject(failure), "The endpoint can't be read").catch(
    (thrown: unknown) => thrown,
  );
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect((error as Error).message).toBe("The endpoint can't be read: Status=401");
});

it("an answer passes through", async () => expect(await explainFailure(Promise.resolve(7), "What")).toBe(7));

const dashes = "-".repeat(80);
const response = (status: string, code: string, body: string) =>
  [
    "invocation of azure-native:resources:getResourceGroup returned an error: request failed /subscriptions/s/resourceGroups/g: GET https://management.azure.com/subscriptions/s/resourceGroups/g",
    dashes,
    `RESPONSE ${status}`,
    code,
    dashes,
    body,
    dashes,
  ].join("\n");

it.each<[string, string, string]>([
  [
    "azure-native's own form",
    'invocation of x:y:z returned an error: Status=403 Code="AuthorizationFailed" Message="The client \'c\' does not have authorization."',
    "The client 'c' does not have authorization (AuthorizationFailed, status 403).",
  ],
  [
    "its HTTP library's form",
    response(
      "403: 403 Forbidden",
      "ERROR CODE: AuthorizationFailed",
      JSON.stringify(
        { error: { code: "AuthorizationFailed", message: "The client 'c' does not have authorization." } },
        undefined,
        2,
      ),
    ),
    "The client 'c' does not have authorization (AuthorizationFailed, status 403).",
  ],
  [
    "a gateway's page",
    response("502: 502 Bad Gateway", "ERROR CODE UNAVAILABLE", "<html>\n{}</html>"),
    "management.azure.com returned status 502 for GET (Bad Gateway).",
  ],
  [
    "gRPC's wrapping",
    "rpc error: code = Unknown desc = Sign-in failed: AADSTS7000215",
    "Sign-in failed: AADSTS7000215",
  ],
  ["a sentence", "The subscription could not be determined.", "The subscription could not be determined."],
])("a reason in words: %s", (_case, message, reason) => {
  expect(reasonOf(new Error(message))).toBe(reason);
});
