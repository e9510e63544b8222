import type { ImportField, ImportMapping } from '../../../shared/contract/exchange.ts';

/** The field that a column of the file goes to; undefined when the column is left out. */
export function fieldOfColumn(mapping: ImportMapping, column: number): ImportField | undefined {
  return (Object.keys(mapping) as ImportField[]).find((field) => mapping[field] === column);
}

/** Sends a column to a field, or leaves it out. A field takes one column and a column goes to one field: the later choice counts. */
export function assignColumn(mapping: ImportMapping, column: number, field: ImportField | undefined): ImportMapping {
  const others = Object.fromEntries(Object.entries(mapping).filter(([other, at]) => at !== column && other !== field));
  return field === undefined ? others : { ...others, [field]: column };
}
