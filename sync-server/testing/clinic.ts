import { v7 } from 'uuid';
import { openDatabase, type DatabaseOptions, type ServerDatabase } from '../database/index.ts';
import { createService, type ServiceOptions, type SyncService } from '../service/index.ts';
import { site, TestWorkstation, user } from './workstation.ts';

/** A server without a transport, with one organisation, one site and an admin. */
export interface Clinic {
  database: ServerDatabase;
  service: SyncService;
  organisationId: string;
  siteId: string;
  adminId: string;
  /** The first workstation: it may administer. It has said hello. */
  first: TestWorkstation;
  /** Another one, of the first's site or of one that it names. It has said hello. */
  join(siteId?: string, name?: string): Promise<TestWorkstation>;
  close(): Promise<void>;
}

export async function openClinic(options: DatabaseOptions, serviceOptions: ServiceOptions = {}): Promise<Clinic> {
  const database = await openDatabase(options);
  const service = createService(database, { pollMilliseconds: 0, ...serviceOptions });
  const { organisationId } = await service.createOrganisation('Outpost 诊所');
  const siteId = v7();
  const join = async (wanted = siteId, name = 'Reception') => {
    const { code } = await service.createCode({ organisationId, siteId: wanted });
    const workstation = await TestWorkstation.enrol(service.handle, code, { name });
    await workstation.hello();
    return workstation;
  };
  const first = await join();
  const admin = user();
  await first.push(first.changeSet(site(siteId), admin));
  await first.pull();
  return {
    database, service, organisationId, siteId, adminId: admin.id, first, join,
    async close() {
      await service.close();
      await database.close();
    },
  };
}

/** The code that a message was refused with; undefined when it was answered. */
export async function refusalCode(asked: Promise<unknown>): Promise<string | undefined> {
  try {
    await asked;
    return undefined;
  } catch (error) {
    return (error as { error?: { code: string } }).error?.code ?? `not a refusal: ${String(error)}`;
  }
}
