import { readingsOf, vitalSignOf } from '../../shared/chart/vital-signs.ts';
import type { OrderVisit } from '../../shared/contract/chart.ts';
import { dayOfDateTime } from '../../shared/local-day.ts';
import { ageOn } from '../../shared/patients/age.ts';
import { isActiveCondition } from '../../shared/schema/condition.ts';
import type { MedicalRecord } from '../../shared/schema/medical-record.ts';
import type { MedicationRequest } from '../../shared/schema/medication-request.ts';
import { isValidObservation } from '../../shared/schema/observation.ts';
import type { Patient } from '../../shared/schema/patient.ts';
import type { ServiceRequest } from '../../shared/schema/service-request.ts';
import { listClinical } from '../storage/clinical.ts';
import { listRecordsOfPatient } from '../storage/medical-records.ts';
import type { Store } from '../storage/store.ts';

const grown = 18;
const many = { offset: 0, limit: 200 };

type Order = Pick<MedicationRequest | ServiceRequest, 'authoredOn' | 'signature' | 'medicalRecordId'>;

/**
 * What a printed order says beside what was ordered, as China's rules for prescriptions want it (处方管理办法, annex 1 and article 6): department,
 * kind of visit, clinical diagnosis, and of a child its weight. An order that names no record is of the one that its prescriber wrote that day.
 */
export function orderVisit(store: Store, patient: Patient, { authoredOn, signature, medicalRecordId }: Order): OrderVisit {
  const { connection } = store;
  const day = dayOfDateTime(authoredOn ?? store.now().toISOString());
  const records = listRecordsOfPatient(connection, patient.id, many).rows;
  const record = records.find(({ id }) => id === medicalRecordId) ?? records.find((one) => one.doctorId === signature?.userId && covers(one, day));
  const department = record?.department ?? (signature && store.get('users', signature.userId)?.department);
  const problems = listClinical(connection, 'conditions', { patientId: patient.id }, many).filter(isActiveCondition).map(({ code }) => code.text);
  const weight = (ageOn(patient, day)?.years ?? grown) < grown ? weightOn(store, patient.id, day) : undefined;
  return {
    day,
    ...(department !== undefined && { department }),
    ...(record && { kind: record.kind }),
    diagnoses: [...new Set([...(record?.diagnosis === undefined ? [] : [record.diagnosis]), ...problems])],
    ...(weight && { weight }),
  };
}

/** A stay that nobody has ended goes on; any other visit is over with its day. */
const covers = ({ kind, admissionDate, dischargeDate }: MedicalRecord, day: string): boolean =>
  admissionDate <= day && day <= (dischargeDate ?? (kind === 'inpatient' ? day : admissionDate));

/** The last weight up to a day, in kilograms, and the day that it was measured on. */
export function weightOn({ connection }: Store, patientId: string, day: string): OrderVisit['weight'] {
  const weighed = listClinical(connection, 'observations', { patientId, category: 'vital-signs', code: vitalSignOf('weight').loinc }, many);
  const last = weighed.find((one) => isValidObservation(one) && dayOfDateTime(one.effectiveDateTime) <= day);
  const value = last && readingsOf(last).weight?.value;
  return last === undefined || value === undefined ? undefined : { value, day: dayOfDateTime(last.effectiveDateTime) };
}
