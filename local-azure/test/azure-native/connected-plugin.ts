import { afterAll, beforeAll, beforeEach } from "@jest/globals";
import { startArmStub, type ArmStub } from "./arm-stub";
import { startPlugin, type PluginClient } from "./plugin-client";

export interface ConnectedPlugin {
  stub: ArmStub;
  plugin: PluginClient;
}

/**
 * One stub of Resource Manager and one plugin configured for it, for all tests of a file; each test finds the stub
 * without resources, plans and requests, and the plugin without waits and warnings.
 * @param use - called before the first test
 */
export function connectPlugin(use: (connected: ConnectedPlugin) => void): void {
  let connected: ConnectedPlugin;
  beforeAll(async () => {
    const stub = await startArmStub();
    connected = { stub, plugin: await startPlugin(stub) };
    use(connected);
    await connected.plugin.configure();
  });
  beforeEach(() => {
    for (const list of [connected.plugin.warnings, connected.plugin.waits]) list.length = 0;
    connected.stub.reset();
  });
  afterAll(async () => {
    connected.plugin.close();
    await connected.stub.close();
  });
}
