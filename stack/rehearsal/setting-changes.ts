import { isMap, parseDocument } from "yaml";

/** A setting that differs: `["config", "azure-openai-finetune:seed"]`, or a member of the file such as `["secretsprovider"]`. */
export interface SettingChange {
  path: string[];
  /** Undefined: it was removed. */
  value?: unknown;
}

/**
 * The settings of a stack that differ between two texts of its settings file. Pulumi quotes numbers and booleans when it writes the file:
 * that is no change of a setting.
 *
 * @returns none if one of them is not YAML, which pulumi has already reported
 */
export function settingChanges(before: string, after: string): SettingChange[] {
  const [old, now] = [settingsOf(before), settingsOf(after)];
  if (!old || !now) return [];
  const names = new Set([...old.keys(), ...now.keys()]);
  return [...names].flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    if (canonical(was) === canonical(is)) return [];
    return [{ path: JSON.parse(name) as string[], value: is }];
  });
}

/** The text with those settings changed, and everything else as it was: comments, quotes, order. */
export function withChanges(text: string, changes: SettingChange[]): string {
  const document = parseDocument(text);
  for (const { path, value } of changes) {
    // `config:` with nothing below it, where the first setting comes.
    const [first] = path;
    if (path.length > 1 && !isMap(document.get(first))) document.set(first, document.createNode({}));
    if (value === undefined) document.deleteIn(path);
    // A plain value keeps the node that is there, and so the comment behind it.
    else document.setIn(path, value instanceof Object ? document.createNode(value) : value);
  }
  // One choice for the whole text: as its first list or map in brackets has it.
  const padded = /(?:^|[\s:-])[[{]( ?)[^\s\]}]/.exec(text)?.[1] !== "";
  return document.toString({ lineWidth: 0, flowCollectionPadding: padded });
}

/** By path, as JSON: each entry below `config`, and the other members as wholes. */
function settingsOf(text: string): Map<string, unknown> | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  const content = (document.toJS() ?? {}) as Record<string, unknown>;
  if (!(content instanceof Object) || Array.isArray(content)) return undefined;
  return new Map(
    Object.entries(content).flatMap(([member, value]) =>
      member === "config"
        ? Object.entries(value ?? {}).map(([name, setting]): [string, unknown] => [
            JSON.stringify([member, name]),
            setting,
          ])
        : [[JSON.stringify([member]), value] satisfies [string, unknown]],
    ),
  );
}

function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "number" || typeof inner === "boolean" ? String(inner) : inner,
  );
}
