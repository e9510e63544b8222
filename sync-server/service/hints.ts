import type { Hint } from '../../shared/sync/admin-protocol.ts';
import type { ServiceContext } from './context.ts';
import { SyncException } from './failure.ts';
import { readSession, type Session } from './sessions.ts';
import { chunksOf, marks } from './held.ts';

interface Listening {
  token: string | null;
  organisationId: number;
  toldHead: number;
  toldEpoch: string;
  listener(hint: Hint): void;
  onEnd(): void;
}

type Head = { organisationId: number; position: number; epoch: string };

/** A token that another server ended, or time, ends its hints within this. */
const checkTokensEvery = 10_000;

/** Watches the heads of all organisations that somebody listens for: one query for all, whichever server committed. */
export function watchHeads(context: ServiceContext) {
  const all = new Set<Listening>();
  const tell = (head: Head) => {
    for (const one of all) {
      if (one.organisationId !== head.organisationId || (head.position <= one.toldHead && head.epoch === one.toldEpoch)) continue;
      one.toldHead = head.position;
      one.toldEpoch = head.epoch;
      one.listener({ head: head.position, epoch: head.epoch });
    }
  };
  const look = (organisationIds: number[]) => readHeads(context, organisationIds).then((heads) => heads.forEach(tell), ignoreExpected);
  const stopListening = context.commits.listen((organisationId) => void look([organisationId]));
  const stopEnding = context.endings.listen((organisationId) => void checkTokens(context, all, organisationId).catch(ignoreExpected));
  const stopPolling = repeatedly(context.pollMilliseconds, () => look([...new Set([...all].map(({ organisationId }) => organisationId))]));
  const stopChecking = repeatedly(context.pollMilliseconds === 0 ? 0 : checkTokensEvery, () => checkTokens(context, all));
  return {
    async subscribe(token: string | null, listener: Listening['listener'], onEnd: Listening['onEnd']): Promise<() => void> {
      const session = await readSession(context, token);
      const listening = { token, organisationId: session.organisationId, toldHead: session.head, toldEpoch: session.epoch, listener, onEnd };
      all.add(listening);
      // What was committed before this moment is in the first hint: nothing falls between reading the head and listening.
      listener({ head: session.head, epoch: session.epoch });
      return () => void all.delete(listening);
    },
    async close(): Promise<void> {
      stopListening();
      stopEnding();
      await Promise.all([stopPolling(), stopChecking()]);
      for (const { onEnd } of all) onEnd();
      all.clear();
    },
  };
}

async function readHeads({ database }: ServiceContext, organisationIds: number[]): Promise<Head[]> {
  if (organisationIds.length === 0) return [];
  const heads: Head[] = [];
  for (const chunk of chunksOf(organisationIds)) {
    heads.push(...(await database.rows<Head>(`SELECT organisation_id AS organisationId, position, epoch FROM counters WHERE organisation_id IN (${marks(chunk.length)})`, chunk)));
  }
  return heads;
}

/** A database that is away comes back, and the next look tells what was missed. */
function ignoreExpected(error: unknown): void {
  if (!(error instanceof SyncException)) throw error;
}

async function checkTokens(context: ServiceContext, all: Set<Listening>, organisationId?: number): Promise<void> {
  for (const one of [...all].filter((listening) => organisationId === undefined || listening.organisationId === organisationId)) {
    const session: Session | undefined = await readSession(context, one.token).catch((error: unknown) => {
      if (error instanceof SyncException && error.error.code === 'token-expired') return undefined;
      throw error;
    });
    if (session !== undefined || !all.delete(one)) continue;
    one.onEnd();
  }
}

/** Does `work` again and again with a rest between, never twice at once. Answers how to stop, which waits for the last one. */
function repeatedly(milliseconds: number, work: () => Promise<void>): () => Promise<void> {
  if (milliseconds === 0) return async () => undefined;
  let [stopped, running]: [boolean, Promise<void>] = [false, Promise.resolve()];
  const timer = setInterval(() => {
    if (stopped || busy) return;
    busy = true;
    running = work().catch(ignoreExpected).finally(() => void (busy = false));
  }, milliseconds);
  let busy = false;
  timer.unref();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await running;
  };
}
