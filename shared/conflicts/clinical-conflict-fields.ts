import type { ConflictField } from './conflict-field.ts';

const statuses: ConflictField['options'] = {
  active: 'chart.orderStatus.active', 'on-hold': 'chart.orderStatus.on-hold', completed: 'chart.orderStatus.completed', stopped: 'chart.orderStatus.stopped',
  cancelled: 'chart.orderStatus.cancelled', revoked: 'chart.orderStatus.revoked', 'entered-in-error': 'chart.orderStatus.entered-in-error',
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
const note: ConflictField = { label: 'chart.condition.note', kind: 'text', editable: true };
const order = {
  status: { label: 'chart.order.status', kind: 'choice', options: statuses },
  statusReason: whole('chart.order.reason'),
  note,
} as const satisfies Record<string, ConflictField>;

/** How the fields of a chart's documents are called and shown where two people wrote them apart. */
export const clinicalConflictFields: Readonly<Record<string, Readonly<Record<string, ConflictField>>>> = {
  allergyIntolerances: { code: whole('chart.allergy.substance'), clinicalStatus, verificationStatus, criticality, reaction: whole('chart.allergy.reaction'), note },
  conditions: {
    code: whole('chart.condition.problem'), clinicalStatus, verificationStatus, onsetDateTime: whole('chart.condition.onset'), abatementDateTime: whole('chart.condition.abatement'), note,
  },
  observations: {
    code: whole('chart.laboratory.test'), valueQuantity: whole('chart.laboratory.result'), valueString: whole('chart.laboratory.result'),
    effectiveDateTime: whole('chart.laboratory.at'), note,
  },
  medicationRequests: {
    medicationCodeableConcept: whole('chart.order.drug'), doseQuantity: whole('chart.order.dose'), quantity: whole('chart.order.quantity'), ...order,
  },
  serviceRequests: { code: whole('chart.laboratory.test'), ...order },
  immunizations: {
    vaccineCode: whole('chart.immunization.vaccine'), occurrenceDateTime: whole('chart.immunization.occurrence'), doseNumber: whole('chart.immunization.doseNumber'),
    lotNumber: whole('chart.immunization.lotNumber'), note,
  },
};
