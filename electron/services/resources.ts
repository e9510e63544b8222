import type { CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { ResourceDocument } from '../../shared/contract/resources.ts';
import { fail } from '../../shared/errors.ts';
import { fieldIssues } from '../../shared/field-issues.ts';
import { resourceSchemas, type ResourceCollection, type ResourceContents } from '../../shared/schema/resource.ts';
import type { Context } from './context.ts';
import { visibleDocument } from './documents.ts';
import { resourcesOf } from './inventory.ts';

/** A window on the resources of a kind by name; `search` is looked for within the names, whatever its case. */
export function listResources({ store }: Context, { collection, search = '', hostId, offset, limit }: CallParsed<'resources.list'>): Page<ResourceDocument> {
  const wanted = search.toLowerCase();
  const isWanted = (resource: ResourceDocument) =>
    (wanted === '' || resource.name.toLowerCase().includes(wanted)) && (hostId === undefined || ('hostId' in resource && resource.hostId === hostId));
  const found = resourcesOf(store, collection).filter(isWanted);
  return { rows: found.slice(offset, offset + limit), total: found.length };
}

/** Fails with `not-found`. */
export function getResource(context: Context, { collection, id }: CallParsed<'resources.get'>): ResourceDocument {
  return visibleDocument(context, collection, id);
}

/** Creates or changes a resource. Fails with `invalid-input`, `not-found` or `stale-revision`. */
export function saveResource({ store, actor }: Context, { collection, id, rev, content }: CallParsed<'resources.save'>): ResourceDocument {
  const parsed = parse(collection, content);
  return store.commit({ actor, action: 'resource.saved' }, (transaction): ResourceDocument =>
    id === undefined ? transaction.create(collection, parsed) : transaction.update(collection, id, parsed, { over: rev ?? '' }),
  );
}

/** Moves a resource to the trash. Fails with `not-found` or `stale-revision`. */
export function deleteResource({ store, actor }: Context, { collection, id, rev }: CallParsed<'resources.delete'>): null {
  store.commit({ actor, action: 'resource.deleted' }, (transaction) => transaction.remove(collection, id, { over: rev }));
  return null;
}

/** Takes a resource out of the trash as it was. Fails with `not-found` or `stale-revision`. */
export function restoreResource({ store, actor }: Context, { collection, id, rev }: CallParsed<'resources.restore'>): ResourceDocument {
  return store.commit({ actor, action: 'resource.restored' }, (transaction): ResourceDocument => transaction.restore(collection, id, { over: rev }));
}

function parse<Name extends ResourceCollection>(collection: Name, content: unknown): ResourceContents[Name] {
  const parsed = resourceSchemas[collection].safeParse(content);
  if (!parsed.success) return fail({ code: 'invalid-input', issues: fieldIssues(parsed.error).map((issue) => ({ ...issue, path: `content.${issue.path}` })) });
  return parsed.data as ResourceContents[Name];
}
