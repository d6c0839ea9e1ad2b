import tls from "node:tls";

const trusted = new Set<string>();
const createSecureContext = tls.createSecureContext;

/**
 * Makes every TLS client of this process trust an authority, as NODE_EXTRA_CA_CERTS does for a program: that variable is read when the
 * process starts, and a test makes its authority later.
 */
export function trustAuthority(pem: string): void {
  trusted.add(pem);
  tls.createSecureContext = (options) => {
    const secure = createSecureContext(options);
    for (const authority of trusted) (secure.context as { addCACert(pem: string): void }).addCACert(authority);
    return secure;
  };
}
