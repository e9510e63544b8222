import { createService, type SyncService } from '../../sync-server/service/index.ts';
import { openDatabase, type ServerDatabase } from '../../sync-server/database/index.ts';
import { startMariadb } from '../../sync-server/testing/mariadb.ts';
import { startProcess, type ServerProcess } from '../../sync-server/testing/process.ts';
import { sendTo } from '../../sync-server/testing/http.ts';
import { TestWorkstation } from '../../sync-server/testing/workstation.ts';
import type { Cleanup } from './sync-cleanup.ts';

/** A private MariaDB, a server on it in a process of its own, and a way to the same database without a line in between. */
export interface Central {
  databaseUrl: string;
  server: ServerProcess;
  service: SyncService;
  database: ServerDatabase;
  /** An empty database beside it, for bare figures. */
  createDatabase(): Promise<string>;
}

export interface Organisation {
  organisationId: string;
  siteId: string;
}

export async function openCentral(cleanup: Cleanup): Promise<Central> {
  const mariadb = await startMariadb();
  cleanup.add(() => mariadb.stop());
  const databaseUrl = await mariadb.createDatabase();
  const server = await startServer(databaseUrl, cleanup);
  const database = await openDatabase({ kind: 'mysql', url: databaseUrl });
  cleanup.add(() => database.close());
  const service = createService(database, { pollMilliseconds: 0 });
  cleanup.add(() => service.close());
  return { databaseUrl, server, service, database, createDatabase: () => mariadb.createDatabase() };
}

/** Another server on the same database ends all sessions: their workstations say hello again. */
export async function startServer(databaseUrl: string, cleanup: Cleanup): Promise<ServerProcess> {
  const server = await startProcess(databaseUrl);
  cleanup.add(() => server.kill('SIGTERM'));
  return server;
}

export async function codeFor({ service }: Central, { organisationId, siteId }: Partial<Organisation> & { organisationId: string }): Promise<string> {
  return (await service.createCode({ organisationId, ...(siteId !== undefined && { siteId }) })).code;
}

const atOnce = 16;

/** Clients that speak the protocol without a store, and have everything so far. `address`: the server that they talk to from then on. */
export async function lightClients(central: Central, organisation: Organisation, count: number, address: string): Promise<TestWorkstation[]> {
  const clients: TestWorkstation[] = [];
  for (let from = 0; from < count; from += atOnce) {
    const batch = Array.from({ length: Math.min(atOnce, count - from) }, async (_, index) => {
      const code = await codeFor(central, organisation);
      return TestWorkstation.enrol(central.service.handle, code, { siteId: organisation.siteId, name: `Light ${from + index}` });
    });
    clients.push(...(await Promise.all(batch)));
  }
  await sayHello(central, clients, address);
  return clients;
}

/** Begins their sessions. A copy of everything by each of hundreds would take hours: the server is told that they have it. */
async function sayHello({ service, database }: Central, clients: TestWorkstation[], address: string): Promise<void> {
  for (let from = 0; from < clients.length; from += atOnce) {
    await Promise.all(
      clients.slice(from, from + atOnce).map(async (client) => {
        client.send = service.handle;
        const hello = await client.hello();
        if (hello.state !== 'active') throw new Error(`A light client was answered ${hello.state}`);
        client.position = hello.head;
        await database.change('UPDATE devices SET told_position = ? WHERE id = ?', [hello.head, client.enrolment.deviceId]);
        client.send = sendTo(() => address);
      }),
    );
  }
}
