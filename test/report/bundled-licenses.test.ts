import { expect, it } from "@jest/globals";
import { bundlePage } from "../../report/bundle-page";
import { bundledLicenses } from "../../report/bundled-licenses";
import { projectFolder } from "../../stack/project";

it.each([
  ["report/page/main.tsx", ["preact", "@preact/signals-core", "uplot"]],
  ["live-page/page/main.tsx", ["preact", "@preact/signals-core"]],
  ["playground/page/main.tsx", ["preact", "markdown-it", "linkify-it", "remend"]],
])("%s ends with the licences of what it contains, each text once", async (entry, packages) => {
  const { script } = await bundlePage(entry);
  const notices = script.slice(script.indexOf("/*! This page contains:"));
  for (const name of packages) expect(notices).toMatch(new RegExp(`^${name}: .*copyright .+`, "im"));
  expect(notices).toContain("Permission is hereby granted, free of charge");
  expect(notices.length).toBeLessThan(16_000);
});

it("refuses a package without a licence", () => {
  expect(() => bundledLicenses(["node_modules/.bin/jest"], projectFolder)).toThrow("has no licence file");
});

it("is empty where everything is our own", () => {
  expect(bundledLicenses(["report/page/main.tsx"], projectFolder)).toBe("");
});
