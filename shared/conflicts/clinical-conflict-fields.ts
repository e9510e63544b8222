import { frequencyCodes } from '../chart/frequencies.ts';
import { allergyCategories } from '../schema/allergy-intolerance.ts';
import { conditionCategories } from '../schema/condition.ts';
import { immunizationSites, immunizationStatuses } from '../schema/immunization.ts';
import { medicationRoutes } from '../schema/medication-request.ts';
import { observationCategories, observationStatuses } from '../schema/observation.ts';
import { requestPriorities, serviceRequestCategories } from '../schema/service-request.ts';
import type { ConflictField } from './conflict-field.ts';

const statuses: ConflictField['options'] = {
  active: 'chart.orderStatus.active', 'on-hold': 'chart.orderStatus.on-hold', completed: 'chart.orderStatus.completed', stopped: 'chart.orderStatus.stopped',
  draft: 'chart.orderStatus.draft', unknown: 'chart.orderStatus.unknown', cancelled: 'chart.orderStatus.cancelled', revoked: 'chart.orderStatus.revoked', 'entered-in-error': 'chart.orderStatus.entered-in-error',
};
const clinicalStatus: ConflictField = {
  label: 'chart.condition.clinicalStatus', kind: 'choice',
  options: {
    active: 'chart.conditionStatus.active', recurrence: 'chart.conditionStatus.recurrence', relapse: 'chart.conditionStatus.relapse',
    inactive: 'chart.conditionStatus.inactive', remission: 'chart.conditionStatus.remission', resolved: 'chart.conditionStatus.resolved',
  },
};
const verificationStatus: ConflictField = {
  label: 'chart.condition.verificationStatus', kind: 'choice',
  options: {
    unconfirmed: 'chart.verification.unconfirmed', provisional: 'chart.verification.provisional', differential: 'chart.verification.differential',
    confirmed: 'chart.verification.confirmed', refuted: 'chart.verification.refuted', 'entered-in-error': 'chart.verification.entered-in-error',
  },
};
const criticality: ConflictField = {
  label: 'chart.allergy.criticality', kind: 'choice',
  options: { low: 'chart.criticality.low', high: 'chart.criticality.high', 'unable-to-assess': 'chart.criticality.unable-to-assess' },
};
const whole = (label: NonNullable<ConflictField['label']>): ConflictField => ({ label, kind: 'whole' });
const yesOrNo = (label: NonNullable<ConflictField['label']>): ConflictField => ({ label, kind: 'choice', options: { true: 'chart.yes', false: 'chart.no' } });
const note: ConflictField = { label: 'chart.condition.note', kind: 'text', editable: true };
const category = (options: ConflictField['options']): ConflictField => ({ label: 'history.category', kind: 'choice', ...(options && { options }) });
const route: ConflictField = { label: 'chart.order.route', kind: 'choice', options: Object.fromEntries(medicationRoutes.map((one) => [one, `chart.route.${one}`] as const)) };
const recorderName: ConflictField = { label: 'chart.recordedBy', kind: 'whole' };
const recordedDate: ConflictField = { label: 'history.recordedAt', kind: 'instant' };
const recorded = { note, recorderName, recordedDate } as const;
const order = {
  status: { label: 'chart.order.status', kind: 'choice', options: statuses },
  statusReason: whole('chart.order.reason'),
  ...recorded,
} as const satisfies Record<string, ConflictField>;

/** How the fields of a chart's documents are called and shown where two people wrote them apart. */
export const clinicalConflictFields: Readonly<Record<string, Readonly<Record<string, ConflictField>>>> = {
  allergyIntolerances: {
    code: whole('chart.allergy.substance'), clinicalStatus, verificationStatus, criticality, reaction: whole('chart.allergy.reaction'),
    category: { label: 'chart.allergy.category', kind: 'choice', options: Object.fromEntries(allergyCategories.map((one) => [one, `chart.allergyCategory.${one}`] as const)) },
    onsetDateTime: whole('chart.condition.onset'), ...recorded,
  },
  conditions: {
    code: whole('chart.condition.problem'), clinicalStatus, verificationStatus, onsetDateTime: whole('chart.condition.onset'), abatementDateTime: whole('chart.condition.abatement'),
    category: category(Object.fromEntries(conditionCategories.map((one) => [one, `history.conditionCategory.${one}`] as const))), ...recorded,
  },
  observations: {
    code: whole('chart.laboratory.test'), valueQuantity: whole('chart.laboratory.result'), valueString: whole('chart.laboratory.result'),
    valueCodeableConcept: whole('chart.laboratory.result'), valueDateTime: whole('chart.laboratory.result'), valueBoolean: yesOrNo('chart.laboratory.result'), component: whole('chart.laboratory.result'),
    effectiveDateTime: whole('chart.laboratory.at'), interpretation: whole('history.interpretation'), referenceRange: whole('chart.laboratory.range'),
    status: { label: 'chart.order.status', kind: 'choice', options: Object.fromEntries(observationStatuses.map((one) => [one, `history.observationStatus.${one}`] as const)) },
    category: category(Object.fromEntries(observationCategories.map((one) => [one, `history.observationCategory.${one}`] as const))), ...recorded,
  },
  medicationRequests: {
    medicationCodeableConcept: whole('chart.order.drug'), doseQuantity: whole('chart.order.dose'), route,
    frequency: { label: 'chart.order.frequency', kind: 'choice', options: Object.fromEntries(frequencyCodes.map((one) => [one, `chart.frequency.${one}`] as const)) },
    days: whole('chart.order.days'), quantity: whole('chart.order.quantity'), asNeeded: yesOrNo('chart.order.asNeeded'), dosageText: whole('chart.order.directions'), ...order,
  },
  serviceRequests: {
    code: whole('chart.laboratory.test'), category: category(Object.fromEntries(serviceRequestCategories.map((one) => [one, `history.serviceCategory.${one}`] as const))),
    priority: { label: 'chart.basket.priority', kind: 'choice', options: Object.fromEntries(requestPriorities.map((one) => [one, `chart.priority.${one}`] as const)) },
    performedDateTime: whole('history.dueAt'), ...order,
  },
  immunizations: {
    vaccineCode: whole('chart.immunization.vaccine'), occurrenceDateTime: whole('chart.immunization.occurrence'), doseNumber: whole('chart.immunization.doseNumber'),
    status: { label: 'chart.order.status', kind: 'choice', options: Object.fromEntries(immunizationStatuses.map((one) => [one, `history.immunizationStatus.${one}`] as const)) },
    statusReason: whole('chart.order.reason'), lotNumber: whole('chart.immunization.lotNumber'), manufacturer: whole('chart.immunization.manufacturer'),
    expirationDate: whole('chart.immunization.expirationDate'), route, ...recorded,
    site: { label: 'chart.immunization.site', kind: 'choice', options: Object.fromEntries(immunizationSites.map((one) => [one, `chart.site.${one}`] as const)) },
  },
};
