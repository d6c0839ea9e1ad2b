/** Tells paths that a template of a specification (`/files/{file-id}`) stands for, in any case. */
export function matcherOf(template: string): RegExp {
  const pattern = template
    .split(/(\{[^}]+\})/)
    .map((part) => {
      if (!part.startsWith("{")) return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      // A scope is a path itself.
      return part === "{scope}" ? "(.+)" : "([^/]+)";
    })
    .join("");
  return new RegExp(`^${pattern.replace(/\/$/, "")}/?$`, "i");
}
