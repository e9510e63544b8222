import type { ResourceDocument } from '../../../shared/contract/resources.ts';
import { resourceSchemas, type ResourceCollection } from '../../../shared/schema/resource.ts';
import { fieldIssues } from '../../../shared/field-issues.ts';
import type { FieldIssue } from '../../../shared/errors.ts';
import { instantOfMoment, momentText } from '../patients/calendar-day.ts';
import { fieldsOf, type ResourceField } from './resource-fields.ts';

/** Values of a form by the names of its fields. Empty text stands for what is not said. */
export type FormValues = Record<string, string | number | string[]>;

const metaFields = ['id', 'rev', 'createdAt', 'updatedAt', 'updatedBy', 'deleted'];
const mebibytesInGibibyte = 1024;

/** What the form shows of a resource; of a new one what is usual. */
export function valuesOf(collection: ResourceCollection, document?: ResourceDocument): FormValues {
  return Object.fromEntries(fieldsOf(collection).map((field) => [field.name, shown(field, document ? at(document, field.path) : field.fallback)]));
}

function shown({ control }: ResourceField, value: unknown): FormValues[string] {
  if (control === 'references') return Array.isArray(value) ? (value as string[]) : [];
  if (value === undefined) return '';
  if (control === 'mebibytes') return Number(value) / mebibytesInGibibyte;
  return control === 'instant' ? momentText(String(value)) : (value as string | number);
}

/** The content to be saved: the form's fields, and of `document` all that the form does not show. */
export function contentOf(collection: ResourceCollection, values: FormValues, document?: ResourceDocument): Record<string, unknown> {
  const fields = fieldsOf(collection);
  const covered = new Set([...metaFields, ...fields.map(({ path }) => path.split('.')[0])]);
  const content: Record<string, unknown> = Object.fromEntries(Object.entries(document ?? {}).filter(([field]) => !covered.has(field)));
  for (const field of fields) {
    const value = typed(field, values[field.name]);
    if (value !== undefined) put(content, field.path.split('.'), value);
  }
  return content;
}

function typed({ control }: ResourceField, value: FormValues[string] | undefined): unknown {
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return undefined;
  if (control === 'mebibytes' && typeof value === 'number') return Math.round(value * mebibytesInGibibyte);
  return control === 'instant' ? (instantOfMoment(String(value)) ?? value) : value;
}

/** Issues of the schema at the names of the form's fields. */
export function issuesOf(collection: ResourceCollection, content: unknown): FieldIssue[] {
  const parsed = resourceSchemas[collection].safeParse(content);
  return parsed.success ? [] : atFields(collection, fieldIssues(parsed.error));
}

/** Issues of a document, or of a call that brought it as `content`, at the names of the form's fields. */
export function atFields(collection: ResourceCollection, issues: FieldIssue[]): FieldIssue[] {
  const fields = fieldsOf(collection);
  return issues.map((issue) => {
    const path = issue.path.replace(/^content\./, '');
    return { ...issue, path: fields.find((field) => path === field.path || path.startsWith(`${field.path}.`))?.name ?? path };
  });
}

const at = (document: object, path: string): unknown => path.split('.').reduce<unknown>((value, field) => (value as Record<string, unknown> | undefined)?.[field], document);

function put(target: Record<string, unknown>, [first = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) target[first] = value;
  else put((target[first] ??= {}) as Record<string, unknown>, rest, value);
}
