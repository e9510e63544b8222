import { Keyring } from '../../electron/storage/keyring.ts';
import { join } from 'node:path';
import { demoPatient } from '../../shared/demo/patient.ts';
import { seededRandom } from '../../shared/demo/random.ts';
import { openConnection } from '../../electron/storage/connection.ts';
import { environmentWith, systemClock } from '../../electron/storage/environment.ts';
import { migrate } from '../../electron/storage/migrate.ts';
import { Store } from '../../electron/storage/store.ts';
import { mintMedicalRecordNumber } from '../../electron/services/medical-record-number.ts';
import { bareMariadb } from './bare-mariadb.ts';
import { adminAccount, seededProfile, workingCopy } from './clinic.ts';
import type { Figure } from './report.ts';
import { codeFor, type Central } from './sync-central.ts';
import { progress } from './sync-cleanup.ts';
import { documentsOf, madeUp, type Size } from './sync-fill.ts';
import type { Setting } from './sync-setting.ts';
import { signInQuietly, startWorkstation } from './sync-workstation.ts';

const ofABatch = 1000;
const bareDocuments = { patients: 1000, records: 9000 };

/** Documents a second from a workstation's outbox until each is acknowledged: as an import wrote them, and as people save them. */
export async function pushFigures(setting: Setting): Promise<Figure[]> {
  const central = await setting.central();
  const { sentSeconds } = await setting.clinic();
  const documents = documentsOf(setting.sizes.small);
  const alone = await sendSaves(setting, central);
  const batched = await bareRows(central, ofABatch, bareDocuments);
  const single = await bareRows(central, 1, { patients: 500, records: 0 });
  return [
    {
      what: `push of ${documents} documents, 1000 a change set`, unit: 'documents/s', measured: documents / sentSeconds,
      bare: { what: `bare MariaDB inserts, ${ofABatch} a transaction`, measured: batched },
    },
    { what: `push of ${setting.sizes.saves * 10} documents, one a change set`, unit: 'documents/s', measured: alone, bare: { what: 'bare MariaDB inserts, one a transaction', measured: single } },
  ];
}

/** A clinic whose people saved patients one by one while it was alone. */
async function sendSaves({ cleanup, sizes }: Setting, central: Central): Promise<number> {
  const count = sizes.saves * 10;
  progress(`${count} single saves, and then a workstation that sends them`);
  const profile = workingCopy(seededProfile(10, 0));
  await saveOneByOne(profile, count);
  const { organisationId } = await central.service.createOrganisation('saves');
  const workstation = await startWorkstation(profile);
  cleanup.add(() => workstation.close());
  await signInQuietly(workstation, adminAccount);
  const began = performance.now();
  await workstation.join(central.server.address, await codeFor(central, { organisationId }));
  await workstation.untilIdle();
  const seconds = (performance.now() - began) / 1000;
  await workstation.close();
  return count / seconds;
}

async function saveOneByOne(profile: string, count: number): Promise<void> {
  const { userId, databaseKey } = await Keyring.open(profile, systemClock).unsealWithPassword(adminAccount.username, adminAccount.password);
  const connection = openConnection(join(profile, 'outpost.db'), databaseKey, { mustExist: true });
  migrate(connection);
  const store = new Store(connection, environmentWith(systemClock));
  const random = seededRandom(46);
  for (let index = 0; index < count; index += 1) {
    store.commit({ actor: { id: userId, name: 'Bench' }, action: 'patient.created' }, (transaction) =>
      transaction.create('patients', { ...demoPatient(random, '2026-01-01'), medicalRecordNumber: mintMedicalRecordNumber(transaction, store) }),
    );
  }
  store.close();
}

async function bareRows(central: Central, atOnce: number, size: Size): Promise<number> {
  const bare = await bareMariadb(central);
  const contents = [...madeUp(size, 2)].map(({ content }) => content);
  const began = performance.now();
  for (let from = 0; from < contents.length; from += atOnce) await bare.insert(contents.slice(from, from + atOnce));
  const seconds = (performance.now() - began) / 1000;
  await bare.close();
  return contents.length / seconds;
}
