import type { Hint } from '../../shared/sync/admin-protocol.ts';
import type { Listening, Place } from './audiences.ts';
import type { ServiceContext } from './context.ts';
import { SyncException } from './failure.ts';
import { chunksOf, marks } from './held.ts';
import { json } from './messages.ts';
import { pagesFor } from './pages.ts';
import { hashOf, readSession, type Session } from './sessions.ts';

interface Head extends Place {
  organisationId: number;
  /** 1: what is told has to be put into the words of each site, see {@link import('./aliases.ts').Aliases}, which a pull does. */
  hasAliases: number;
}

/** A token that another server ended, or time, ends its hints within this. */
const checkTokensEvery = 10_000;

/** Watches the heads of all organisations that somebody listens for: one query for all, whichever server committed. */
export function watchHeads(context: ServiceContext) {
  const all = context.listening;
  const behind = (head: Head) => [...all].filter(({ organisationId, told }) => organisationId === head.organisationId && isNews(head, told));
  const lookAt = oneByOne(async (organisationId, landed) => {
    const heads = landed === undefined ? await readHeads(context, [organisationId]) : [{ ...landed, organisationId, hasAliases: 0 }];
    for (const head of heads) await tellAll(context, behind(head), head, (one) => all.has(one));
  });
  const look = async () => {
    const heads = await readHeads(context, [...new Set([...all].map(({ organisationId }) => organisationId))]);
    for (const head of heads) if (behind(head).length > 0) lookAt(head.organisationId);
  };
  const stopListening = context.commits.listen(lookAt);
  const stopEnding = context.endings.listen((organisationId) => void checkTokens(context, all, organisationId).catch(ignoreExpected));
  const stopPolling = repeatedly(context.pollMilliseconds, look);
  const stopChecking = repeatedly(context.pollMilliseconds === 0 ? 0 : checkTokensEvery, () => checkTokens(context, all));
  return {
    async subscribe(token: string | null, listener: Listening['listener'], onEnd: Listening['onEnd']): Promise<() => void> {
      const { deviceId, siteId, organisationId, expiresAt, ...session } = await readSession(context, token);
      const listening = { token, tokenHash: hashOf(token ?? ''), deviceId, siteId, organisationId, expiresAt, told: placeOf(session), audience: undefined, listener, onEnd };
      all.add(listening);
      // What was committed before this moment is in the first hint: nothing falls between reading the head and listening.
      listener(json({ head: session.head, epoch: session.epoch }));
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

const placeOf = ({ head, headId, epoch }: Pick<Session, 'head' | 'headId' | 'epoch'>): Place => ({ position: head, id: headId, epoch });

const isNews = (head: Place, told: Place): boolean => head.position > told.position || head.epoch !== told.epoch;

/** Tells those who listen. Those who are told of what there is, and not just that there is something, need not ask for it. */
async function tellAll(context: ServiceContext, listening: Listening[], head: Head, isListening: (one: Listening) => boolean): Promise<void> {
  const pages = await pagesFor(context, head.hasAliases === 1 ? [] : listening, head).catch((error: unknown) => {
    ignoreExpected(error);
    return new Map<Listening, string>();
  });
  const plain = json<Hint>({ head: head.position, epoch: head.epoch });
  for (const one of listening.filter(isListening)) {
    one.told = head;
    one.listener(pages.get(one) ?? plain);
  }
}

async function readHeads({ database }: ServiceContext, organisationIds: number[]): Promise<Head[]> {
  const heads: Head[] = [];
  for (const chunk of chunksOf(organisationIds)) {
    heads.push(
      ...(await database.rows<Head>(
        `SELECT c.organisation_id AS organisationId, c.position AS position, c.epoch AS epoch, h.landing_id AS id,
           EXISTS (SELECT 1 FROM aliases a WHERE a.organisation_id = c.organisation_id) AS hasAliases FROM counters c
           LEFT JOIN change_sets h ON h.organisation_id = c.organisation_id AND h.position = c.position WHERE c.organisation_id IN (${marks(chunk.length)})`,
        chunk,
      )),
    );
  }
  return heads;
}

/** Does `work` for an organisation once at a time, with the head that was landed; what is asked for meanwhile is done once more after it, and looks for its head. */
function oneByOne(work: (organisationId: number, landed?: Place) => Promise<void>): (organisationId: number, landed?: Place) => void {
  const underWay = new Map<number, { again: boolean }>();
  const run = async (organisationId: number, landed?: Place) => {
    const one = { again: true };
    underWay.set(organisationId, one);
    for (let head = landed; one.again; head = undefined) {
      one.again = false;
      await work(organisationId, head).catch(ignoreExpected);
    }
    underWay.delete(organisationId);
  };
  return (organisationId, landed) => {
    const one = underWay.get(organisationId);
    if (one === undefined) void run(organisationId, landed);
    else one.again = true;
  };
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
