import { createPrivateKey, randomBytes, webcrypto, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { isIP } from "node:net";
import path from "node:path";
// @peculiar/x509 resolves its algorithms with decorators' metadata.
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import writeFileAtomic from "write-file-atomic";

const DAY = 24 * 3600 * 1000;
const CA_YEARS = 10;
const LEAF_DAYS = 365;
/** A leaf with less than this left is replaced at the next start. */
const RENEW_BEFORE_DAYS = 30;
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** What the server shows, and where clients find the authority that they have to trust. */
export interface Certificates {
  /** Path of the authority's certificate (PEM). */
  caFile: string;
  /** The authority's certificate (PEM). */
  caPem: string;
  /** Certificate for localhost, 127.0.0.1 and the names that were asked for (PEM). */
  cert: string;
  /** Its private key (PEM). */
  key: string;
}

/**
 * The certificates of a folder: a certificate authority of its own, created at first use, and a server certificate
 * signed by it, renewed when it nears its end or lacks a name. Private keys are readable by the owner alone.
 *
 * @param names - host names and IP addresses that the server's certificate is for, besides localhost and 127.0.0.1
 */
export async function openCertificates(
  folder: string,
  now: number = Date.now(),
  names: readonly string[] = [],
): Promise<Certificates> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const caFile = path.join(folder, "ca.pem");
  const paths = {
    caKey: path.join(folder, "ca-key.pem"),
    cert: path.join(folder, "server.pem"),
    key: path.join(folder, "server-key.pem"),
  };
  const ca = existsSync(caFile) && existsSync(paths.caKey) ? await readAuthority(caFile, paths.caKey) : undefined;
  const authority = ca && isFresh(ca.certificate, now) ? ca : await makeAuthority(caFile, paths.caKey, now);
  const caPem = authority.certificate.toString("pem");
  if (existsSync(paths.cert) && existsSync(paths.key)) {
    const [cert, key] = [readFileSync(paths.cert, "utf8"), readFileSync(paths.key, "utf8")];
    if ((await isUsable(cert, key, authority, now)) && names.every((name) => isFor(cert, name)))
      return { caFile, caPem, cert, key };
  }
  const { cert, key } = await makeLeaf(authority, { ...paths, names, now });
  return { caFile, caPem, cert, key };
}

interface Authority {
  certificate: x509.X509Certificate;
  privateKey: webcrypto.CryptoKey;
}

function isFresh(certificate: x509.X509Certificate, now: number): boolean {
  return certificate.notAfter.getTime() - now > RENEW_BEFORE_DAYS * DAY;
}

async function readAuthority(certFile: string, keyFile: string): Promise<Authority> {
  try {
    const certificate = new x509.X509Certificate(readFileSync(certFile, "utf8"));
    const pkcs8 = x509.PemConverter.decodeFirst(readFileSync(keyFile, "utf8"));
    const privateKey = await webcrypto.subtle.importKey("pkcs8", pkcs8, ALGORITHM, false, ["sign"]);
    return { certificate, privateKey };
  } catch (cause) {
    const wayOut = "Delete both to create a new certificate authority; clients then have to trust the new one.";
    throw new Error(`${certFile} or ${keyFile} is damaged. ${wayOut}`, { cause });
  }
}

/** Whether the server certificate lasts, is signed by the authority and belongs to the key; damaged files are not usable. */
async function isUsable(cert: string, key: string, authority: Authority, now: number): Promise<boolean> {
  try {
    const leaf = new x509.X509Certificate(cert);
    const ours = await leaf.verify({ publicKey: authority.certificate.publicKey, signatureOnly: true });
    return ours && isFresh(leaf, now) && new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

async function makeAuthority(certFile: string, keyFile: string, now: number): Promise<Authority> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    // The name must differ between folders, or a client that trusts two of them picks the wrong one.
    name: `CN=local-azure CA ${randomBytes(4).toString("hex")}`,
    notBefore: new Date(now - DAY),
    notAfter: new Date(now + CA_YEARS * 365 * DAY),
    signingAlgorithm: ALGORITHM,
    keys: keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  // The key first: a certificate without its key would be taken for a finished authority.
  writePem(keyFile, await privateKeyPem(keys.privateKey), 0o600);
  writePem(certFile, certificate.toString("pem"), 0o644);
  return { certificate, privateKey: keys.privateKey };
}

/** Whether a client that calls the server by this name accepts the certificate. */
function isFor(cert: string, name: string): boolean {
  const leaf = new X509Certificate(cert);
  return (isIP(name) ? leaf.checkIP(name) : leaf.checkHost(name)) !== undefined;
}

/** What a server certificate is made of: where it goes, whom it is for, and from when on. */
interface LeafRequest {
  cert: string;
  key: string;
  names: readonly string[];
  now: number;
}

async function makeLeaf(authority: Authority, { names, now, ...paths }: LeafRequest) {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: "CN=localhost",
    issuer: authority.certificate.subject,
    notBefore: new Date(now - DAY),
    notAfter: new Date(now + LEAF_DAYS * DAY),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        [...new Set(["localhost", "127.0.0.1", ...names])].map((value) => ({
          type: isIP(value) ? "ip" : "dns",
          value,
        })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const [cert, key] = [certificate.toString("pem"), await privateKeyPem(keys.privateKey)];
  writePem(paths.key, key, 0o600);
  writePem(paths.cert, cert, 0o644);
  return { cert, key };
}

async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}

function writePem(file: string, pem: string, mode: number): void {
  writeFileAtomic.sync(file, pem, { mode });
}

/** Positive and unique, as RFC 5280 asks. */
function serialNumber(): string {
  return `4${randomBytes(15).toString("hex").slice(1)}`;
}
