import { MutationCache, QueryCache, QueryClient, type InvalidateQueryFilters, type Query } from '@tanstack/react-query';
import type { AppStatus } from '../../shared/contract/app.ts';
import type { BackendEvent } from '../../shared/contract/index.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import { AppException, type ErrorCode } from '../../shared/errors.ts';
import { assertNever } from '../../shared/assert-never.ts';
import { callQuery } from './queries.ts';

/**
 * The cache of what the backend said. It is on this computer: asking again costs milliseconds, so nothing is
 * retried in secret and nothing waits for a network. Stale answers stay on screen while the new one comes.
 * `onStatus` hears every new status before anything is drawn from it.
 */
export function createQueryClient({ onStatus }: { onStatus: (status: AppStatus) => void }): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onSuccess: (data, query) => isStatus(query) && onStatus(data as AppStatus),
      onError: (error, query) => !isStatus(query) && refreshStatusAfter(client, error),
    }),
    mutationCache: new MutationCache({ onError: (error) => refreshStatusAfter(client, error) }),
    defaultOptions: {
      queries: { networkMode: 'always', retry: false, staleTime: Infinity, gcTime: 60_000, refetchOnWindowFocus: false, refetchOnMount: (query) => (isOfTheServer(query) ? 'always' : true) },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return client;
}

/** Keeps the cache true to what the backend says happened. */
export function applyBackendEvent(client: QueryClient, event: BackendEvent): void {
  switch (event.type) {
    case 'changed':
      makeStale(client, { predicate: (query) => dependsOn(query, event.collections) });
      return;
    case 'job':
      client.setQueryData(callQuery('jobs.get', { jobId: event.job.id }).queryKey, event.job);
      makeStale(client, { queryKey: callQuery('jobs.list', {}).queryKey });
      return;
    case 'status':
      makeStale(client, { queryKey: callQuery('app.status', {}).queryKey });
      return;
    case 'sync':
      makeStale(client, { predicate: (query) => tellsOfSync(query) });
      return;
    default:
      assertNever(event);
  }
}

/**
 * Asks again for what may no longer be so. A first answer that is under way may be from before the change: a question without an answer is not asked
 * a second time while it runs, and its answer would count as fresh for good.
 */
export function makeStale(client: QueryClient, filters: InvalidateQueryFilters = {}): void {
  const unanswered = client.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' }).filter(({ state }) => state.data === undefined);
  void client.invalidateQueries(filters);
  for (const query of unanswered) {
    const again = () => client.invalidateQueries({ queryKey: query.queryKey, exact: true });
    void query.fetch().then(again, again);
  }
}

/** Drops everything but the app's status: what one person saw is not there for the next. */
export function forgetAnswers(client: QueryClient): void {
  client.removeQueries({ predicate: (query) => !isStatus(query) });
}

const syncNouns: readonly string[] = ['sync', 'quarantine', 'hub', 'fleet'];
/** Answers that no document of this workstation stands behind. */
const tellsOfSync = ({ queryKey }: Pick<Query, 'queryKey'>) => syncNouns.includes(String(queryKey[1]).split('.')[0] ?? '');

/** What the server alone knows becomes other without an event here: a screen that is opened again would show, as of just now, what it showed before. */
const ofTheServer: readonly unknown[] = ['fleet', 'providers', 'automation'];
const isOfTheServer = ({ queryKey }: Pick<Query, 'queryKey'>) => ofTheServer.includes(queryKey[0]);

const isStatus = (query: Pick<Query, 'queryKey'>) => query.queryKey[1] === 'app.status';

function dependsOn(query: Query, changed: readonly CollectionName[]): boolean {
  const collections = query.meta?.['collections'] as readonly CollectionName[] | undefined;
  return collections?.some((name) => changed.includes(name)) ?? false;
}

const aboutTheSession: ReadonlySet<ErrorCode> = new Set([
  'locked', 'unauthenticated', 'not-set-up', 'backend-unavailable', 'database-damaged', 'database-key-lost',
]);

/** Such a refusal means that the screen's idea of where the program stands is old. */
function refreshStatusAfter(client: QueryClient, error: Error): void {
  if (!(error instanceof AppException)) return;
  const { code } = error.error;
  if (!aboutTheSession.has(code)) return;
  makeStale(client, { queryKey: callQuery('app.status', {}).queryKey });
}
