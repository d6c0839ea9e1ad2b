import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

export const projectFolder = path.resolve(__dirname, "../..");

/** A resource as the engine hands it to a policy pack. */
export interface TestResource {
  type: string;
  name: string;
  props: Record<string, unknown>;
  stack?: string;
  protect?: boolean;
  deleteBeforeReplace?: boolean;
}

export interface Violation {
  policy: string;
  level: "advisory" | "mandatory" | "disabled" | "remediate";
  message: string;
}

/** Settings by rule: a level, or a level and the rule's own settings, as in a file for `--policy-pack-config`. */
export type PackConfig = Record<string, string | ({ enforcementLevel?: string } & Record<string, unknown>)>;

const levels = ["advisory", "mandatory", "disabled", "remediate"] as const;

/**
 * The real pack in a process of its own, started as Pulumi starts it (`@pulumi/pulumi/cmd/run-policy-pack`) and asked over the
 * engine's protocol: what is loaded, configured and answered is what a preview gets.
 */
export class PolicyPackProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly client: AnalyzerClient,
  ) {}

  static async start(): Promise<PolicyPackProcess> {
    const script = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
    // The first argument is the engine's address, which this pack has no use for.
    const child = spawn(process.execPath, [script, "127.0.0.1:0", "."], {
      cwd: path.join(projectFolder, "policy"),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let problems = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (problems += text));
    const port = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once("line", resolve);
      child.once("exit", (code) => reject(new Error(`the pack ended with ${code}: ${problems}`)));
    });
    const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    return new PolicyPackProcess(child, client);
  }

  async stop(): Promise<void> {
    this.client.close();
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill();
    await ended;
  }

  /** Version of the policy SDK, the first thing that the engine asks for. */
  version(): Promise<string> {
    return new Promise((resolve, reject) =>
      this.client.getPluginInfo(new Empty(), (error, info) => (error ? reject(error) : resolve(info.getVersion()))),
    );
  }

  /** The rules with their levels and settings, as the engine learns of them. */
  info(): Promise<analyzer.AnalyzerInfo.AsObject> {
    return new Promise((resolve, reject) =>
      this.client.getAnalyzerInfo(new Empty(), (error, info) => (error ? reject(error) : resolve(info.toObject()))),
    );
  }

  /** Replaces the configuration; the engine merges a file's settings into the pack's defaults before it does this. */
  configure(config: PackConfig): Promise<void> {
    const request = new analyzer.ConfigureAnalyzerRequest();
    for (const [policy, value] of Object.entries(config)) {
      const { enforcementLevel = "mandatory", ...settings } =
        typeof value === "string" ? { enforcementLevel: value } : value;
      const entry = new analyzer.PolicyConfig();
      entry.setEnforcementlevel(levels.indexOf(enforcementLevel as Violation["level"]));
      entry.setProperties(struct(settings));
      request.getPolicyconfigMap().set(policy, entry);
    }
    return new Promise((resolve, reject) =>
      this.client.configure(request, (error: grpc.ServiceError | null) => (error ? reject(error) : resolve())),
    );
  }

  /** What the rules for single resources say of one. */
  analyze(resource: TestResource): Promise<Violation[]> {
    const request = new analyzer.AnalyzeRequest();
    request.setType(resource.type);
    request.setName(resource.name);
    request.setUrn(urnOf(resource));
    request.setProperties(struct(resource.props));
    request.setOptions(optionsOf(resource));
    return new Promise((resolve, reject) =>
      this.client.analyze(request, (error, response) => (error ? reject(error) : resolve(violations(response)))),
    );
  }

  /** What the rules for whole stacks say of one. */
  analyzeStack(resources: TestResource[]): Promise<Violation[]> {
    const request = new analyzer.AnalyzeStackRequest();
    request.setResourcesList(
      resources.map((resource) => {
        const entry = new analyzer.AnalyzerResource();
        entry.setType(resource.type);
        entry.setName(resource.name);
        entry.setUrn(urnOf(resource));
        entry.setProperties(struct(resource.props));
        entry.setOptions(optionsOf(resource));
        return entry;
      }),
    );
    return new Promise((resolve, reject) =>
      this.client.analyzeStack(request, (error, response) => (error ? reject(error) : resolve(violations(response)))),
    );
  }
}

function urnOf({ stack = "dev", type, name }: TestResource): string {
  return `urn:pulumi:${stack}::azure-openai-finetune::${type}::${name}`;
}

function struct(value: Record<string, unknown>): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(value)) as Record<string, JavaScriptValue>);
}

function optionsOf({ protect = false, deleteBeforeReplace }: TestResource): analyzer.AnalyzerResourceOptions {
  const options = new analyzer.AnalyzerResourceOptions();
  options.setProtect(protect);
  options.setDeletebeforereplacedefined(deleteBeforeReplace !== undefined);
  options.setDeletebeforereplace(deleteBeforeReplace ?? false);
  return options;
}

function violations(response: analyzer.AnalyzeResponse): Violation[] {
  return response.getDiagnosticsList().map((diagnostic) => ({
    policy: diagnostic.getPolicyname(),
    level: levels[diagnostic.getEnforcementlevel()],
    message: diagnostic.getMessage(),
  }));
}
