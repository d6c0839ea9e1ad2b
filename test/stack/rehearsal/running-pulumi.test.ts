import { expect, it } from "@jest/globals";
import { runsPulumi } from "../../../stack/rehearsal/running-pulumi";

/** A machine whose process list answers so; `undefined`: the program fails, as ps does for a number without a process. */
function machine(platform: NodeJS.Platform, answer: string | undefined) {
  const asked: string[][] = [];
  return {
    asked,
    table: {
      platform,
      run: (program: string, args: string[]) => {
        asked.push([program, ...args]);
        if (answer === undefined) throw new Error("exit code 1");
        return answer;
      },
    },
  };
}

it.each<[string, string | undefined, boolean]>([
  ["a running pulumi", '"pulumi.exe","4711","Console","1","98,304 K"\r\n', true],
  ["another program that has the number now", '"chrome.exe","4711","Console","1","98,304 K"\r\n', false],
  ["no process, in English", "INFO: No tasks are running which match the specified criteria.\r\n", false],
  ["no process, in German", "INFORMATION: Es werden keine Aufgaben ausgeführt.\r\n", false],
  ["a line of another process", '"pulumi.exe","47110","Console","1","98,304 K"\r\n', false],
  ["a task list that can't be asked", undefined, false],
])("Windows: %s", (_case, answer, runs) => {
  const { table, asked } = machine("win32", answer);
  expect(runsPulumi(4711, table)).toBe(runs);
  expect(asked).toEqual([["tasklist", "/FI", "PID eq 4711", "/FO", "CSV", "/NH"]]);
});

it.each<[string, string | undefined, boolean]>([
  ["a running pulumi", "S+   /usr/local/bin/pulumi\n", true],
  ["a zombie", "Z    (pulumi)\n", false],
  ["another program", "Ss   -zsh\n", false],
  ["no process", undefined, false],
])("macOS: %s", (_case, answer, runs) => {
  const { table, asked } = machine("darwin", answer);
  expect(runsPulumi(4711, table)).toBe(runs);
  expect(asked).toEqual([["ps", "-o", "stat=,comm=", "-p", "4711"]]);
});
