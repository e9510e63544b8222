import type { ServiceContext } from '../service/context.ts';
import { refuse } from '../service/failure.ts';
import type { UpstreamRow } from '../database/schema.ts';
import { enrolWith } from './enrol.ts';
import { upstreamFacts } from './facts.ts';
import { Follower, type FollowerOptions } from './follower.ts';
import { upstreamSite } from './known.ts';
import { FollowException, type Following } from './types.ts';
import { readUpstream } from './upstream.ts';

export { FollowException, type Following, type FollowRefusal, type FollowRequest } from './types.ts';

const lookEvery = 5000;
/** Of several processes on one database one follows; when it dies, another goes on after this. */
const heldFor = 20_000;

export function createFollowing(context: ServiceContext): Following {
  const { database } = context;
  const holderId = context.newId();
  const running = new Map<number, Follower>();
  let options: FollowerOptions | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  const idOf = async (publicId: string): Promise<number> => {
    const found = await database.kysely.selectFrom('organisations').select('id').where('public_id', '=', publicId).executeTakeFirst();
    return found === undefined ? refuse('not-found') : found.id;
  };

  /** Begins with those that are to be followed and are held by nobody, and ends with those that are not any more. */
  const look = async (): Promise<void> => {
    if (options === undefined) return;
    const upstreams = await database.rows<UpstreamRow>('SELECT * FROM upstreams WHERE device_id IS NOT NULL AND locked = 0');
    for (const [organisationId, follower] of running) {
      const known = upstreams.find((row) => row.organisation_id === organisationId);
      if (known !== undefined && (await hold(known))) continue;
      running.delete(organisationId);
      await follower.stop();
    }
    for (const upstream of upstreams) {
      if (running.has(upstream.organisation_id) || !(await hold(upstream))) continue;
      running.set(upstream.organisation_id, new Follower(context, upstream, options));
    }
  };

  const hold = async ({ organisation_id: organisationId }: UpstreamRow): Promise<boolean> => {
    const now = context.now().getTime();
    const isFree = database.kind === 'sqlite' ? '' : 'AND (holder_id IS NULL OR holder_id = ? OR held_until < ?)';
    const held = await database.change(`UPDATE upstreams SET holder_id = ?, held_until = ? WHERE organisation_id = ? ${isFree}`, [
      holderId, now + heldFor, organisationId, ...(isFree === '' ? [] : [holderId, now]),
    ]);
    return held > 0;
  };

  /** One after the other. A database that is away is looked at again. */
  const lookAgain = (): Promise<void> => (looking = looking.then(look).catch((error: unknown) => options?.onBug(error)));

  return {
    async follow(publicId, request) {
      await enrolWith(context, await idOf(publicId), request);
      await lookAgain();
    },
    async leave(publicId) {
      const organisationId = await idOf(publicId);
      if ((await readUpstream(database, organisationId)) === undefined) throw new FollowException('not-following');
      await database.transaction(async (queries) => {
        for (const table of ['upstreams', 'upstream_change_sets', 'upstream_documents', 'upstream_withdrawals', 'upstream_workstations', 'upstream_sites']) {
          await queries.change(`DELETE FROM ${table} WHERE organisation_id = ?`, [organisationId]);
        }
        await queries.change('DELETE FROM digests WHERE organisation_id = ? AND site_id = ?', [organisationId, upstreamSite]);
      });
      await lookAgain();
    },
    async facts(publicId) {
      const row = await readUpstream(database, await idOf(publicId));
      return row === undefined ? null : upstreamFacts(database, row);
    },
    async all() {
      const rows = await database.rows<UpstreamRow>('SELECT * FROM upstreams WHERE device_id IS NOT NULL');
      return Promise.all(rows.map((row) => upstreamFacts(database, row)));
    },
    begin(wanted) {
      options = wanted;
      void lookAgain();
      timer = setInterval(() => void lookAgain(), lookEvery).unref();
    },
    retry() {
      for (const follower of running.values()) follower.retry();
    },
    async close() {
      clearInterval(timer);
      options = undefined;
      await looking;
      await Promise.all([...running.values()].map((follower) => follower.stop()));
      if (database.kind === 'mysql' && running.size > 0) await database.change('UPDATE upstreams SET held_until = 0 WHERE holder_id = ?', [holderId]).catch(() => 0);
      running.clear();
    },
  };
}
