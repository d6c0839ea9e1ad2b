import { parse } from "yaml";

/** The stack whose model the settings promote; undefined where they train one. @param settings - of a stack: its file's content */
export function promotedStack(settings: string, project: string): string | undefined {
  const { config } = (parse(settings) ?? {}) as { config?: Record<string, unknown> | null };
  const group = config?.[`${project}:promote`];
  // `pulumi config set` without --path stores a group as JSON, which is YAML too.
  const promote: unknown = typeof group === "string" ? parse(group) : group;
  const stack = (promote as { stack?: unknown } | null | undefined)?.stack;
  return typeof stack === "string" ? stack : undefined;
}
