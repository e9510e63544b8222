import type { ResourceImportReport } from '../contract/resources.ts';
import type { FieldIssue } from '../errors.ts';
import type { DocumentMeta } from '../schema/document.ts';
import { resourceCollections, type ResourceCollection, type ResourceContents, type ResourceDocuments } from '../schema/resource.ts';
import { resourceColumns } from './resource-columns.ts';
import { NameTable } from './resource-names.ts';
import { checkResourceRow, resourceRow, type ResourceRow } from './resource-row.ts';

/** One entry of a file: what it says, or why it cannot be read. `row` counts from 1 within its collection. */
export type ImportEntry = { collection: ResourceCollection; row: number } & ({ cells: ResourceRow } | { issues: FieldIssue[] });

/** A resource to be created under `id`, or written over `rev`. */
export interface PlannedWrite {
  collection: ResourceCollection;
  id: string;
  rev?: string;
  content: ResourceContents[ResourceCollection];
}

type Existing = { readonly [Name in ResourceCollection]: readonly ResourceDocuments[Name][] };
type Counts = Pick<ResourceImportReport, 'rows' | 'created' | 'updated' | 'unchanged' | 'bad' | 'problems'>;
const problemsKept = 1000;

/**
 * What a file changes in an inventory. A resource is known by its name; what the file does not speak of stays as it is. Entries
 * may refer to resources of the same file in any order.
 */
export function planImport(existing: Existing, entries: readonly ImportEntry[], newId: () => string): { writes: PlannedWrite[]; counts: Counts } {
  const plan = new ImportPlan(existing, newId);
  // Names first: a machine may stand above its host.
  const mine = entries.map((entry) => plan.identify(entry));
  entries.forEach((entry, index) => plan.take(entry, mine[index]));
  const order = (write: PlannedWrite) => resourceCollections.indexOf(write.collection);
  return { writes: plan.writes.sort((a, b) => order(a) - order(b)), counts: plan.counts };
}

/** The resource that an entry speaks of; `issue` where its name leaves that open. */
type Identity = { id: string; isNew: boolean } | { issue: 'ambiguous-name' | 'repeated-name' } | undefined;

class ImportPlan {
  readonly writes: PlannedWrite[] = [];
  readonly counts: Counts = { rows: 0, created: 0, updated: 0, unchanged: 0, bad: 0, problems: [] };
  private readonly names: NameTable;
  private readonly documents = new Map<string, DocumentMeta & ResourceContents[ResourceCollection]>();
  private readonly seen = new Set<string>();
  private readonly newId: () => string;

  constructor(existing: Existing, newId: () => string) {
    this.names = new NameTable(existing);
    this.newId = newId;
    for (const collection of resourceCollections) for (const document of existing[collection]) this.documents.set(document.id, document);
  }

  identify(entry: ImportEntry): Identity {
    const name = 'cells' in entry && typeof entry.cells['name'] === 'string' ? entry.cells['name'].trim() : '';
    if (name === '') return undefined;
    const key = `${entry.collection} ${name}`;
    if (this.seen.has(key)) return { issue: 'repeated-name' };
    this.seen.add(key);
    const known = this.names.idOf(entry.collection, name);
    if (known === 'ambiguous') return { issue: 'ambiguous-name' };
    if (known !== undefined) return { id: known, isNew: false };
    const id = this.newId();
    this.names.add(entry.collection, { id, name });
    return { id, isNew: true };
  }

  take(entry: ImportEntry, identity: Identity): void {
    this.counts.rows += 1;
    if ('issues' in entry) return this.refuse(entry, entry.issues);
    if (identity !== undefined && 'issue' in identity) return this.refuse(entry, [{ path: 'name', code: identity.issue }]);
    const before = identity === undefined ? undefined : this.documents.get(identity.id);
    const cells = before === undefined ? entry.cells : { ...resourceRow(entry.collection, before, this.names), ...entry.cells };
    const checked = checkResourceRow(entry.collection, cells, this.names);
    if ('issues' in checked || identity === undefined) return this.refuse(entry, 'issues' in checked ? checked.issues : [{ path: 'name', code: 'required' }]);
    this.write(entry.collection, identity.id, before, checked.content);
  }

  private write(collection: ResourceCollection, id: string, before: DocumentMeta | undefined, content: ResourceContents[ResourceCollection]): void {
    if (before === undefined) {
      this.counts.created += 1;
      this.writes.push({ collection, id, content });
      return;
    }
    const next = { ...fieldsBeside(collection, before), ...content };
    if (sameFields(before, next)) {
      this.counts.unchanged += 1;
      return;
    }
    this.counts.updated += 1;
    this.writes.push({ collection, id, rev: before.rev, content: next });
  }

  private refuse({ collection, row }: ImportEntry, issues: FieldIssue[]): void {
    this.counts.bad += 1;
    if (this.counts.problems.length < problemsKept) this.counts.problems.push({ collection, row, issues });
  }
}

const metaFields = new Set(['id', 'rev', 'createdAt', 'updatedAt', 'updatedBy', 'deleted']);

/** Fields of a document that no column speaks of, such as a task's times on single nodes. */
function fieldsBeside(collection: ResourceCollection, document: object): object {
  const covered = new Set(resourceColumns[collection].map(({ path }) => path.split('.')[0]));
  return Object.fromEntries(Object.entries(document).filter(([field]) => !covered.has(field) && !metaFields.has(field)));
}

function sameFields(before: object, next: object): boolean {
  const old = Object.fromEntries(Object.entries(before).filter(([field]) => !metaFields.has(field)));
  return sorted(old) === sorted(next);
}

/** JSON with the fields in one order: a document that came by sync may have them in another. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
