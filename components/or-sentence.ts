import * as pulumi from "@pulumi/pulumi";

/** A call to Azure whose failure ends the program with a sentence instead of a stack trace. */
export async function orSentence<T>(call: Promise<T>, what: string): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw new pulumi.RunError(`${what}: ${reasonOf(error)}`);
  }
}

/** The failure without the name of the function that Pulumi puts before it. */
export function reasonOf(error: unknown): string {
  return (error as Error).message.replace(/^invocation of \S+ returned an error: /i, "");
}
