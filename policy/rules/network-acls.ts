import { BlockList } from "node:net";
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { checksAccounts } from "../checks";

interface Settings {
  /** Ranges (CIDR) that addresses must be in; without it, any range that is narrow enough. */
  allowedRanges?: string[];
  /** Shortest prefix of an IPv4 range. @default 16 */
  shortestPrefix?: number;
}

export const networkAcls: ResourceValidationPolicy = {
  name: "network-acls",
  description: "Network rules allow only known and narrow address ranges.",
  configSchema: {
    properties: {
      allowedRanges: { type: "array", items: { type: "string" } },
      shortestPrefix: { type: "integer", minimum: 0, maximum: 32, default: 16 },
    },
  },
  validateResource: checksAccounts<Settings>()(({ props, settings }, report) => {
    const { allowedRanges, shortestPrefix = 16 } = settings;
    for (const { value } of props.properties?.networkAcls?.ipRules ?? []) {
      const { address, prefix } = rangeOf(value);
      if (prefix < shortestPrefix)
        report(`The address range ${value} is wider than /${shortestPrefix}.`, "List narrower ranges.");
      else if (allowedRanges && !lies(address, prefix, allowedRanges))
        report(`The address range ${value} is not in any of ${allowedRanges.join(", ")}.`, "Remove it from `network`.");
    }
  }),
};

function rangeOf(range: string): { address: string; prefix: number } {
  const [address = "", prefix] = range.split("/");
  return { address, prefix: prefix === undefined ? 32 : Number(prefix) };
}

function lies(address: string, prefix: number, ranges: string[]): boolean {
  return ranges.map(rangeOf).some((range) => {
    const list = new BlockList();
    list.addSubnet(range.address, range.prefix);
    return prefix >= range.prefix && list.check(address);
  });
}
