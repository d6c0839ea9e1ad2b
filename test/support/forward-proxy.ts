import { createServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createTlsServer, request as forward, type Server as TlsServer } from "node:https";
import { connect, type AddressInfo, type Socket } from "node:net";
import { randomUUID, webcrypto } from "node:crypto";
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import type { TestService } from "local-azure/testing";
import { trustAuthority } from "./trust";

/** A name that only the proxy can resolve: whatever reaches the service went through it. */
const HOST = "azure.test";

/** A forward proxy (RFC 9110, CONNECT) on loopback, and behind it a rehearsal service under a name that resolves nowhere else. */
export class ForwardProxy {
  /** `host:port` of each CONNECT. */
  readonly connections: string[] = [];
  /** `METHOD /path` of each request that came through. */
  readonly requests: string[] = [];
  /** Header of each CONNECT. */
  readonly credentials: (string | undefined)[] = [];
  /** Answers CONNECT with this status instead of connecting. */
  refuse?: number;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly behind: TlsServer,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${portOf(this.server)}`;
  }

  /** Where the service says that it is from here on. */
  get origin(): string {
    return `https://${HOST}:${portOf(this.behind)}`;
  }

  static async before(service: TestService): Promise<ForwardProxy> {
    const { key, cert } = await selfSigned(HOST);
    trustAuthority(cert);
    const inner = service.origin;
    const proxy = new ForwardProxy(createServer(), createTlsServer({ key, cert }));
    proxy.behind.on("request", (incoming, outgoing) => {
      proxy.requests.push(`${incoming.method} ${incoming.url}`);
      const url = new URL(incoming.url ?? "/", inner);
      const options = { method: incoming.method, headers: { ...incoming.headers, host: url.host }, ca: service.caPem };
      const request = forward(url, options, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(request);
    });
    proxy.server.on("connect", (request: IncomingMessage, socket: Socket) => proxy.connect(request, socket));
    for (const server of [proxy.server, proxy.behind])
      await new Promise<void>((resolve) => server.listen({ host: "127.0.0.1", port: 0 }, resolve));
    service.world.origin = proxy.origin;
    return proxy;
  }

  private connect(request: IncomingMessage, socket: Socket): void {
    this.sockets.add(socket.on("error", () => undefined));
    this.connections.push(request.url ?? "");
    this.credentials.push(request.headers["proxy-authorization"]);
    if (this.refuse !== undefined) return void socket.end(`HTTP/1.1 ${this.refuse} Refused\r\n\r\n`);
    const there = connect(portOf(this.behind), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      there.pipe(socket).pipe(there);
    });
    this.sockets.add(there.on("error", () => socket.destroy()));
  }

  /** Ends the tunnels that there are: the next request makes a new one. */
  async dropConnections(): Promise<void> {
    const open = [...this.sockets].filter((socket) => !socket.destroyed);
    await Promise.all(open.map((socket) => new Promise((resolve) => socket.once("close", resolve).destroy())));
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.behind.closeAllConnections();
    for (const server of [this.server, this.behind]) await new Promise((resolve) => server.close(resolve));
  }
}

function portOf(server: Server | TlsServer): number {
  return (server.address() as AddressInfo).port;
}

async function selfSigned(host: string): Promise<{ key: string; cert: string }> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    // Clients that trust several certificates of one name pick the wrong one.
    name: `CN=${host} ${randomUUID()}`,
    signingAlgorithm: algorithm,
    keys,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: "dns", value: host }])],
  });
  const key = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  return { key: x509.PemConverter.encode(key, "PRIVATE KEY"), cert: certificate.toString("pem") };
}
