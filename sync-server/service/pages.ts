import type { Hint } from '../../shared/sync/admin-protocol.ts';
import type { ServiceContext } from './context.ts';
import { chunksOf, marks } from './held.ts';
import type { Json } from './messages.ts';
import type { RecentChangeSet } from './recent.ts';

/** A head of an organisation, and the `landing_id` of what stands there: a restored database may count to the same position again. */
export interface Place {
  position: number;
  id: string | null;
  epoch: string;
}

interface Listener {
  tokenHash: string;
  deviceId: string;
  siteId: string;
  organisationId: number;
  told: Place;
}

/** What is longer is asked for: it may be too much for a slow line to hold up everything behind it. */
const longestPage = 48_000;
/** In one write, as far as that goes: each is a commit that those who listen wait for. */
const listenersAtOnce = 1000;

/**
 * The hints that carry what is new since a listener was last told, scoped to it: those of one site share one text. Who is not in
 * the answer asks for it. Noted as told before it is told, and told to no one whose session has ended or whose site is another by now.
 */
export async function pagesFor<One extends Listener>(context: ServiceContext, listening: One[], head: Place): Promise<Map<One, Json<Hint>>> {
  const pages = new Map<One, Json<Hint>>();
  const reachable = listening.filter(({ told }) => told.epoch === head.epoch && told.id !== null && told.position < head.position);
  for (const group of Map.groupBy(reachable, ({ told, siteId }) => `${told.position} ${told.id} ${siteId}`).values()) {
    const { told, organisationId } = group[0] as One;
    const changeSets = await context.recent.between({ organisationId, head: head.position, headId: head.id }, told.position);
    if (changeSets === undefined) continue;
    const others = withoutCarriers(group, changeSets);
    const text = others[0] && pageText(changeSets, others[0], head);
    if (text === undefined) continue;
    for (const chunk of chunksOf(others, listenersAtOnce)) {
      if (await noteTold(context, chunk, head.position)) for (const one of chunk) pages.set(one, text);
    }
  }
  return pages;
}

/** Who carried a change set knows it from the answer to its push, and asks where that left anything open. */
function withoutCarriers<One extends Listener>(group: One[], changeSets: RecentChangeSet[]): One[] {
  const carriers = new Set(changeSets.map(({ heading }) => heading.carried_by));
  return group.filter(({ deviceId }) => !carriers.has(deviceId));
}

/** The same for all of a site that carried none of the change sets. */
function pageText(changeSets: RecentChangeSet[], listener: Listener, { position, epoch }: Place): Json<Hint> | undefined {
  const told = changeSets.flatMap((changeSet) => changeSet.textFor(listener) ?? []);
  if (told.reduce((sum, text) => sum + text.length, 0) > longestPage) return undefined;
  return `{"head":${position},"epoch":"${epoch}","page":{"after":${listener.told.position},"changeSets":[${told.join()}],"position":${position}}}`;
}

/** One write for all of them, which at once says whether each may still be told, and that no other database stands beneath. */
async function noteTold({ database, now }: ServiceContext, listeners: Listener[], position: number): Promise<boolean> {
  const { siteId, organisationId, told } = listeners[0] as Listener;
  const ids = listeners.map(({ deviceId }) => deviceId).sort();
  const hashes = listeners.map(({ tokenHash }) => tokenHash);
  const noted = await database.change(
    `UPDATE devices SET told_position = CASE WHEN told_position < ? THEN ? ELSE told_position END
       WHERE id IN (${marks(ids.length)}) AND site_id = ? AND state = 'active'
         AND EXISTS (SELECT 1 FROM sessions s WHERE s.device_id = devices.id AND s.expires_at > ? AND s.token_hash IN (${marks(hashes.length)}))
         AND EXISTS (SELECT 1 FROM change_sets c WHERE c.organisation_id = ? AND c.position = ? AND c.landing_id = ?)`,
    [position, position, ...ids, siteId, now().getTime(), ...hashes, organisationId, told.position, told.id],
  );
  return noted === new Set(ids).size;
}
