import type { TFunction } from 'i18next';
import type { ConflictField } from '../../../shared/conflicts/conflict-field.ts';
import type { Quantity } from '../../../shared/schema/fhir-types.ts';
import { quantityText } from '../chart/words.ts';
import { timeText } from '../versions/time-text.ts';

/** A value as people read it; '' where there is none. */
export function valueText({ kind, options }: ConflictField, value: unknown, t: TFunction): string {
  if (value === undefined || value === null || value === '') return '';
  if (kind === 'instant') return timeText(String(value));
  if (kind === 'secret') return t('conflicts.passwordChanged');
  if (kind === 'choice') {
    const key = options?.[String(value)];
    return key === undefined ? String(value) : t(key);
  }
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const clinical = clinicalValueText(value, t);
  if (clinical !== undefined) return clinical;
  const parts = typeof value === 'object' && !Array.isArray(value) ? Object.values(value) : [];
  const readable = parts.length > 0 && parts.every((part) => typeof part === 'string');
  return readable ? parts.join(' · ') : t('conflicts.somethingElse');
}

/** Texts can be joined, one below the other; a phone number or a choice cannot. */
export const canJoin = ({ kind }: ConflictField, values: readonly { value?: unknown }[]): boolean =>
  kind === 'text' && values.every(({ value }) => typeof value === 'string' && value !== '');

const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object';

/** What a concept, a quantity or a list of reactions says; undefined for anything else. */
export function clinicalValueText(value: unknown, t: TFunction): string | undefined {
  if (Array.isArray(value)) {
    const named = value.map((one: unknown) => (isObject(one) && typeof one['manifestation'] === 'string' ? one['manifestation'] : undefined));
    return named.length > 0 && named.every((one) => one !== undefined) ? named.join('; ') : undefined;
  }
  if (!isObject(value)) return undefined;
  if (typeof value['text'] === 'string') return value['text'];
  return typeof value['value'] === 'number' ? quantityText(value as Quantity, t) : undefined;
}
