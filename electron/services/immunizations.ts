import type { CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { Immunization } from '../../shared/schema/immunization.ts';
import { createClinical, listOfPatient, updateClinical } from './clinical.ts';
import type { Context } from './context.ts';

export function listImmunizations(context: Context, input: CallParsed<'immunizations.list'>): Page<Immunization> {
  return listOfPatient(context, 'immunizations', input);
}

/** Fails with `not-found` or `patient-deleted`. */
export function createImmunization(context: Context, input: CallParsed<'immunizations.create'>): Immunization {
  return createClinical(context, { collection: 'immunizations', action: 'immunization.created' }, input);
}

/** Fails with `not-found`, `patient-deleted` or `stale-revision`. */
export function updateImmunization(context: Context, input: CallParsed<'immunizations.update'>): Immunization {
  return updateClinical(context, { collection: 'immunizations', action: 'immunization.updated' }, input);
}
