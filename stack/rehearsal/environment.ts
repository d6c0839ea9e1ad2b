import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { places as rehearsalPlaces, rehearsalStack } from "./folder";

/** Sign-in data of the running service, as local-azure hands them out. */
export interface Cloud {
  /** `https://localhost:<port>` */
  endpoint: string;
  /** PEM file of the certificate authority that signed the service's certificate. */
  caFile: string;
  tenantId: string;
  clientId: string;
  clientSecret: string;
  subscriptionId: string;
}

type Places = Pick<typeof rehearsalPlaces, "backend" | "pulumiHome" | "passphrase" | "trust">;

// The user's own cloud must not leak into the rehearsal: neither a credential nor a backend nor a stack.
const foreign = /^(ARM|AZURE|PULUMI|OPENAI|MSI|IDENTITY|IMDS)_|^ACTIONS_ID_TOKEN_REQUEST_/;
/** Where Go programs look for certificates when SSL_CERT_DIR isn't set (crypto/x509, root_linux.go). */
const systemCertificates = ["/etc/ssl/certs", "/etc/pki/tls/certs"];

/** The environment in which pulumi and its plugins see the rehearsal, and only the rehearsal, as their Azure. */
export function rehearsalEnvironment(
  cloud: Cloud,
  cliFolder: string,
  base: NodeJS.ProcessEnv = process.env,
  places: Places = rehearsalPlaces,
  platform: NodeJS.Platform = process.platform,
): NodeJS.ProcessEnv {
  const env = Object.fromEntries(
    // Windows writes `Path`: in a plain object, unlike in process.env, that is another name than PATH.
    Object.entries(base).filter(([name]) => !foreign.test(name) && name.toUpperCase() !== "PATH"),
  );
  const local = ["localhost", "127.0.0.1"];
  const noProxy = [base.NO_PROXY ?? base.no_proxy, ...local].filter(Boolean).join(",");
  return {
    ...env,
    PATH: [cliFolder, searchPath(base)].filter(Boolean).join(pathOf(platform).delimiter),
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    ...trust(cloud.caFile, places.trust, base, platform),
    ARM_METADATA_HOSTNAME: new URL(cloud.endpoint).host,
    ARM_DISABLE_INSTANCE_DISCOVERY: "true",
    ARM_TENANT_ID: cloud.tenantId,
    ARM_SUBSCRIPTION_ID: cloud.subscriptionId,
    ARM_CLIENT_ID: cloud.clientId,
    ARM_CLIENT_SECRET: cloud.clientSecret,
    PULUMI_BACKEND_URL: backendUrl(places.backend),
    PULUMI_CONFIG_PASSPHRASE_FILE: places.passphrase,
    PULUMI_HOME: places.pulumiHome,
    PULUMI_STACK: rehearsalStack,
    FINETUNE_PULUMI_COMMAND: "npm run local --",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

/** The one value of PATH, however the system spells its name. */
function searchPath(base: NodeJS.ProcessEnv): string | undefined {
  const name = Object.keys(base).find((key) => key.toUpperCase() === "PATH");
  return name === undefined ? undefined : base[name];
}

function pathOf(platform: NodeJS.Platform): path.PlatformPath {
  return platform === "win32" ? path.win32 : path.posix;
}

/**
 * The address of a state folder. Pulumi takes what follows `file://` for a path of the system (`C:\\...` on Windows), and later for a
 * URL: the characters with a meaning there are escaped.
 */
export function backendUrl(folder: string): string {
  const escaped = folder.replace(/[%#?]/g, (character) => encodeURIComponent(character));
  return `file://${escaped}`;
}

/**
 * Adds the rehearsal's authority to what the user trusts already. Node takes one file more (NODE_EXTRA_CA_CERTS), so both
 * are joined; Go reads every folder of SSL_CERT_DIR, whereas SSL_CERT_FILE would replace the system's bundle. On macOS and Windows Go
 * reads neither (crypto/x509 asks the system): there the stand-in plugin is used, which is a Node program.
 */
function trust(caFile: string, folder: string, base: NodeJS.ProcessEnv, platform: NodeJS.Platform): NodeJS.ProcessEnv {
  const bundle = path.join(folder, "node", "bundle.pem");
  mkdirSync(path.dirname(bundle), { recursive: true });
  copyFileSync(caFile, path.join(folder, "local-azure.pem"));
  const theirs = base.NODE_EXTRA_CA_CERTS;
  const files = theirs && theirs !== bundle && existsSync(theirs) ? [theirs, caFile] : [caFile];
  writeFileSync(bundle, files.map((file) => `${readFileSync(file, "utf8").trimEnd()}\n`).join(""));
  if (platform === "win32" || platform === "darwin") return { NODE_EXTRA_CA_CERTS: bundle };
  const folders = base.SSL_CERT_DIR ? [base.SSL_CERT_DIR] : systemCertificates;
  return { NODE_EXTRA_CA_CERTS: bundle, SSL_CERT_DIR: [folder, ...folders].join(":") };
}
