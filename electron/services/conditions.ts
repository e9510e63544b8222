import type { CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { Condition } from '../../shared/schema/condition.ts';
import { createClinical, listOfPatient, updateClinical } from './clinical.ts';
import type { Context } from './context.ts';

export function listConditions(context: Context, input: CallParsed<'conditions.list'>): Page<Condition> {
  return listOfPatient(context, 'conditions', input);
}

/** Fails with `not-found` or `patient-deleted`. */
export function createCondition(context: Context, input: CallParsed<'conditions.create'>): Condition {
  return createClinical(context, { collection: 'conditions', action: 'condition.created' }, input);
}

/** Fails with `not-found`, `patient-deleted` or `stale-revision`. */
export function updateCondition(context: Context, input: CallParsed<'conditions.update'>): Condition {
  return updateClinical(context, { collection: 'conditions', action: 'condition.updated' }, input);
}
