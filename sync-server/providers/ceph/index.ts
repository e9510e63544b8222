import { z } from 'zod';
import type { Observation } from '../../../shared/sync/resource-protocol.ts';
import { failed, type Provider, type Sample } from '../provider.ts';
import { askCeph } from './ceph.ts';

const bytes = z.number().min(0).max(2 ** 60);
const poolsSchema = z.array(z.looseObject({ pool_id: z.int().min(0), pool_name: z.string().min(1).max(150), size: z.int().min(1).max(20) })).max(10_000);
const usageSchema = z.looseObject({ pools: z.array(z.looseObject({ id: z.int(), stats: z.looseObject({ stored: bytes, max_avail: bytes }) })) });
const statusSchema = z.looseObject({ fsid: z.guid(), health: z.looseObject({ status: z.enum(['HEALTH_OK', 'HEALTH_WARN', 'HEALTH_ERR']) }) });

const states = { HEALTH_OK: 'available', HEALTH_WARN: 'degraded', HEALTH_ERR: 'unavailable' } as const;
const gibibytes = (count: number) => count / 2 ** 30;

/** The pools of a Ceph cluster. `configuration`: path of its ceph.conf, which names its monitors and keys. */
export function cephProvider(configuration: string, program = 'ceph'): Provider {
  const ask = <Shape>(schema: z.ZodType<Shape>, signal: AbortSignal, ...words: string[]) => askCeph({ configuration, program }, schema, words, signal);
  const poolNames = async (signal: AbortSignal) => (await ask(poolsSchema, signal, 'osd', 'pool', 'ls', 'detail')).map(({ pool_name }) => pool_name);
  return {
    name: 'ceph',
    moves: ['create-pool'],
    async inventory(signal) {
      const { fsid, health } = await ask(statusSchema, signal, 'status');
      const usage = new Map((await ask(usageSchema, signal, 'df')).pools.map(({ id, stats }) => [id, stats]));
      const pools = await ask(poolsSchema, signal, 'osd', 'pool', 'ls', 'detail');
      const observations = pools.map(({ pool_id, pool_name, size }): Observation => {
        const { stored = 0, max_avail = 0 } = usage.get(pool_id) ?? {};
        return {
          collection: 'storagePools', providerKey: `${fsid}/${pool_id}`, defaults: {}, references: {},
          facts: { name: `ceph/${pool_name}`, kind: 'ceph', state: states[health.status], capacity: Math.floor(gibibytes(stored + max_avail)), used: Math.ceil(gibibytes(stored)), replicas: size },
        };
      });
      return { observations, unreachable: [] };
    },
    async sample(signal) {
      const { fsid } = await ask(statusSchema, signal, 'status');
      return (await ask(usageSchema, signal, 'df')).pools.map(({ id, stats }): Sample => ({ providerKey: `${fsid}/${id}`, metric: 'disk', value: gibibytes(stats.stored) }));
    },
    async apply(move, signal) {
      if (move.kind !== 'create-pool') return failed('not-supported');
      const { name, placementGroups, replicas } = move;
      // `osd pool create` says yes to a name that is there already, and changes nothing.
      if ((await poolNames(signal)).includes(name)) return failed('refused', `pool '${name}' already exists`);
      await ask(z.unknown(), signal, 'osd', 'pool', 'create', name, ...(placementGroups === undefined ? [] : [String(placementGroups), String(placementGroups)]));
      if (replicas !== undefined) await ask(z.unknown(), signal, 'osd', 'pool', 'set', name, 'size', String(replicas), ...(replicas === 1 ? ['--yes-i-really-mean-it'] : []));
      const made = (await ask(poolsSchema, signal, 'osd', 'pool', 'ls', 'detail')).find(({ pool_name }) => pool_name === name);
      if (made === undefined || (replicas !== undefined && made.size !== replicas)) return failed('refused', JSON.stringify(made));
      // Taking a pool back would throw away what was put into it since.
      return { observedHost: null, output: JSON.stringify(made), undo: null };
    },
    async look(move, signal) {
      if (move.kind !== 'create-pool') return failed('not-supported');
      return { state: (await poolNames(signal)).includes(move.name) ? 'after' : 'before', observedHost: null };
    },
    close: async () => undefined,
  };
}
