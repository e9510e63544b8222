import { queryOptions, useQuery } from '@tanstack/react-query';
import type { AppException } from '../../../shared/errors.ts';
import type { ResourceCollection } from '../../../shared/schema/resource.ts';
import { call } from '../../api/client.ts';

const page = 500;

type KeyField = 'id' | 'providerKey';

/** Names of every resource of a kind. Two calls for a thousand hosts, forty for twenty thousand machines. */
const namesQuery = (collection: ResourceCollection, by: KeyField) =>
  queryOptions<ReadonlyMap<string, string>, AppException>({
    queryKey: [collection, 'names', by],
    queryFn: () => everyName(collection, by),
    meta: { collections: [collection] },
  });

async function everyName(collection: ResourceCollection, by: KeyField): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (let offset = 0; ; offset += page) {
    const { rows, total } = await call('resources.list', { collection, offset, limit: page });
    for (const row of rows) names.set(row[by] ?? row.id, row.name);
    if (offset + page >= total) return names;
  }
}

/** By id, or by what their provider calls them. Undefined while they are on the way. */
export const useNames = (collection: ResourceCollection, by: KeyField = 'id'): ReadonlyMap<string, string> | undefined => useQuery(namesQuery(collection, by)).data;
