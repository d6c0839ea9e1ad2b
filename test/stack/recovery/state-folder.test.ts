import { homedir } from "node:os";
import path from "node:path";
import { expect, it } from "@jest/globals";
import { stateFolder } from "../../../stack/recovery/state-folder";

const loggedIn = (url: string) => () => Promise.resolve({ code: 0, stdout: JSON.stringify({ url }), stderr: "" });
const nobody = () => Promise.resolve({ code: 1, stdout: "", stderr: "error" });

it.each([
  ["of the environment", { env: { PULUMI_BACKEND_URL: "file:///state" }, pulumi: loggedIn("") }, "/state"],
  ["with settings", { env: { PULUMI_BACKEND_URL: "file:///state?no_tmp_dir=true" }, pulumi: loggedIn("") }, "/state"],
  ["that pulumi is logged in to", { env: {}, pulumi: loggedIn("file:///state") }, "/state"],
  ["beside the project", { env: {}, pulumi: loggedIn("file://./state") }, "/project/state"],
  ["at home", { env: {}, pulumi: loggedIn("file://~") }, homedir()],
  ["elsewhere", { env: { PULUMI_BACKEND_URL: "azblob://state" }, pulumi: loggedIn("file:///state") }, undefined],
  ["of nobody", { env: {}, pulumi: nobody }, undefined],
])("the folder of the backend %s", async (_name, target, folder) => {
  expect(await stateFolder({ ...target, folder: "/project" })).toBe(folder && path.join(folder, ".pulumi"));
});
