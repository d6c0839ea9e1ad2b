import type { ShownRequest } from "local-azure/live/shapes";

export type StatusChoice = "all" | "success" | "refused" | "failed" | "open";

export const statusChoices: { choice: StatusChoice; name: string }[] = [
  { choice: "all", name: "All" },
  { choice: "success", name: "Succeeded (1xx to 3xx)" },
  { choice: "refused", name: "Refused (4xx)" },
  { choice: "failed", name: "Failed (5xx, or the client left)" },
  { choice: "open", name: "Not answered yet" },
];

/** Where a request belongs. */
export function outcomeOf({ status, left }: Pick<ShownRequest, "status" | "left">): Exclude<StatusChoice, "all"> {
  if (left) return "failed";
  if (status === 0) return "open";
  if (status >= 500) return "failed";
  return status >= 400 ? "refused" : "success";
}

/** Whether a request is wanted: each word of the text is in its method, path, status, user agent or id, whatever the case. */
export function wanted(request: ShownRequest, text: string, choice: StatusChoice): boolean {
  if (choice !== "all" && outcomeOf(request) !== choice) return false;
  const { method, path, status, agent = "", id } = request;
  const searched = `${method} ${path} ${status} ${agent} ${id}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => searched.includes(word));
}
