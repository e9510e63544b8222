import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { AppException, fail } from '../../shared/errors.ts';
import { idSchema } from '../../shared/schema/document.ts';
import { protocolVersion, type Enrolment, type EnrolRequest } from '../../shared/sync/protocol.ts';
import type { Found } from '../../sync-server/client/probe.ts';
import { LinkError, ServerLink } from '../../sync-server/client/server-link.ts';
import { devicePublicKey } from '../replication/identity.ts';
import { StoreReplica } from '../storage/replica/replica.ts';
import type { Store } from '../storage/store.ts';
import { rememberWorkstation } from '../storage/surroundings.ts';
import { readServer, writeServer, type ServerFacts } from '../storage/sync-facts.ts';
import { nobody, type Happening } from './pending-audit.ts';

export const answerAllowed = 30_000;
const attempts = 4;
const attemptsApart = 500;

export interface Joining {
  code: string;
  /** What people call this workstation. */
  name: string;
}

/** The workstation that joins, as far as that concerns it: its hub, which is a part of it, joins it too. */
export interface Joiner {
  version: string;
  sync: { begin(store: Store): void };
  audit(happening: Happening): void;
}

/** A clinic that has worked alone keeps its data and sends all of it. */
export async function joinWithClinic(workstation: Joiner & { store: Store }, server: Found, joining: Joining): Promise<void> {
  const { store } = workstation;
  if (readServer(store.connection)?.organisationId !== undefined) fail({ code: 'already-enrolled' });
  await enrol(workstation, store, factsOf(server, joining.name), joining);
}

/** Until the server has named the organisation, its place keeps the workstation's name for a joining that is resumed. */
export const factsOf = ({ address, certificate, fingerprint }: Found, name: string): ServerFacts => ({
  address,
  organisationName: name,
  ...(certificate !== undefined && { certificate }),
  ...(fingerprint !== undefined && { fingerprint }),
});

const enrolmentSchema = z.looseObject({
  deviceId: idSchema, organisationId: z.string(), organisationName: z.string(), siteId: idSchema, workstationNumber: z.int().min(1).max(99_999),
});

export async function enrol(workstation: Joiner, store: Store, server: ServerFacts, joining: Joining): Promise<void> {
  const { siteId } = store;
  const enrolment = await askToEnrol(workstation, server, joining, { publicKey: devicePublicKey(store.connection), ...(siteId !== undefined && { siteId }) });
  // At another site the patients of this clinic would leave this workstation as soon as they were sent.
  if (siteId !== undefined && enrolment.siteId !== siteId) fail({ code: 'enrolment-code-wrong' });
  enter(workstation, store, server, joining, enrolment);
}

/** Uses the code up. Fails with `enrolment-code-wrong` or with what kept the server from answering. */
export const askToEnrol = ({ version: appVersion }: Joiner, server: ServerFacts, { code, name }: Joining, self: Pick<EnrolRequest, 'publicKey' | 'siteId'>): Promise<Enrolment> =>
  ask(server, { protocol: protocolVersion, code, name, appVersion, ...self });

/** Writes down what the server made of this workstation, and begins to sync. */
export function enter(workstation: Joiner, store: Store, server: ServerFacts, { name }: Joining, enrolment: Enrolment): void {
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
