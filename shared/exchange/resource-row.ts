import type { FieldIssue } from '../errors.ts';
import { fieldIssues } from '../field-issues.ts';
import { resourceSchemas, type ResourceCollection, type ResourceContents } from '../schema/resource.ts';
import { resourceColumns, type ResourceColumn } from './resource-columns.ts';

/** An entry of a file: cells by column name; in JSON numbers and lists too. */
export type ResourceRow = Readonly<Record<string, unknown>>;

/** Names and ids of the resources that others refer to. */
export interface ResourceNames {
  /** `ambiguous` where two bear the name, undefined where none does. */
  idOf(collection: ResourceCollection, name: string): string | 'ambiguous' | undefined;
  nameOf(collection: ResourceCollection, id: string): string | undefined;
}

export type CheckedResource<Name extends ResourceCollection> = { content: ResourceContents[Name] } | { issues: FieldIssue[] };

/** Reads an entry and holds it to the collection's schema. Issue paths are column names. */
export function checkResourceRow<Name extends ResourceCollection>(collection: Name, row: ResourceRow, names: ResourceNames): CheckedResource<Name> {
  const issues: FieldIssue[] = [];
  const candidate: Record<string, unknown> = {};
  for (const column of resourceColumns[collection]) {
    const value = valueOf(column, row[column.name], names, issues);
    if (value !== undefined) put(candidate, column.path.split('.'), value);
  }
  const parsed = resourceSchemas[collection].safeParse(candidate);
  if (!parsed.success) issues.push(...fieldIssues(parsed.error).map((issue) => ({ ...issue, path: columnAt(collection, issue.path) })));
  return parsed.success && issues.length === 0 ? { content: parsed.data as ResourceContents[Name] } : { issues };
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

function valueOf(column: ResourceColumn, cell: unknown, names: ResourceNames, issues: FieldIssue[]): unknown {
  if (isEmpty(cell)) return column.fallback;
  switch (column.kind) {
    case 'text':
      return typeof cell === 'string' ? cell.trim() : cell;
    case 'number':
      return typeof cell === 'string' ? numberOf(cell.trim()) : cell;
    case 'reference':
      return idOf(column, cell, names, issues);
    case 'references':
      return namesIn(cell).map((name) => idOf(column, name, names, issues)).filter((id) => id !== undefined);
  }
}

/** Thousands separators and units are refused by the schema: a number is never guessed. */
const numberOf = (cell: string): unknown => (/^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell);
const namesIn = (cell: unknown): unknown[] => (typeof cell === 'string' ? cell.split(';').filter((name) => name.trim() !== '') : Array.isArray(cell) ? cell : [cell]);

function idOf({ name, of }: ResourceColumn, cell: unknown, names: ResourceNames, issues: FieldIssue[]): string | undefined {
  const id = typeof cell === 'string' && of !== undefined ? names.idOf(of, cell.trim()) : undefined;
  if (id !== undefined && id !== 'ambiguous') return id;
  issues.push({ path: name, code: id === 'ambiguous' ? 'ambiguous-name' : 'unknown-name' });
  return undefined;
}

function put(target: Record<string, unknown>, [first = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) target[first] = value;
  else put((target[first] ??= {}) as Record<string, unknown>, rest, value);
}

/** The column whose value stands at a path of the document, or within it. */
const columnAt = (collection: ResourceCollection, path: string): string =>
  resourceColumns[collection].find((column) => path === column.path || path.startsWith(`${column.path}.`))?.name ?? path;

/** A resource as an entry of a file; what is absent is left out. Reads back as the same content. */
export function resourceRow<Name extends ResourceCollection>(collection: Name, content: ResourceContents[Name], names: ResourceNames): Record<string, unknown> {
  return Object.fromEntries(
    resourceColumns[collection].flatMap((column) => {
      const value = column.path.split('.').reduce<unknown>((at, field) => (at as Record<string, unknown> | undefined)?.[field], content);
      return value === undefined ? [] : [[column.name, written(column, value, names)]];
    }),
  );
}

function written({ kind, of }: ResourceColumn, value: unknown, names: ResourceNames): unknown {
  if (of === undefined) return value;
  const nameOf = (id: unknown) => names.nameOf(of, id as string) ?? (id as string);
  return kind === 'references' ? (value as unknown[]).map(nameOf) : nameOf(value);
}
