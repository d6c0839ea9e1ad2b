import { isMap, isScalar, parseDocument } from "yaml";
import { UserError } from "../command";

/** The salt of a passphrase, in a settings file. */
export const saltLine = /^encryptionsalt:.*\n?/m;

export function withoutSalt(text: string): string {
  return text.replace(saltLine, "");
}

/** What says where a stack's secrets are encrypted, in a settings file. */
const ENCRYPTION = ["secretsprovider", "encryptedkey", "encryptionsalt"];
/** Settings of the provider: subscription, tenant and sign-in are the rehearsal's own. */
const PROVIDER = "azure-native:";

/**
 * The settings of a stack as the rehearsal sees them. A file that is also of a stack on Azure keeps its subscription, its sign-in and the key of its
 * secrets to that one.
 *
 * @param file - its name, for messages
 * @throws UserError when it has a secret that was encrypted for a stack elsewhere
 */
export function rehearsed(text: string, file: string): string {
  const document = parseDocument(text);
  const config = isMap(document.contents) ? document.get("config") : undefined;
  const settings = isMap(config) ? config.items.map(({ key }) => String(isScalar(key) ? key.value : key)) : [];
  const elsewhere = isMap(document.contents) && ENCRYPTION.some((name) => document.has(name));
  const secrets = elsewhere && isMap(config) ? settings.filter((name) => hasSecret(config.get(name))) : [];
  const provider = settings.filter((name) => name.startsWith(PROVIDER));
  const own = secrets.filter((name) => !provider.includes(name));
  if (own.length > 0) {
    throw new UserError(
      `${file} has secrets that the rehearsal cannot decrypt: ${own.join(", ")}. Rehearse a copy of the file without them, as another stack: for example Pulumi.rehearsal.yaml with --stack rehearsal.`,
    );
  }
  const others = ENCRYPTION.filter(
    (name) => name !== "encryptionsalt" && isMap(document.contents) && document.has(name),
  );
  if (provider.length === 0 && others.length === 0) return withoutSalt(text);
  for (const name of provider) document.deleteIn(["config", name]);
  for (const name of others) document.delete(name);
  return withoutSalt(document.toString());
}

/** Whether a setting is encrypted, or a part of it. */
function hasSecret(value: unknown): boolean {
  if (!isMap(value)) return false;
  return value.items.some(({ key, value: inner }) => String(key) === "secure" || hasSecret(inner));
}
