import { request } from "node:https";
import { ADMIN_HEADER } from "../admin/admin-header";
import type { RehearsalInfo } from "../admin/rehearsal-info";

export interface Lease {
  info: RehearsalInfo;
  /** Releases the service; it ends when no other client uses it. */
  release(): Promise<void>;
}

/** Why there is no lease: nothing listens (`refused`), it is certainly not ours (`foreign`), or unknown (`unclear`). */
export class LeaseRefused extends Error {
  constructor(
    readonly reason: "refused" | "foreign" | "unclear",
    cause: string,
  ) {
    super(cause);
  }
}

/** A program that accepts connections and stays silent for this long is not ours. */
const SILENCE_MS = 3_000;

/**
 * Asks the service on a port for a lease. Its certificate must come from our authority.
 * @throws LeaseRefused
 */
export function takeLease(port: number, ca: string | undefined, adminToken: string): Promise<Lease> {
  return new Promise((resolve, reject) => {
    const asked = request({
      host: "127.0.0.1",
      port,
      path: "/local-azure/lease",
      servername: "localhost",
      ca,
      agent: false,
      headers: { [ADMIN_HEADER]: adminToken },
    });
    const refuse = (reason: "refused" | "foreign" | "unclear", cause: string) => {
      asked.destroy();
      reject(new LeaseRefused(reason, cause));
    };
    const silence = setTimeout(() => refuse("unclear", "no answer"), SILENCE_MS);
    asked.on("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(silence);
      refuse(reasonOf(error), error.message);
    });
    asked.on("response", (response) => {
      if (response.statusCode !== 200) {
        clearTimeout(silence);
        // Ours, by its certificate; most likely it is just closing.
        refuse("unclear", `status ${response.statusCode}`);
        return;
      }
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        if (text.endsWith("\n")) {
          clearTimeout(silence);
          // The open request must not keep this process alive; its end is the lease's end.
          response.socket.unref();
          resolve({ info: JSON.parse(text) as RehearsalInfo, release });
        }
      });
      response.on("error", () => undefined);
      const release = () =>
        new Promise<void>((done) => {
          if (response.closed) {
            done();
            return;
          }
          response.once("close", done);
          response.destroy();
        });
    });
    asked.end();
  });
}

function reasonOf({ code = "", message }: NodeJS.ErrnoException): "refused" | "foreign" | "unclear" {
  if (code === "ECONNREFUSED") return "refused";
  // Another program's certificate, or an answer that isn't TLS at all.
  return /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code) || /wrong version number/i.test(message)
    ? "foreign"
    : "unclear";
}
