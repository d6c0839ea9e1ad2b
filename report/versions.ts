import { readFileSync } from "node:fs";
import path from "node:path";
import { shippedCatalog } from "../catalog";

/** Packages whose version may decide what a job was asked for. */
const deciding = ["@pulumi/pulumi", "@pulumi/azure-native", "openai"];

/** Versions of this project, of what it asks the service with, and of its price list. */
export function projectVersions(): Record<string, string> {
  const file = path.join(path.dirname(__dirname), "package.json");
  const project = JSON.parse(readFileSync(file, "utf8")) as {
    version: string;
    dependencies: Record<string, string>;
  };
  return {
    project: project.version,
    node: process.versions.node,
    ...Object.fromEntries(deciding.map((name) => [name, project.dependencies[name] ?? "unknown"])),
    priceList: shippedCatalog.prices.asOf,
  };
}
