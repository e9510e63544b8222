import { vitalSignIssues } from '../../shared/chart/vital-signs.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import { fail, type FieldIssue } from '../../shared/errors.ts';
import type { Observation, ObservationInput } from '../../shared/schema/observation.ts';
import { isSamePerson } from '../storage/linked-patients.ts';
import type { Transaction } from '../storage/transaction.ts';
import { clinicalMeta, listOfPatient, presentClinical, updateClinical } from './clinical.ts';
import type { Context } from './context.ts';
import { contentOf, discardOwnDraft } from './documents.ts';
import { dayIssues, latestInstant } from './event-days.ts';
import { presentPatient } from './patients.ts';

export function listObservations(context: Context, input: CallParsed<'observations.list'>): Page<Observation> {
  return listOfPatient(context, 'observations', input);
}

/** What was measured together, in one change set, with the orders that it answers. Fails with `invalid-input`, `not-found` or `patient-deleted`. */
export function createObservations(context: Context, input: CallParsed<'observations.create'>): Observation[] {
  const { store, actor } = context;
  const { patientId, contents } = input;
  const patient = presentPatient(store, patientId);
  const latest = latestInstant(store).toISOString();
  const issues = contents.flatMap((content, index) => {
    const at = `contents.${String(index)}`;
    const days = content.effectiveDateTime > latest ? [{ path: `${at}.effectiveDateTime`, code: 'date-in-future' }] : dayIssues(store, patient, { at, content });
    return [...days, ...valueIssues(at, content)];
  });
  if (issues.length > 0) fail({ code: 'invalid-input', issues });
  const meta = clinicalMeta(context, input);
  return store.commit({ actor, action: 'observation.created', about: { patientId }, count: contents.length }, (transaction) => {
    discardOwnDraft(context, transaction, input.draftId);
    const orders = new Set(contents.flatMap(({ serviceRequestId }) => (serviceRequestId === undefined ? [] : [serviceRequestId])));
    for (const id of orders) completeOrder(context, transaction, { id, patientId });
    return contents.map((content) => transaction.create('observations', { ...content, ...meta }));
  });
}

function completeOrder({ store, user }: Context, transaction: Transaction, { id, patientId }: { id: string; patientId: string }): void {
  const order = store.get('serviceRequests', id);
  if (order === undefined || order.deleted || !isSamePerson(store.connection, order.patientId, patientId)) return fail({ code: 'not-found', collection: 'serviceRequests' });
  if (order.status !== 'active') return;
  const statusChange = { userId: user.id, name: user.displayName, at: store.now().toISOString() };
  transaction.update('serviceRequests', id, { ...contentOf(order), status: 'completed', statusChange }, { over: order.rev });
}

const valueIssues = (at: string, content: ObservationInput, before?: ObservationInput): FieldIssue[] => vitalSignIssues(content, before).map(({ path, ...issue }) => ({ ...issue, path: `${at}.${path}` }));

/** Corrects a value, or says that it was entered by mistake. Fails with `invalid-input`, `not-found`, `patient-deleted` or `stale-revision`. */
export function updateObservation(context: Context, input: CallParsed<'observations.update'>): Observation {
  const issues = valueIssues('content', input.content, presentClinical(context, 'observations', input.id));
  if (issues.length > 0) fail({ code: 'invalid-input', issues });
  return updateClinical(context, { collection: 'observations', action: 'observation.updated' }, input);
}
