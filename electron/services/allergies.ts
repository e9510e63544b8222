import type { CallOutput, CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import { isActiveAllergy, isNoKnownAllergy, type AllergyIntolerance } from '../../shared/schema/allergy-intolerance.ts';
import { listClinical } from '../storage/clinical.ts';
import type { Store } from '../storage/store.ts';
import { createClinical, listOfPatient, updateClinical } from './clinical.ts';
import type { Context } from './context.ts';
import { contentOf, visibleDocument } from './documents.ts';

export function listAllergies(context: Context, input: CallParsed<'allergyIntolerances.list'>): Page<AllergyIntolerance> {
  return listOfPatient(context, 'allergyIntolerances', input);
}

/** More than anybody has. */
const all = { offset: 0, limit: 500 };
export const allergiesOf = (store: Store, patientId: string): AllergyIntolerance[] => listClinical(store.connection, 'allergyIntolerances', { patientId }, all);

/** Fails with `not-found` or `patient-deleted`. */
export function createAllergy(context: Context, input: CallParsed<'allergyIntolerances.create'>): AllergyIntolerance {
  const { store } = context;
  const asserted = isNoKnownAllergy(input.content) || !isActiveAllergy(input.content) ? [] : allergiesOf(store, input.patientId).filter((one) => isNoKnownAllergy(one) && isActiveAllergy(one));
  return createClinical(context, { collection: 'allergyIntolerances', action: 'allergy.created' }, input, (transaction) => {
    for (const assertion of asserted) transaction.update('allergyIntolerances', assertion.id, { ...contentOf(assertion), clinicalStatus: 'inactive' }, { over: assertion.rev });
  });
}

/** Fails with `not-found`, `patient-deleted` or `stale-revision`. */
export function updateAllergy(context: Context, input: CallParsed<'allergyIntolerances.update'>): AllergyIntolerance {
  return updateClinical(context, { collection: 'allergyIntolerances', action: 'allergy.updated' }, input);
}

/** Fails with `not-found`. */
export function chartAlerts(context: Context, { patientId }: CallParsed<'chart.alerts'>): CallOutput<'chart.alerts'> {
  visibleDocument(context, 'patients', patientId);
  return { allergyIntolerances: allergiesOf(context.store, patientId).filter(isActiveAllergy) };
}
