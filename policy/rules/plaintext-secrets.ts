import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { StackValidationPolicy } from "@pulumi/policy";
import { parse } from "yaml";
import { holdsSecret, isBareKey } from "../../datasets/privacy/holds-secret";
import { soundsSecret } from "../../datasets/privacy/secret-name";
import { stackOf } from "../checks";

interface Settings {
  /** File with the stack's settings, relative to the project folder. @default Pulumi.<stack>.yaml */
  settingsFile?: string;
}

/** Looks at the file itself: the engine passes settings on decrypted, so that afterwards it is unknown which were encrypted. */
export const plaintextSecrets: StackValidationPolicy = {
  name: "plaintext-secrets",
  description: "The stack's settings contain no secret in plain text.",
  configSchema: { properties: { settingsFile: { type: "string" } } },
  validateStack: (args, report) => {
    const stack = stackOf(args.resources[0]?.urn ?? "");
    const projectFolder = path.resolve(__dirname, "../..");
    const file = path.resolve(projectFolder, args.getConfig<Settings>().settingsFile ?? `Pulumi.${stack}.yaml`);
    if (!existsSync(file)) args.notApplicable(`${path.basename(file)} does not exist`);
    const { config } = (parse(readFileSync(file, "utf8")) ?? {}) as { config?: Record<string, unknown> };
    for (const setting of plaintextIn(config ?? {})) {
      report(
        `${path.basename(file)}: ${setting} is plain text. Remove it from the file and its history, revoke it, and use ARM_* variables or \`pulumi config set --secret\`.`,
      );
    }
  },
};

/** Names of the settings that hold a secret in plain text, e.g. `azure-native:clientSecret`. */
export function plaintextIn(value: unknown, name = ""): string[] {
  if (typeof value === "object" && value !== null) {
    if (isEncrypted(value)) return [];
    return Object.entries(value).flatMap(([key, inner]) => plaintextIn(inner, name === "" ? key : `${name}.${key}`));
  }
  if (typeof value !== "string" || value === "") return [];
  const last = name.split(/[.:]/).at(-1) ?? "";
  return soundsSecret(last) || holdsSecret(value) || isBareKey(value) ? [name] : [];
}

/** `{secure: <ciphertext>}` */
function isEncrypted(value: object): boolean {
  return Object.keys(value).length === 1 && "secure" in value;
}
