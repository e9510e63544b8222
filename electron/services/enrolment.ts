import { rmSync } from 'node:fs';
import { join as pathOf } from 'node:path';
import type { CallParsed } from '../../shared/contract/index.ts';
import type { ServerFound, SyncState } from '../../shared/contract/sync.ts';
import { fail } from '../../shared/errors.ts';
import { can } from '../../shared/permissions.ts';
import { defaultWorkstationSettings, workstationSettingsId } from '../../shared/schema/setting.ts';
import { isLoopback, probe, type Found } from '../../sync-server/client/probe.ts';
import { devicePublicKey, forgetDeviceKey } from '../replication/identity.ts';
import { createDatabase } from '../storage/create-database.ts';
import { Keyring } from '../storage/keyring.ts';
import { countSync, forgetServer, readServer, writeServer } from '../storage/sync-facts.ts';
import type { Context, PublicContext } from './context.ts';
import { answerAllowed, askToEnrol, enrol, enter, factsOf, joinWithClinic, refusalOf, type Joining } from './joining.ts';
import { nobody } from './pending-audit.ts';
import { setAsideRevoked } from './revocation.ts';
import { sessionState } from './session-user.ts';
import type { Workstation } from './workstation.ts';

/** Fails with `server-unreachable`, `server-not-encrypted` or `server-refused` (something else answers there). */
export async function findServer(context: PublicContext, { address }: CallParsed<'enrolment.find'>): Promise<ServerFound> {
  if (context.workstation.databaseState === 'open') assertMayManage(context);
  const { certificate: _certificate, ...found } = await look(address);
  return found;
}

/** Fails as {@link findServer}, or with `server-certificate-changed`, `enrolment-code-wrong`, `already-enrolled`, `unauthenticated` or `forbidden`. */
export async function join(context: PublicContext, { address, fingerprint, code, name }: CallParsed<'enrolment.join'>): Promise<SyncState> {
  const { workstation } = context;
  return workstation.exclusively(async () => {
    workstation.jobs.assertIdle('restore');
    const isNew = workstation.databaseState === 'absent' || workstation.databaseState === 'revoked';
    if (!isNew) assertMayManage(context);
    const server = await look(address);
    // The one that a person has compared, and no other.
    if (server.fingerprint !== fingerprint) fail({ code: 'server-certificate-changed' });
    if (isNew) await joinNew(workstation, server, { code, name });
    else await joinWithClinic(workstation, server, { code, name });
    return workstation.sync.state();
  });
}

/** Goes on with a joining that was cut. Fails with `enrolment-code-wrong`, `not-enrolled` or as {@link join}. */
export async function resumeJoining({ workstation }: PublicContext, { code }: CallParsed<'enrolment.resume'>): Promise<SyncState> {
  return workstation.exclusively(async () => {
    workstation.assertPresent();
    if (workstation.keyring.wraps.enrolment === undefined) fail({ code: 'not-enrolled' });
    const store = workstation.open(workstation.keyring.unsealWithCode(code));
    const server = readServer(store.connection) ?? fail({ code: 'not-enrolled' });
    if (server.organisationId === undefined) await enrol(workstation, store, server, { code, name: server.organisationName });
    return workstation.sync.state();
  });
}

/** Fails with `unsent-work` or `not-enrolled`. */
export async function leave({ workstation, store, actor }: Context, { evenIfUnsent }: CallParsed<'enrolment.leave'>): Promise<SyncState> {
  if (readServer(store.connection) === undefined) fail({ code: 'not-enrolled' });
  const { waiting } = countSync(store.connection);
  if (waiting > 0 && !evenIfUnsent) fail({ code: 'unsent-work', count: waiting });
  workstation.sync.end();
  await workstation.hub.stop();
  forgetServer(store.connection);
  forgetDeviceKey(store.connection);
  store.record({ actor, action: 'workstation.left' });
  workstation.sync.begin(store);
  return workstation.sync.state();
}

/**
 * Everything that must not be lost is on disk before the code is used: a cut leaves a joining that can be resumed with it. The database is opened
 * only once the server has taken the code: a workstation that had one meanwhile showed another screen, and what was typed and what was refused went with the first.
 * So it would where one that was revoked was told at once that it is so no more.
 */
async function joinNew(workstation: Workstation, server: Found, joining: Joining): Promise<void> {
  const { profile, environment } = workstation;
  const putBack = workstation.databaseState === 'revoked' ? setAsideRevoked(workstation) : undefined;
  const databaseKey = Keyring.createForJoining(profile, environment.clock, joining.code);
  const facts = factsOf(server, joining.name);
  let publicKey = '';
  createDatabase(workstation.databasePath, databaseKey, environment, (store) => {
    writeServer(store.connection, facts);
    publicKey = devicePublicKey(store.connection);
    store.commit({ actor: nobody, action: 'workstation.joined' }, (transaction) =>
      transaction.create('settings', defaultWorkstationSettings, workstationSettingsId),
    );
  });
  const enrolment = await askToEnrol(workstation, facts, joining, { publicKey }).catch((error: unknown) => {
    // Nothing has been entered here yet: the profile is as it was.
    for (const name of ['outpost.db', 'outpost.db-wal', 'outpost.db-shm', 'keyring.json', 'keyring.json.bak']) rmSync(pathOf(profile, name), { force: true });
    putBack?.();
    throw error;
  });
  enter(workstation, workstation.open(databaseKey), facts, joining, enrolment);
  await workstation.keepKeyInKeychain();
}

async function look(address: string): Promise<Found> {
  try {
    const { protocol } = new URL(address);
    // Whoever is on the line could read everything.
    if (protocol !== 'https:' && !isLoopback(address)) fail({ code: 'server-not-encrypted' });
    return await probe(address, AbortSignal.timeout(answerAllowed));
  } catch (error) {
    throw refusalOf(error);
  }
}

function assertMayManage({ workstation, sessionId }: PublicContext): void {
  workstation.assertPresent();
  const session = sessionState(workstation, sessionId);
  if (session.state === 'none') fail({ code: 'unauthenticated' });
  if (session.state === 'locked') fail({ code: 'locked' });
  if (!can(session.user.role, 'sync.manage')) fail({ code: 'forbidden', permission: 'sync.manage' });
}
