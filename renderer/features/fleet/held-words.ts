import type { TFunction } from 'i18next';
import { conflictField, fieldLabel, readableFields } from '../../../shared/conflicts/conflict-fields.ts';
import type { HeldDocument, HeldOutcome, HeldRef } from '../../../shared/contract/sync.ts';
import { valueText } from '../conflicts/conflict-values.ts';

export const refOf = ({ deviceId, changeSetId }: HeldRef): HeldRef => ({ deviceId, changeSetId });

export interface HeldField {
  name: string;
  label: string;
  says: string;
  here: string;
}

/** The fields that a held document says otherwise than this workstation; all that are filled in where it is not here. */
export function heldFields({ collection, content, here }: HeldDocument, t: TFunction): HeldField[] {
  const text = (name: string, of: Record<string, unknown> | null | undefined) => {
    const field = conflictField(collection, name);
    const value = of?.[name];
    return field.kind === 'picture' && value !== undefined && value !== null ? t('fleet.held.picture') : valueText(field, value, t);
  };
  const differs = (name: string) => JSON.stringify(content?.[name]) !== JSON.stringify(here?.[name]);
  return readableFields(collection)
    .map((name) => ({ name, label: fieldLabel(collection, name, t), says: text(name, content), here: text(name, here) }))
    .filter(({ name, says }) => (here === undefined ? says !== '' : differs(name)));
}

/** What became of what was released, a line for each kind of outcome. */
export function outcomeLines(outcomes: HeldOutcome[], t: TFunction): string[] {
  const counted = Map.groupBy(outcomes, (one) => (one.outcome === 'rejected' ? `rejected ${one.refusal}` : one.outcome));
  return [...counted.values()].map((group) => {
    const [first] = group as [HeldOutcome];
    if (first.outcome === 'rejected') return t('fleet.held.outcome.rejected', { count: group.length, why: t(`quarantine.refusal.${first.refusal}`) });
    return t(`fleet.held.outcome.${first.outcome}`, { count: group.length });
  });
}
