import type { MedicalRecordContent } from '../schema/medical-record.ts';
import type { Language } from '../schema/setting.ts';
import { demoConditions } from './conditions.ts';
import type { Random } from './random.ts';

export interface DemoDoctor {
  id: string;
  name: string;
}

const dayMilliseconds = 86_400_000;
const toDay = (time: number) => new Date(time).toISOString().slice(0, 10);

/** A made-up record of the last five years before `today` (`YYYY-MM-DD`), though not from before the patient's birth; nearly always signed. */
export function demoRecord(
  random: Random,
  { patientId, birthday, today, language, doctors }: { patientId: string; birthday?: string | undefined; today: string; language: Language; doctors: readonly [DemoDoctor, ...DemoDoctor[]] },
): MedicalRecordContent {
  const condition = random.pick(demoConditions[language]);
  const doctor = random.pick(doctors);
  const lived = birthday === undefined ? 5 * 365 : 1 + Math.floor((Date.parse(today) - Date.parse(birthday)) / dayMilliseconds);
  const admitted = Date.parse(today) - random.below(Math.min(5 * 365, lived)) * dayMilliseconds;
  const stay = condition.kind === 'inpatient' ? 2 + random.below(12) : 0;
  const discharged = Math.min(admitted + stay * dayMilliseconds, Date.parse(today));
  const signed = random.chance(0.97);
  return {
    ...condition,
    patientId,
    doctorId: doctor.id,
    doctorName: doctor.name,
    admissionDate: toDay(admitted),
    ...(condition.kind === 'inpatient' && { dischargeDate: toDay(discharged) }),
    status: signed ? 'signed' : 'draft',
    ...(signed && { signature: { userId: doctor.id, name: doctor.name, at: new Date(discharged + 9 * 3_600_000).toISOString() } }),
  };
}
