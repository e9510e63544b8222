import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { AppException } from '../../../shared/errors.ts';
import type { ResourceAmounts } from '../../../shared/schema/resource-amounts.ts';
import { call } from '../../api/client.ts';

export type Series = CallOutput<'providers.samples'>['series'][number];

const hour = 3600_000;
export const ranges = ['hour', 'day', 'week', 'month'] as const;
export type Range = (typeof ranges)[number];
const lengths: Record<Range, number> = { hour, day: 24 * hour, week: 7 * 24 * hour, month: 30 * 24 * hour };

/** What a provider measures: a host, a database on one, or a queue; `isHost`: added up with the others of its kind. */
export interface Measured {
  key: string;
  name: string;
  isHost: boolean;
  capacity?: ResourceAmounts;
}

const none: Measured[] = [];
const page = 500;
/** As many as the server adds up in one question. */
const most = 1000;

/** The hosts, databases and queues that a provider knows, by name. */
export const useMeasured = (provider: string): readonly Measured[] => useQuery(measuredQuery(provider)).data ?? none;

const measuredQuery = (provider: string) =>
  queryOptions<Measured[], AppException>({
    queryKey: ['hosts', 'measured', provider],
    queryFn: async () => [...(await measuredOf('hosts', provider)), ...(await measuredOf('databases', provider)), ...(await queuesOf(provider))],
    meta: { collections: ['hosts', 'databases'] },
  });

async function queuesOf(provider: string): Promise<Measured[]> {
  const { providers } = await call('providers.list', {});
  return (providers.find(({ name }) => name === provider)?.queues ?? []).map(({ name }) => ({ key: name, name, isHost: true }));
}

export async function measuredOf(collection: 'hosts' | 'databases', provider: string): Promise<Measured[]> {
  const found: Measured[] = [];
  for (let offset = 0; ; offset += page) {
    const { rows, total } = await call('resources.list', { collection, offset, limit: page });
    for (const row of rows) {
      if (row.provider !== provider || row.providerKey === undefined) continue;
      found.push({ key: row.providerKey, name: row.name, isHost: collection === 'hosts', ...('overcommit' in row && { capacity: row.capacity }) });
    }
    if (offset + page >= total) return found;
  }
}

/** New measurements come every minute. */
const anew = 60_000;

export const samplesQuery = ({ provider, keys, range, sum }: { provider: string; keys: readonly string[]; range: Range; sum: boolean }) =>
  queryOptions<CallOutput<'providers.samples'>, AppException>({
    queryKey: ['providers', 'samples', provider, keys, range, sum],
    queryFn: () => samplesOf({ provider, keys, milliseconds: lengths[range], sum }),
    refetchInterval: anew,
  });

/** What was measured in the last so many milliseconds. */
export function samplesOf({ provider, keys, milliseconds, sum }: { provider: string; keys: readonly string[]; milliseconds: number; sum: boolean }): Promise<CallOutput<'providers.samples'>> {
  const now = Date.now();
  return call('providers.samples', { provider, keys: keys.slice(0, most), from: new Date(now - milliseconds).toISOString(), to: new Date(now).toISOString(), sum });
}
