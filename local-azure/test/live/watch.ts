import { get } from "node:https";
import { LIVE_PATH, liveToken } from "../../src/admin/live-link";
import { LIVE_HEADER } from "../../src/live/guard";
import type { LiveLine, SectionName, Sections } from "../../src/live/shapes";
import type { TestService } from "../../src/testing";

/** An open live page, without a browser. */
export interface Watch {
  lines: LiveLine[];
  /** The content of a section as it was told last. */
  section<Name extends SectionName>(name: Name): Sections[Name] | undefined;
  /** Ends when a line says what is asked for. */
  until(isThere: () => boolean): Promise<void>;
  close(): void;
}

/** Opens the stream over TLS, with the token of the service's link. */
export function watch(service: Pick<TestService, "origin" | "caPem" | "world">): Promise<Watch> {
  return new Promise((resolve, reject) => {
    const headers = { [LIVE_HEADER]: liveToken(service.world.state) };
    const asked = get(`${service.origin}${LIVE_PATH}/stream`, { ca: service.caPem, agent: false, headers });
    asked.on("error", reject);
    asked.on("response", (response) => {
      const lines: LiveLine[] = [];
      const waiting = new Set<() => void>();
      let rest = "";
      response.on("error", () => undefined);
      response.setEncoding("utf8").on("data", (text: string) => {
        const parts = (rest + text).split("\n");
        rest = parts.pop()!;
        lines.push(...parts.map((part) => JSON.parse(part) as LiveLine));
        waiting.forEach((look) => look());
      });
      const section = <Name extends SectionName>(name: Name) =>
        lines.findLast((line) => line.type === "section" && line.section === name) as
          { content: Sections[Name] } | undefined;
      resolve({
        lines,
        section: (name) => section(name)?.content,
        until: (isThere) =>
          new Promise((done) => {
            const look = () => {
              if (!isThere()) return;
              waiting.delete(look);
              done();
            };
            waiting.add(look);
            look();
          }),
        close: () => response.destroy(),
      });
    });
  });
}
