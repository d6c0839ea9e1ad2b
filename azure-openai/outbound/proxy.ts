import { BlockList, isIP } from "node:net";

type Environment = Readonly<Record<string, string | undefined>>;

/** A proxy, and the variable that names it. */
export interface Proxy {
  /** With credentials, when the variable has any. */
  url: string;
  /** Without credentials, for messages. */
  shown: string;
  variable: string;
}

/** A proxy variable that can't be used; the message names it. */
export class ProxySettingError extends Error {
  constructor(variable: string, shown: string) {
    super(`${variable} is "${shown}"; expected the address of an HTTP proxy, e.g. http://proxy.example:8080.`);
    this.name = "ProxySettingError";
  }
}

/** Never through a proxy, as in Go for loopback; link-local addresses (the metadata service of virtual machines) exist only on this host. */
const LOCAL = new BlockList();
LOCAL.addSubnet("127.0.0.0", 8);
LOCAL.addSubnet("169.254.0.0", 16);
LOCAL.addAddress("::1", "ipv6");
LOCAL.addSubnet("fe80::", 10, "ipv6");

/**
 * The proxy for a URL by the rules of Go programs (golang.org/x/net/http/httpproxy), since azure-native and pulumi are some: all requests
 * of a run go the same way. HTTPS_PROXY for https and HTTP_PROXY for http, in lower case too; NO_PROXY lists `*`, names (their subdomains
 * are meant too; with a leading dot only those), IP addresses and CIDR ranges, each with a port or without.
 *
 * @throws ProxySettingError
 */
export function proxyFor(url: URL, environment: Environment = process.env): Proxy | undefined {
  const host = url.hostname
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "")
    .toLowerCase();
  if (host === "localhost" || inList(LOCAL, host)) return undefined;
  const name = url.protocol === "http:" ? "HTTP_PROXY" : "HTTPS_PROXY";
  const variable = [name, name.toLowerCase()].find((key) => environment[key]);
  if (!variable) return undefined;
  const port = url.port || (url.protocol === "http:" ? "80" : "443");
  const exceptions = environment["NO_PROXY"] || environment["no_proxy"] || "";
  if (exceptions.split(",").some((entry) => matches(entry.trim().toLowerCase(), host, port))) return undefined;
  return readProxy(variable, environment[variable] ?? "");
}

function readProxy(variable: string, value: string): Proxy {
  // A name without a scheme is an HTTP proxy, as in Go.
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url?.hostname || !["http:", "https:"].includes(url.protocol))
    throw new ProxySettingError(variable, value.replace(/\/\/[^/@]*@/, "//***@").replace(/^[^/@]*@/, "***@"));
  return { url: url.href, shown: url.origin, variable };
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === "") return false;
  if (entry === "*") return true;
  if (entry.includes("/")) return inRange(entry, host);
  const [, bracketed, name = bracketed, onlyPort] =
    /^(?:\[([^\]]+)\]|([^:]+|[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*))(?::(\d+))?$/.exec(entry) ?? [];
  if (!name || (onlyPort && onlyPort !== port)) return false;
  if (isIP(name)) return sameAddress(name, host);
  const domain = name.replace(/^\*(?=\.)/, "");
  return domain.startsWith(".") ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

function inRange(entry: string, host: string): boolean {
  const [base = "", bits = ""] = entry.split("/");
  const family = isIP(base);
  if (!family || !/^\d+$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(base, Number(bits), family === 4 ? "ipv4" : "ipv6");
  return inList(list, host);
}

function sameAddress(a: string, b: string): boolean {
  const list = new BlockList();
  list.addAddress(a, isIP(a) === 4 ? "ipv4" : "ipv6");
  return inList(list, b);
}

function inList(list: BlockList, host: string): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 4 ? "ipv4" : "ipv6");
}
