import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A server as an operator starts it: a process of its own. */
export interface ServerProcess {
  address: string;
  pid: number;
  /** Printed the first time. */
  code: string | undefined;
  /** An enrolment code for another workstation of a clinic, made beside the server as its operator does. */
  createCode(organisation: string): Promise<string>;
  /** Everything it wrote to its log. */
  log(): string;
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

export async function startProcess(databaseUrl: string | undefined, commandLine: string[] = [], more: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'sync-server-'));
  const environment = { ...process.env, ...more, ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }) };
  const child: ChildProcess = spawn(process.execPath, [main, '--host', '127.0.0.1', '--port', '0', '--tls', 'none', '--data', folder, ...commandLine], {
    env: environment, stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  let [log, lines]: [string, string[]] = ['', []];
  child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const found = (pattern: RegExp) => lines.map((line) => pattern.exec(line)?.[1]).find((match) => match !== undefined);
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${log}`)));
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      lines = [...lines, line];
      // The address is printed together with all that follows it.
      if (line.startsWith('Outpost sync server: ')) setImmediate(resolve);
    });
  });
  return {
    address: found(/^Outpost sync server: (\S+)/) ?? '',
    pid: child.pid as number,
    code: found(/^Enrolment code .*: (\S+)$/),
    async createCode(organisation) {
      const { stdout } = await promisify(execFile)(process.execPath, [main, 'create-code', organisation, '--data', folder, '--administrator'], { env: environment });
      return /: (\S+)\s*$/m.exec(stdout)?.[1] ?? '';
    },
    log: () => log,
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit') as Promise<[number | null]>;
      child.kill(signal);
      return (await ended)[0];
    },
  };
}
