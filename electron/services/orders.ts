import { ageOn } from '../../shared/patients/age.ts';
import { orderIssues, unanswered, type OrderSurroundings } from '../../shared/chart/order-issues.ts';
import { dispensedQuantity } from '../../shared/chart/quantity.ts';
import type { CallOutput, CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import { fail, type FieldIssue } from '../../shared/errors.ts';
import type { MedicationOrder, MedicationRequest, MedicationRequestContent } from '../../shared/schema/medication-request.ts';
import type { Patient } from '../../shared/schema/patient.ts';
import type { ServiceRequest, ServiceRequestContent } from '../../shared/schema/service-request.ts';
import { listClinical } from '../storage/clinical.ts';
import { allergiesOf } from './allergies.ts';
import { calendarDay } from './calendar.ts';
import { clinicalMeta, listOfPatient, presentClinical } from './clinical.ts';
import type { Context } from './context.ts';
import { contentOf, discardOwnDraft, visibleDocument } from './documents.ts';
import { orderVisit, weightOn } from './order-visit.ts';
import { presentPatient } from './patients.ts';

export function listMedicationRequests(context: Context, input: CallParsed<'medicationRequests.list'>): Page<MedicationRequest> {
  return listOfPatient(context, 'medicationRequests', input);
}

export function listServiceRequests(context: Context, input: CallParsed<'serviceRequests.list'>): Page<ServiceRequest> {
  return listOfPatient(context, 'serviceRequests', input);
}

/** Signs a basket, all of it or nothing. Fails with `invalid-input`, `not-found` or `patient-deleted`. */
export function signOrders(context: Context, input: CallParsed<'orders.sign'>): CallOutput<'orders.sign'> {
  const { store, actor, user } = context;
  const { patientId, medicationRequests, serviceRequests } = input;
  const patient = presentPatient(store, patientId);
  const issues = stopsOf(context, patient, medicationRequests);
  if (medicationRequests.length + serviceRequests.length === 0) issues.push({ path: 'medicationRequests', code: 'required' });
  if (issues.length > 0) fail({ code: 'invalid-input', issues });
  const at = store.now().toISOString();
  const groupIdentifier = store.newId();
  const signed = { status: 'active', authoredOn: at, groupIdentifier, signature: { userId: user.id, name: user.displayName, at }, ...clinicalMeta(context, input) } as const;
  const count = medicationRequests.length + serviceRequests.length;
  return store.commit({ actor, action: 'order.signed', about: { patientId }, count }, (transaction) => {
    discardOwnDraft(context, transaction, input.draftId);
    return {
      groupIdentifier,
      medicationRequests: medicationRequests.map((order) => transaction.create('medicationRequests', { ...withQuantity(order), ...signed })),
      serviceRequests: serviceRequests.map((order) => transaction.create('serviceRequests', { ...order, ...signed })),
    };
  });
}

const withQuantity = (order: MedicationOrder) => {
  const quantity = dispensedQuantity(order);
  return { ...order, ...(quantity && { quantity }) };
};

/** What an allergy stops and nobody gave a reason for: the screen asks, and whoever goes around the screen is refused. */
function stopsOf(context: Context, patient: Patient, orders: readonly MedicationOrder[]): FieldIssue[] {
  const surroundings = surroundingsOf(context, patient);
  return orders.flatMap((order, index) =>
    unanswered(orderIssues(order, surroundings), order.detectedIssues ?? []).map(({ detail }) => ({
      path: `medicationRequests.${String(index)}.detectedIssues`, code: 'allergy-stops', params: { substance: detail },
    })),
  );
}

const window = { offset: 0, limit: 200 };

function surroundingsOf({ store }: Context, patient: Patient): OrderSurroundings {
  const { id: patientId } = patient;
  const today = calendarDay(store.now());
  return {
    allergies: allergiesOf(store, patientId),
    current: listClinical(store.connection, 'medicationRequests', { patientId, status: 'active' }, window),
    age: ageOn(patient, today)?.years,
    weight: weightOn(store, patientId, today)?.value,
  };
}

/** Moves a prescription on in its course. Fails with `not-found`, `patient-deleted` or `stale-revision`. */
export function stopMedication(context: Context, { id, rev, status, reason }: CallParsed<'orders.stopMedication'>): MedicationRequest {
  const { store, actor } = context;
  const order = presentClinical(context, 'medicationRequests', id);
  const content: MedicationRequestContent = { ...contentOf(order), ...courseOf(context, status, reason) };
  return store.commit({ actor, action: 'order.stopped', about: { patientId: order.patientId } }, (transaction) =>
    transaction.update('medicationRequests', id, content, { over: rev }));
}

/** The same of a test or procedure. */
export function endService(context: Context, { id, rev, status, reason }: CallParsed<'orders.endService'>): ServiceRequest {
  const { store, actor } = context;
  const order = presentClinical(context, 'serviceRequests', id);
  const at = store.now().toISOString();
  const content: ServiceRequestContent = { ...contentOf(order), ...courseOf(context, status, reason), ...(status === 'completed' && { performedDateTime: at }) };
  return store.commit({ actor, action: 'order.stopped', about: { patientId: order.patientId } }, (transaction) =>
    transaction.update('serviceRequests', id, content, { over: rev }));
}

const courseOf = <Status extends string>({ user, store }: Context, status: Status, reason: string | undefined) => ({
  status,
  statusReason: reason,
  statusChange: { userId: user.id, name: user.displayName, at: store.now().toISOString() },
});

/** Fails with `not-found`, also where nothing was signed under the identifier. */
export function orderGroup(context: Context, { patientId, groupIdentifier }: CallParsed<'orders.group'>): CallOutput<'orders.group'> {
  const patient = visibleDocument(context, 'patients', patientId);
  const { store } = context;
  const medicationRequests = listClinical(store.connection, 'medicationRequests', { patientId, groupIdentifier }, window).reverse();
  const serviceRequests = listClinical(store.connection, 'serviceRequests', { patientId, groupIdentifier }, window).reverse();
  const [first] = [...medicationRequests, ...serviceRequests];
  if (first === undefined) return fail({ code: 'not-found', collection: 'medicationRequests' });
  return { medicationRequests, serviceRequests, visit: orderVisit(store, patient, first) };
}

export function ordersPrinted(context: Context, input: CallParsed<'orders.printed'>): null {
  const { workstation, actor } = context;
  const { medicationRequests: [medication], serviceRequests: [service] } = orderGroup(context, input);
  const collection = medication === undefined ? 'serviceRequests' : 'medicationRequests';
  workstation.audit({ actor, action: 'order.printed', about: { collection, documentId: medication?.id ?? service?.id ?? '', patientId: input.patientId } });
  return null;
}
