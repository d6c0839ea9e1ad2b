import tls from "node:tls";

type CreateSecureContext = typeof tls.createSecureContext;
/** The function as Node has it, and what it was made to trust: `tls` is one for all test files of a process. */
type Patched = CreateSecureContext & { original?: CreateSecureContext; trusted?: Set<string> };

const present: Patched = tls.createSecureContext;
// Patching a patch would keep each test file's modules alive for the next ones, and read every authority once for each of them.
const original = present.original ?? present;
const trusted = present.trusted ?? new Set<string>();

/**
 * Makes every TLS client of this process trust an authority, as NODE_EXTRA_CA_CERTS does for a program: that variable is read when the
 * process starts, and a test makes its authority later.
 */
export function trustAuthority(pem: string): void {
  trusted.add(pem);
  const patched: Patched = (options) => {
    // Added to a context that has Node's own authorities, each would first copy all of those: 20 ms.
    return original({ ...options, ca: [...trusted, ...[options?.ca ?? []].flat()] });
  };
  tls.createSecureContext = Object.assign(patched, { original, trusted });
}
