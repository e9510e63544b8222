import type { AdminAnswers, AdminMessageName, CreatedCode, Hint } from '../../shared/sync/admin-protocol.ts';
import type { ServerDatabase } from '../database/index.ts';
import { createFhirFace, type FhirFace } from '../fhir/index.ts';
import { createRxdbAdapter, type RxdbAdapter } from '../rxdb/index.ts';
import { createCloud, type CloudContext } from '../resources/cloud.ts';
import { startTimers } from '../resources/timers.ts';
import { administer } from './admin.ts';
import { endExpired } from './shared-chart-expiries.ts';
import { createFollowing, type Following } from '../follow/index.ts';
import { createContext, type ServiceOptions } from './context.ts';
import { answerMessage } from './dispatch.ts';
import { watchHeads } from './hints.ts';
import { readAnswer, type Answer, type Handle, type Json, type SyncAnswers, type SyncMessageName } from './messages.ts';
import { closeAllSessions } from './sessions.ts';
import { createCode, createOrganisation, listOrganisations, renewEpoch, type CodeWanted, type Organisation } from './organisations.ts';

export { SyncException } from './failure.ts';
export type { ServiceOptions } from './context.ts';
export type { SyncAnswers, SyncMessageName } from './messages.ts';
export type { Organisation } from './organisations.ts';

/**
 * The sync server without a transport. Everything it remembers is in the database: any number of these may work on one
 * database, in one process or in many.
 */
export interface SyncService {
  /**
   * Answers one message of the protocol. `token` is what hello gave (null for enrol, hello, reidentify); `body` is what came
   * over the wire, parsed from JSON and not yet trusted. Throws {@link SyncException} for everything that has a code.
   */
  handle: Handle;
  /** The same as it goes over the wire. */
  answer<Name extends SyncMessageName>(name: Name, token: string | null, body: unknown): Promise<Answer<SyncAnswers[Name]>>;
  /** What an admin asks through a workstation, see shared/sync/admin-protocol.ts. */
  administer<Name extends AdminMessageName>(name: Name, token: string | null, body: unknown): Promise<AdminAnswers[Name]>;
  /**
   * Calls `listener` with the JSON text of a hint after each commit in the organisation of the token's device, whichever server made it; `onEnd` when the
   * token is no longer good. Answers how to stop. Throws `token-expired`.
   */
  subscribe(token: string | null, listener: (hint: Json<Hint>) => void, onEnd: () => void): Promise<() => void>;

  /** For clients that replicate with RxDB. */
  readonly rxdb: RxdbAdapter;

  /** For clients that read FHIR resources. */
  readonly fhir: FhirFace;

  /** Servers that this one follows. */
  readonly following: Following;

  /** What the operator of the server does, on the machine itself. */
  createOrganisation(name: string): Promise<Organisation>;
  organisations(): Promise<Organisation[]>;
  createCode(wanted: CodeWanted): Promise<CreatedCode>;
  /** Says that the database was restored from a backup. Workstations then offer what it lost. Without an id: all organisations. */
  renewEpoch(organisationId?: string): Promise<void>;
  /** Takes copies of charts whose time is over off the sites that read them. Done by itself again and again. */
  endExpired(): Promise<void>;
  /** Has every workstation say hello again. Done at the start of a server: a restored database may hold tokens that are still good. */
  endSessions(): Promise<void>;
  /** Ends timers and subscriptions. The database stays open: whoever opened it closes it. */
  close(): Promise<void>;
}

const expiriesEvery = 30_000;

export function createService(database: ServerDatabase, options: ServiceOptions = {}): SyncService {
  const context = createCloud(createContext(database, options), options.workers);
  const heads = watchHeads(context);
  const following = createFollowing(context);
  const cloud = startCloud(context, options);
  // What one look cannot end, because another server did so meanwhile or the database is away, the next one does.
  const expiries = setInterval(() => void endExpired(context).catch(() => undefined), expiriesEvery).unref();
  const answer: SyncService['answer'] = (name, token, body) => answerMessage(context, name, token, body);
  const handle: Handle = async (name, token, body) => readAnswer(await answer(name, token, body)) as never;
  return {
    answer,
    handle,
    rxdb: createRxdbAdapter(context, handle),
    fhir: createFhirFace(context),
    administer: (name, token, body) => administer(context, name, token, body),
    subscribe: heads.subscribe,
    following,
    createOrganisation: (name) => createOrganisation(context, name),
    organisations: () => listOrganisations(context),
    createCode: (wanted) => createCode(context, wanted),
    renewEpoch: (organisationId) => renewEpoch(context, organisationId),
    endExpired: () => endExpired(context),
    endSessions: () => database.transaction(closeAllSessions),
    async close() {
      clearInterval(expiries);
      await following.close();
      await heads.close();
      await cloud.close();
    },
  };
}

/** What an earlier process left unfinished is looked at before anything is read or moved by itself. */
function startCloud(context: CloudContext, { rhythm = { observeEvery: 0, sampleEvery: 0 } }: ServiceOptions) {
  const resumed = context.jobs.resume().then(() => context.runs.resume()).catch(() => undefined);
  const timers = resumed.then(() => startTimers(context, rhythm));
  return {
    async close(): Promise<void> {
      await context.desk.close();
      // A look that waits for its solver would keep the timers waiting.
      await context.jobs.close();
      await (await timers)();
      await context.automation.idle();
      await context.runs.idle();
    },
  };
}
