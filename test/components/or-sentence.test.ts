import { expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { orSentence } from "../../components/or-sentence";

test("a failed call ends the program with a sentence, which Pulumi prints without a stack trace", async () => {
  const failure = new Error("invocation of azure-native:cognitiveservices:getAccount returned an error: Status=401");
  const error: unknown = await orSentence(Promise.reject(failure), "The endpoint can't be read").catch(
    (thrown: unknown) => thrown,
  );
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect((error as Error).message).toBe("The endpoint can't be read: Status=401");
});

test("an answer passes through", async () => expect(await orSentence(Promise.resolve(7), "What")).toBe(7));
