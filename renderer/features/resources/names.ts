import { queryOptions, useQuery } from '@tanstack/react-query';
import type { AppException } from '../../../shared/errors.ts';
import type { ResourceCollection } from '../../../shared/schema/resource.ts';
import { call } from '../../api/client.ts';

const page = 500;

/** Name by id of every resource of a kind. Two calls for a thousand hosts; not meant for twenty thousand machines. */
const namesQuery = (collection: ResourceCollection) =>
  queryOptions<ReadonlyMap<string, string>, AppException>({
    queryKey: [collection, 'names'],
    queryFn: () => everyName(collection),
    meta: { collections: [collection] },
  });

async function everyName(collection: ResourceCollection): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (let offset = 0; ; offset += page) {
    const { rows, total } = await call('resources.list', { collection, offset, limit: page });
    for (const { id, name } of rows) names.set(id, name);
    if (offset + page >= total) return names;
  }
}

/** Undefined while they are on the way. */
export const useNames = (collection: ResourceCollection): ReadonlyMap<string, string> | undefined => useQuery(namesQuery(collection)).data;
