import type { TFunction } from 'i18next';
import type { Draft } from '../../../shared/schema/draft.ts';
import { paths } from '../patients/paths.ts';

/** Whose draft it is; undefined for somebody who is not registered yet. */
export function patientIdOf({ kind, key, patientId }: Draft): string | undefined {
  if (kind !== 'patient') return patientId;
  return key === 'new' ? undefined : key;
}

/** The form in which a draft was typed. */
export function draftPath(draft: Draft): string {
  const { kind, key, patientId = '' } = draft;
  if (kind === 'patient') return key === 'new' ? paths.newPatient : paths.editPatient(key);
  if (kind === 'medicalRecord') return key === 'new' ? paths.newRecord(patientId) : paths.editRecord(patientId, key);
  // The chart opens a docked form by its address; vital signs are written in their own grid.
  const inGrid = kind === 'observation' && key === 'new';
  return inGrid ? paths.chartTab(patientId, 'vitals') : `${paths.patient(patientId)}?form=${kind}&key=${key}`;
}

/** What a draft is, and of whom: by the patient's name or else by the name typed so far. */
export function draftText(draft: Draft, patientName: string | undefined, t: TFunction): string {
  const typedName = draft.values['name'];
  const name = patientName ?? (typeof typedName === 'string' && typedName.trim() !== '' ? typedName : t('drafts.unnamed'));
  return `${t(`drafts.form.${draft.kind}.${draft.key === 'new' ? 'new' : 'edited'}`)} · ${name}`;
}
