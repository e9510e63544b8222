import type { CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import { fail } from '../../shared/errors.ts';
import { NameTable } from '../../shared/exchange/resource-names.ts';
import { resourceColumns } from '../../shared/exchange/resource-columns.ts';
import { resourceRow } from '../../shared/exchange/resource-row.ts';
import { resourceCollections, type ResourceCollection } from '../../shared/schema/resource.ts';
import type { Context } from './context.ts';
import { keepExport, newExportFile, newTextFile, type ExportFile } from './export-files.ts';
import { inventoryOf, type ResourcesByCollection } from './inventory.ts';

/** Writes the inventory as a file that {@link import('./resource-imports.ts').importResources} reads back. Fails with `invalid-input` for CSV without a collection. */
export function exportResources(context: Context, { format, collection }: CallParsed<'resources.export'>): Job {
  const inventory = inventoryOf(context.store);
  const keep = keepExport(context);
  if (format === 'csv' && collection === undefined) return fail({ code: 'invalid-input', issues: [{ path: 'collection', code: 'required' }] });
  return context.jobs.start(
    'export',
    async (job) => {
      const file = collection === undefined ? await jsonFile(inventory) : await csvFile(inventory, collection);
      context.store.record({ actor: context.actor, action: 'export.created', about: { collection: collection ?? 'hosts' } });
      keep(job.id, file);
    },
    context.user.id,
  );
}

async function csvFile(inventory: ResourcesByCollection, collection: ResourceCollection): Promise<ExportFile> {
  const names = new NameTable(inventory);
  const columns = resourceColumns[collection].map(({ name }) => name);
  const file = newExportFile(columns);
  const cellOf = (value: unknown) => (value === undefined ? '' : Array.isArray(value) ? value.join(';') : String(value));
  await file.append(
    inventory[collection].map((document) => {
      const row = resourceRow(collection, document, names);
      return columns.map((column) => cellOf(row[column]));
    }),
  );
  await file.finish();
  return file;
}

function jsonFile(inventory: ResourcesByCollection): Promise<Pick<ExportFile, 'parts'>> {
  const names = new NameTable(inventory);
  const lists = Object.fromEntries(resourceCollections.map((collection) => [collection, inventory[collection].map((document) => resourceRow(collection, document, names))]));
  return newTextFile(JSON.stringify(lists, null, 1));
}
