import type { Hint } from '../../shared/sync/admin-protocol.ts';
import { endWhereReplaced, noteTold, type Hearer, type Place } from './audiences.ts';
import type { ServiceContext } from './context.ts';
import type { Json } from './messages.ts';
import type { RecentChangeSet } from './recent.ts';

export interface Listener extends Hearer {
  /** Of its session, in milliseconds since 1970. */
  expiresAt: number;
}

/** What is longer is asked for: it may be too much for a slow line to hold up everything behind it. */
const longestPage = 48_000;

/**
 * The hints that carry what is new since a listener was last told, scoped to it: those of one site share one text. Who is not in
 * the answer asks for it. Noted as told before it is told, and told to no one whose session has ended or whose site is another by now.
 */
export async function pagesFor<One extends Listener>(context: ServiceContext, listening: One[], head: Place): Promise<Map<One, Json<Hint>>> {
  const pages = new Map<One, Json<Hint>>();
  const now = context.now().getTime();
  const reachable = listening.filter(({ told, expiresAt }) => expiresAt > now && told.epoch === head.epoch && told.id !== null && told.position < head.position);
  for (const group of Map.groupBy(reachable, ({ told, siteId }) => `${told.position} ${told.id} ${siteId}`).values()) {
    const { told, organisationId } = group[0] as One;
    const changeSets = await context.recent.between({ organisationId, head: head.position, headId: head.id }, told.position);
    const others = withoutCarriers(group, changeSets ?? []);
    const text = changeSets && others[0] && pageText(changeSets, others[0], head);
    const noted = text === undefined ? [] : await noteTold(context, others, head.position);
    for (const one of noted) pages.set(one, text as string);
    if (noted.length < others.length) await endWhereReplaced(context, others);
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
