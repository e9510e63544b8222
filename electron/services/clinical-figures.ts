import { setImmediate as nextTurn } from 'node:timers/promises';
import { stepOf, stepsOf } from '../../shared/analytics/periods.ts';
import { inpatientsOf } from '../../shared/analytics/stays.ts';
import { waitingOf } from '../../shared/analytics/waiting.ts';
import { ageBands, ageUnknown } from '../../shared/analytics/age-bands.ts';
import type { AnalyticsFilter, ClinicalFigures } from '../../shared/schema/clinical-report.ts';
import { countPeople, diagnosisCounts, visitCounts, type VisitCount, type VisitFilter } from '../storage/analytics.ts';
import { conditionCounts, stayCounts, waitingCounts } from '../storage/care-counts.ts';
import type { Connection } from '../storage/connection.ts';
import { startOfDay } from './calendar.ts';

const most = 20;

/** A filter with the instants of its days where this computer is. */
export const withInstants = (filter: AnalyticsFilter): VisitFilter => ({
  ...filter, fromInstant: startOfDay(filter.from).toISOString(), toInstant: startOfDay(filter.to, 1).toISOString(),
});

/** All figures of a period. Other calls are answered between one and the next: each may take a part of a second. */
export async function clinicalFigures(connection: Connection, filter: VisitFilter): Promise<ClinicalFigures> {
  const visits = tallied(visitCounts(connection, filter), filter);
  await nextTurn();
  const patients = countPeople(connection, filter);
  await nextTurn();
  const diagnoses = diagnosisCounts(connection, filter, most);
  await nextTurn();
  const conditions = conditionCounts(connection, filter, most);
  await nextTurn();
  const waiting = waitingOf(waitingCounts(connection, filter));
  await nextTurn();
  const isOther = filter.kind !== undefined && filter.kind !== 'inpatient';
  const inpatients = inpatientsOf(isOther ? [] : stayCounts(connection, filter), filter);
  return { ...visits, patients, diagnoses, conditions, waiting, inpatients };
}

function tallied(counts: readonly VisitCount[], filter: VisitFilter): Pick<ClinicalFigures, 'visits' | 'byTime' | 'byDepartment' | 'byKind' | 'byAge'> {
  const sum = (key: (count: VisitCount) => string | number) => {
    const sums = new Map<string | number, number>();
    for (const count of counts) sums.set(key(count), (sums.get(key(count)) ?? 0) + count.visits);
    return sums;
  };
  const byStep = sum(({ at }) => at);
  const greatest = (sums: Map<string | number, number>) => [...sums].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
  const byAge = sum(({ band, gender }) => `${band} ${gender === 'female' || gender === 'male' ? gender : 'other'}`);
  const ofAge = (band: number, gender: 'female' | 'male' | 'other') => byAge.get(`${band} ${gender}`) ?? 0;
  return {
    visits: counts.reduce((total, { visits }) => total + visits, 0),
    byTime: stepsOf(filter, stepOf(filter)).map((at) => ({ at, visits: byStep.get(at) ?? 0 })),
    byDepartment: greatest(sum(({ department }) => department)).map(([department, visits]) => ({ department: String(department), visits })),
    byKind: greatest(sum(({ kind }) => kind)).map(([kind, visits]) => ({ kind: String(kind), visits })),
    byAge: [...ageBands, ageUnknown].map((band) => ({ band, female: ofAge(band, 'female'), male: ofAge(band, 'male'), other: ofAge(band, 'other') })),
  };
}
