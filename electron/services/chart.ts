import { vitalSignCodes } from '../../shared/chart/vital-signs.ts';
import type { ChartSummary } from '../../shared/contract/chart.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import { isActiveAllergy } from '../../shared/schema/allergy-intolerance.ts';
import { isActiveCondition } from '../../shared/schema/condition.ts';
import { isValidObservation, type Observation } from '../../shared/schema/observation.ts';
import { lastWritten, latestCodes, listClinical } from '../storage/clinical.ts';
import { collections } from '../storage/collections.ts';
import type { Connection } from '../storage/connection.ts';
import { listRecordsOfPatient } from '../storage/medical-records.ts';
import type { Context } from './context.ts';
import { visibleDocument } from './documents.ts';

/** What fits one screen: values of one kind for a trend, kinds of results, orders under way, records. */
const trendLength = 8;
const resultKinds = 10;
const many = { offset: 0, limit: 200 };
const recentRecords = { offset: 0, limit: 5 };

/** What is known of a patient on one screen. Fails with `not-found`. */
export function chartSummary(context: Context, { patientId }: CallParsed<'chart.summary'>): ChartSummary {
  visibleDocument(context, 'patients', patientId);
  const { connection } = context.store;
  const records = listRecordsOfPatient(connection, patientId, recentRecords);
  return {
    conditions: listClinical(connection, 'conditions', { patientId }, many).filter(isActiveCondition),
    allergyIntolerances: listClinical(connection, 'allergyIntolerances', { patientId }, many).filter(isActiveAllergy),
    medicationRequests: listClinical(connection, 'medicationRequests', { patientId, status: 'active' }, many),
    serviceRequests: listClinical(connection, 'serviceRequests', { patientId, status: 'active' }, many),
    vitalSigns: trends(connection, { patientId, category: 'vital-signs' }, vitalSignCodes),
    laboratory: trends(connection, { patientId, category: 'laboratory' }, latestCodes(connection, { patientId, category: 'laboratory' }, resultKinds)),
    immunizations: listClinical(connection, 'immunizations', { patientId }, many),
    records: records.rows,
    recordTotal: records.total,
    updatedAt: freshness(connection, patientId),
  };
}

/** The latest values of each kind; each is found by its index, however many a patient has. */
const trends = (connection: Connection, of: { patientId: string; category: string }, codes: readonly string[]): Observation[] =>
  codes.flatMap((code) => listClinical(connection, 'observations', { ...of, code }, { offset: 0, limit: trendLength })).filter(isValidObservation);

function freshness(connection: Connection, patientId: string): ChartSummary['updatedAt'] {
  const last = {
    conditions: lastWritten(connection, 'conditions', patientId),
    allergyIntolerances: lastWritten(connection, collections.allergyIntolerances.table, patientId),
    medicationRequests: lastWritten(connection, collections.medicationRequests.table, patientId),
    serviceRequests: lastWritten(connection, collections.serviceRequests.table, patientId),
    vitalSigns: lastWritten(connection, 'observations', patientId, 'vital-signs'),
    laboratory: lastWritten(connection, 'observations', patientId, 'laboratory'),
    immunizations: lastWritten(connection, 'immunizations', patientId),
    records: lastWritten(connection, collections.medicalRecords.table, patientId),
  };
  return Object.fromEntries(Object.entries(last).filter(([, at]) => at !== undefined));
}
