import * as pulumi from "@pulumi/pulumi";

/**
 * Takes the engine's answers out of the debug messages of Pulumi's SDK. It writes each of them there, with access tokens and account
 * keys in plain text (`RegisterResource RPC finished: ...; resp: ...`); `pulumi up --json`, `--event-log` and `--debug` show them.
 *
 * @param log - where the SDK logs. Calling it again changes nothing.
 */
export function redactDebugLog(log: { debug: typeof pulumi.log.debug } = pulumi.log): void {
  const { debug } = log;
  log.debug = (message, ...more) => debug(message.replace(/\bresp: [^]+$/, "resp: withheld"), ...more);
}
