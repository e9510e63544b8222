import { resourceCollections, type ResourceCollection } from '../schema/resource.ts';
import type { ResourceNames } from './resource-row.ts';

interface Named {
  id: string;
  name: string;
}

/** The names of an inventory both ways; more may be added while a file is read. */
export class NameTable implements ResourceNames {
  private readonly ids = new Map<string, string | 'ambiguous'>();
  private readonly names = new Map<string, string>();

  constructor(inventory: Partial<Record<ResourceCollection, readonly Named[]>>) {
    for (const collection of resourceCollections) for (const named of inventory[collection] ?? []) this.add(collection, named);
  }

  add(collection: ResourceCollection, { id, name }: Named): void {
    const key = `${collection} ${name}`;
    this.ids.set(key, this.ids.has(key) ? 'ambiguous' : id);
    this.names.set(`${collection} ${id}`, name);
  }

  idOf(collection: ResourceCollection, name: string): string | 'ambiguous' | undefined {
    return this.ids.get(`${collection} ${name}`);
  }

  nameOf(collection: ResourceCollection, id: string): string | undefined {
    return this.names.get(`${collection} ${id}`);
  }
}
