import type { TFunction } from 'i18next';
import { localMinute } from '../../shared/local-day.ts';
import { appErrorOf } from './app-error.ts';

/** What happened, what is safe, what to do. */
export interface ErrorText {
  title: string;
  safe: string;
  todo: string;
}

/** The words for whatever was thrown. */
export function errorText(thrown: unknown, t: TFunction): ErrorText {
  const { code, ...params } = appErrorOf(thrown);
  // Which values a sentence names belongs to its code; the union of all codes cannot say so to the compiler.
  const fill = t as (key: string, values: object) => string;
  return { title: t(`error.${code}.title`), safe: t(`error.${code}.safe`), todo: fill(`error.${code}.todo`, readable(params)) };
}

const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** So many of a list are told, and that there are more: a sentence that fills the screen hides what to do. */
const mostTold = 12;

const readable = (params: object) => Object.fromEntries(Object.entries(params).map(([name, value]: [string, unknown]) => [name, Array.isArray(value) ? told(value) : onTheWall(value)]));

const told = (values: unknown[]): string => [...values.slice(0, mostTold).map((value) => String(onTheWall(value))), ...(values.length > mostTold ? ['…'] : [])].join(', ');

/** Instants are told by the clock on the wall. */
const onTheWall = (value: unknown): unknown => (typeof value === 'string' && instant.test(value) ? localMinute(new Date(value)) : value);
