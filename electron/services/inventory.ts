import { resourceCollections, type ResourceCollection, type ResourceDocuments } from '../../shared/schema/resource.ts';
import { everyResource } from '../storage/resources.ts';
import type { Store } from '../storage/store.ts';

export type ResourcesByCollection = { [Name in ResourceCollection]: ResourceDocuments[Name][] };

/** Twenty thousand machines take a tenth of a second to read: they are read again only after one of them changed. */
const read = new WeakMap<Store, Map<ResourceCollection, ResourceDocuments[ResourceCollection][]>>();

/** Every resource that is not in the trash, by collection and name. Not to be changed by whoever reads it. */
export function inventoryOf(store: Store): Readonly<ResourcesByCollection> {
  return Object.fromEntries(resourceCollections.map((collection) => [collection, resourcesOf(store, collection)])) as unknown as ResourcesByCollection;
}

/** Those of one collection, as {@link inventoryOf} has them. */
export function resourcesOf(store: Store, collection: ResourceCollection): ResourceDocuments[ResourceCollection][] {
  const kept = read.get(store) ?? startReading(store);
  const list: ResourceDocuments[ResourceCollection][] = kept.get(collection) ?? everyResource(store.connection, collection);
  kept.set(collection, list);
  return list;
}

function startReading(store: Store): Map<ResourceCollection, ResourceDocuments[ResourceCollection][]> {
  const kept = new Map<ResourceCollection, ResourceDocuments[ResourceCollection][]>();
  store.onChange((touched) => touched.forEach((collection) => kept.delete(collection as ResourceCollection)));
  read.set(store, kept);
  return kept;
}
