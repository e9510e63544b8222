import { rmSync } from 'node:fs';
import { join as pathOf } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { CallParsed } from '../../shared/contract/index.ts';
import type { ServerFound, SyncState } from '../../shared/contract/sync.ts';
import { AppException, fail } from '../../shared/errors.ts';
import { can } from '../../shared/permissions.ts';
import { idSchema } from '../../shared/schema/document.ts';
import { defaultWorkstationSettings, workstationSettingsId } from '../../shared/schema/setting.ts';
import { protocolVersion, type Enrolment, type EnrolRequest } from '../../shared/sync/protocol.ts';
import { devicePublicKey, forgetDeviceKey } from '../replication/identity.ts';
import { isLoopback, probe, type Found } from '../../sync-server/client/probe.ts';
import { LinkError, ServerLink } from '../../sync-server/client/server-link.ts';
import { createDatabase } from '../storage/create-database.ts';
import { Keyring } from '../storage/keyring.ts';
import { StoreReplica } from '../storage/replica/replica.ts';
import type { Store } from '../storage/store.ts';
import { countSync, forgetServer, readServer, writeServer, type ServerFacts } from '../storage/sync-facts.ts';
import { rememberWorkstation } from '../storage/surroundings.ts';
import type { Context, PublicContext } from './context.ts';
import { nobody } from './pending-audit.ts';
import { setAsideRevoked } from './revocation.ts';
import { sessionState } from './session-user.ts';
import type { Workstation } from './workstation.ts';

const answerAllowed = 30_000;
const attempts = 4;
const attemptsApart = 500;

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

interface Joining {
  code: string;
  /** What people call this workstation. */
  name: string;
}

/** Everything that must not be lost is on disk before the code is used: a cut leaves a joining that can be resumed with it. */
async function joinNew(workstation: Workstation, server: Found, joining: Joining): Promise<void> {
  const { profile, environment } = workstation;
  if (workstation.databaseState === 'revoked') setAsideRevoked(workstation);
  const databaseKey = Keyring.createForJoining(profile, environment.clock, joining.code);
  const facts = factsOf(server, joining.name);
  createDatabase(workstation.databasePath, databaseKey, environment, (store) => {
    writeServer(store.connection, facts);
    devicePublicKey(store.connection);
    store.commit({ actor: nobody, action: 'workstation.joined' }, (transaction) =>
      transaction.create('settings', defaultWorkstationSettings, workstationSettingsId),
    );
  });
  try {
    await enrol(workstation, workstation.open(databaseKey), facts, joining);
  } catch (error) {
    // Nothing has been entered here yet: the profile is empty again.
    workstation.close();
    for (const name of ['outpost.db', 'outpost.db-wal', 'outpost.db-shm', 'keyring.json', 'keyring.json.bak']) rmSync(pathOf(profile, name), { force: true });
    workstation.close();
    throw error;
  }
  await workstation.keepKeyInKeychain();
}

/** A clinic that has worked alone keeps its data and sends all of it. */
export async function joinWithClinic(workstation: Workstation, server: Found, joining: Joining): Promise<void> {
  const { store } = workstation;
  if (readServer(store.connection)?.organisationId !== undefined) fail({ code: 'already-enrolled' });
  await enrol(workstation, store, factsOf(server, joining.name), joining);
}

/** Until the server has named the organisation, its place keeps the workstation's name for a joining that is resumed. */
const factsOf = ({ address, certificate, fingerprint }: Found, name: string): ServerFacts => ({
  address,
  organisationName: name,
  ...(certificate !== undefined && { certificate }),
  ...(fingerprint !== undefined && { fingerprint }),
});

const enrolmentSchema = z.looseObject({
  deviceId: idSchema, organisationId: z.string(), organisationName: z.string(), siteId: idSchema, workstationNumber: z.int().min(1).max(99_999),
});

async function enrol(workstation: Workstation, store: Store, server: ServerFacts, { code, name }: Joining): Promise<void> {
  const { siteId } = store;
  const request: EnrolRequest = {
    protocol: protocolVersion,
    code,
    publicKey: devicePublicKey(store.connection),
    name,
    appVersion: workstation.version,
    ...(siteId !== undefined && { siteId }),
  };
  const enrolment = await ask(server, request);
  // At another site the patients of this clinic would leave this workstation as soon as they were sent.
  if (siteId !== undefined && enrolment.siteId !== siteId) fail({ code: 'enrolment-code-wrong' });
  new StoreReplica(store).enrol(enrolment);
  writeServer(store.connection, { ...server, organisationId: enrolment.organisationId, organisationName: enrolment.organisationName });
  workstation.audit({ actor: nobody, action: 'workstation.joined' });
  rememberWorkstation(store.connection, { deviceId: enrolment.deviceId, name, siteId: enrolment.siteId });
  workstation.sync.begin(store);
}

/** The code is used up by the first message that arrives, and its answer may be lost: the same key gets the same answer again. */
async function ask(server: ServerFacts, request: EnrolRequest): Promise<Enrolment> {
  const link = new ServerLink(server);
  try {
    for (let attempt = 1; ; attempt += 1) {
      const answered = await link.post('enrol', undefined, request, AbortSignal.timeout(answerAllowed)).catch((error: unknown) => {
        if (attempt < attempts && error instanceof LinkError && error.failure === 'unreachable') return undefined;
        throw refusalOf(error);
      });
      if (answered !== undefined) return enrolmentSchema.parse(answered.value);
      await pause(attemptsApart);
    }
  } finally {
    link.close();
  }
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

/** What a person is told of a message that was not answered as it should be. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof TypeError && (error as { code?: string }).code === 'ERR_INVALID_URL') return new AppException({ code: 'server-unreachable' });
  if (error instanceof DOMException && error.name === 'TimeoutError') return new AppException({ code: 'server-unreachable' });
  if (!(error instanceof LinkError)) return error;
  switch (error.failure) {
    case 'unreachable':
    case 'timed-out':
      return new AppException({ code: 'server-unreachable' });
    case 'wrong-certificate':
      return new AppException({ code: 'server-certificate-changed' });
    case 'code-not-valid':
      return new AppException({ code: 'enrolment-code-wrong' });
    case 'several-sites':
      return new AppException({ code: 'hub-serves-one-site' });
    default:
      return new AppException({ code: 'server-refused', reason: error.failure });
  }
}

function assertMayManage({ workstation, sessionId }: PublicContext): void {
  workstation.assertPresent();
  const session = sessionState(workstation, sessionId);
  if (session.state === 'none') fail({ code: 'unauthenticated' });
  if (session.state === 'locked') fail({ code: 'locked' });
  if (!can(session.user.role, 'sync.manage')) fail({ code: 'forbidden', permission: 'sync.manage' });
}
