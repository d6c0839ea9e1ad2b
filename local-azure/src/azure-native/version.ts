import { readFileSync } from "node:fs";

/** Version of the SDK that this plugin answers; Pulumi asks for exactly this one. */
export function version(): string {
  const file = require.resolve("@pulumi/azure-native/package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
