import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { freePort } from './free-port.ts';

const find = (name: string) => ['/usr/sbin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'].map((folder) => join(folder, name)).find((path) => existsSync(path));
const server = find('mariadbd');
const install = find('mariadb-install-db');

export const hasMariadb = server !== undefined && install !== undefined;

/** A MariaDB of the test's own: temporary folder, own port and socket, and as durable as a central one is run. */
export interface Mariadb {
  /** Makes an empty database and answers its URL. */
  createDatabase(): Promise<string>;
  /** As a power cut would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function startMariadb(): Promise<Mariadb> {
  if (server === undefined || install === undefined) throw new Error('MariaDB is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'mariadb-'));
  const data = join(folder, 'data');
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  // Two that are made at once would remove each other's temporary tables.
  const env = { ...process.env, TMPDIR: folder };
  const common = ['--no-defaults', ...asRoot, `--datadir=${data}`];
  const made = spawnSync(install, [...common, '--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve'], { encoding: 'utf8', env });
  if (made.status !== 0) throw new Error(`mariadb-install-db: ${made.stderr}`);
  const port = await freePort();
  const settings = [
    ...common, `--socket=${join(folder, 's')}`, `--pid-file=${join(folder, 'pid')}`, `--port=${port}`, '--bind-address=127.0.0.1', '--skip-name-resolve', '--performance-schema=OFF',
    '--character-set-server=utf8mb4', '--innodb-flush-log-at-trx-commit=1', '--log-bin=binlog', '--sync-binlog=1', '--server-id=1', '--innodb-buffer-pool-size=256M', '--max-connections=500',
  ];
  const url = (database: string) => `mysql://root@127.0.0.1:${port}/${database}`;
  let child: ChildProcess | undefined;
  let databases = 0;
  const end = async (signal: NodeJS.Signals) => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  const mariadb: Mariadb = {
    async start() {
      child = spawn(server, settings, { stdio: 'ignore', env });
      await answering(url('mysql'));
    },
    async createDatabase() {
      const connection = await createConnection(url('mysql'));
      databases += 1;
      await connection.query(`CREATE DATABASE outpost_${databases} CHARACTER SET utf8mb4`);
      await connection.end();
      return url(`outpost_${databases}`);
    },
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM');
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  // A test that dies must leave no server behind.
  process.once('exit', () => child?.kill('SIGKILL'));
  await mariadb.start();
  return mariadb;
}

async function answering(url: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await (await createConnection(url)).end();
      return;
    } catch (error) {
      if (attempt === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
