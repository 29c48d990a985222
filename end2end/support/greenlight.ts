// Starts the built server on a free port with a database of its own.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const START_TIMEOUT_MS = 20_000;

export class Greenlight {
  private process?: ChildProcess;
  private log = "";

  private constructor(
    readonly url: string,
    readonly folder: string,
    private readonly address: string,
    private readonly speed: number,
  ) {}

  /** A server with an empty database, ready to answer. */
  static async start(speed: number): Promise<Greenlight> {
    const folder = await mkdtemp(join(tmpdir(), "greenlight-"));
    const address = `127.0.0.1:${await freePort()}`;
    const greenlight = new Greenlight(`http://${address}`, folder, address, speed);
    await greenlight.resume();
    return greenlight;
  }

  get database(): string {
    return join(this.folder, "greenlight.db");
  }

  /** Starts again on the same database and address, after `kill`. */
  async resume(): Promise<void> {
    const binary = process.env.GREENLIGHT_BINARY;
    if (!binary) throw new Error("GREENLIGHT_BINARY is not set: run the specs through `make test`.");
    const settings = ["--addr", this.address, "--database", this.database, "--sandbox-speed", `${this.speed}`];
    const child = spawn(binary, settings, { stdio: ["ignore", "pipe", "pipe"] });
    this.process = child;
    const keep = (text: Buffer) => (this.log += text.toString());
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);

    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!(await answers(`${this.url}/healthz`))) {
      if (child.exitCode !== null) throw new Error(`The server ended with status ${child.exitCode}:\n${this.log}`);
      if (Date.now() > deadline) throw new Error(`The server did not answer in time:\n${this.log}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** Ends it as a power cut would: nothing is flushed, nobody is told. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** Asks it to stop, and clears away its database. */
  async stop(): Promise<void> {
    await this.end("SIGTERM");
    await rm(this.folder, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
