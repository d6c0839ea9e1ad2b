import { spawn } from "node:child_process";
import type { Socket } from "node:net";

/** What leaves the terminal as it was, should this process be killed (`kill -9`) before it can. */
export interface Guard {
  /** Rows of the terminal; 0 while none is reserved. */
  rows(count: number): void;
  /** The pulumi that draws on the terminal. */
  pulumi(process: number): void;
  /** All is restored. */
  done(): void;
}

/** Seconds that pulumi gets for the steps in progress before it is stopped, as by a second Ctrl-C. */
const GRACE_S = 10;

/**
 * Reads `rows 24`, `pulumi 4711` and `done` line by line. An end without `done` means that this process was killed: pulumi, which would draw
 * over the shell for as long as a training takes, is interrupted, and the terminal is restored. fd 3 is the terminal.
 */
export const GUARD_SCRIPT = `
restore() {
  stty "$1" <&3
  if [ "$2" != 0 ]; then
    stty rows "$2" <&3
    printf '\\0337\\033[%s;1H\\033[2K\\033[r\\0338' "$2"
  fi
  printf '\\033[?25h\\033[0m'
}
await() {
  left=$2
  while kill -0 "$1" 2>/dev/null; do
    [ "$left" -gt 0 ] || return 1
    left=$((left - 1))
    sleep 0.1
  done
}
rows=0
pulumi=0
while read -r word value; do
  case $word in
    rows) rows=$value;;
    pulumi) pulumi=$value;;
    done) exit 0;;
  esac
done
restore "$1" "$rows"
if [ "$pulumi" != 0 ] && kill -INT "$pulumi" 2>/dev/null; then
  printf '\\nThis command was killed, so pulumi (process %s) is being stopped too.\\n' "$pulumi"
  await "$pulumi" ${GRACE_S}0 || { kill -INT "$pulumi" 2>/dev/null; await "$pulumi" ${GRACE_S}0; }
  restore "$1" "$rows"
  printf '\\nRun the same command again; if it says that the stack is locked: npm run recover\\n'
fi
`;

/** @param saved - the terminal's settings, as `stty` takes them */
export function startGuard(saved: string): Guard {
  // In a session of its own: neither Ctrl-C nor the end of the terminal's process group reaches it, and it may change the terminal.
  const child = spawn("sh", ["-c", GUARD_SCRIPT, "sh", saved], { stdio: ["pipe", 1, "ignore", 0], detached: true });
  const stdin = child.stdin as Socket;
  child.on("error", () => undefined);
  stdin.on("error", () => undefined);
  child.unref();
  stdin.unref();
  const tell = (line: string) => void (stdin.writable && stdin.write(`${line}\n`));
  return {
    rows: (count) => tell(`rows ${count}`),
    pulumi: (process) => tell(`pulumi ${process}`),
    done: () => {
      tell("done");
      stdin.end();
    },
  };
}
