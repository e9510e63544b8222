import type { RecordKind } from '../schema/medical-record.ts';

/**
 * Years for which charts are kept: outpatient (emergency with them) 15 after the patient's last visit, inpatient 30 after the last
 * discharge. Regulations on Medical Records in Medical Institutions (医疗机构病历管理规定, 2013), article 29.
 */
export const retentionYears: Readonly<Record<RecordKind, number>> = { outpatient: 15, emergency: 15, inpatient: 30 };

/** A patient's last days in a clinic, `YYYY-MM-DD`: of a visit, and of a discharge. */
export interface LastDays {
  visit?: string | undefined;
  discharge?: string | undefined;
}

const lastDayOf = ({ visit, discharge }: LastDays, kind: RecordKind) => (kind === 'inpatient' ? discharge : visit);

/** The last day on which a chart of this kind must still be there, counted from the patient's last day of that kind; undefined without one. */
export function retainedUntil(lastDays: LastDays, kind: RecordKind): string | undefined {
  const last = lastDayOf(lastDays, kind);
  return last === undefined ? undefined : yearsAfter(last, retentionYears[kind]);
}

/** Until when a patient must be there: as long as any of the charts. */
export function patientRetainedUntil(lastDays: LastDays): string | undefined {
  return (['outpatient', 'inpatient'] as const).flatMap((kind) => retainedUntil(lastDays, kind) ?? []).sort().at(-1);
}

/** The 29th of February is the 28th in a year that has none. */
function yearsAfter(day: string, years: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const lastOfMonth = new Date(Date.UTC(year + years, month, 0)).getUTCDate();
  return `${String(year + years).padStart(4, '0')}-${day.slice(5, 7)}-${String(Math.min(date, lastOfMonth)).padStart(2, '0')}`;
}
