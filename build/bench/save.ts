import type { MedicalRecordInput } from '../../shared/schema/medical-record.ts';
import type { PatientContent, PatientInput } from '../../shared/schema/patient.ts';
import { bareWriter } from './bare-write.ts';
import { somePeople, type Person } from './people.ts';
import { timeBeside, type Spread } from './percentiles.ts';
import { atMost, type Figure } from './report.ts';
import { touch, type Workstation } from './workstation.ts';

const saves = 500;

/** Durable saves through the backend (schema, permission, history, search index, audit, outbox) beside a bare row of the same size. */
export async function saveFigures(workstation: Workstation): Promise<Figure[]> {
  const { bare, doctor, profile, databaseKey } = workstation;
  await touch(workstation);
  const people = somePeople(bare, saves, 44);
  const writer = bareWriter(profile, databaseKey);
  const beside = (text: (index: number) => string, real: (index: number) => Promise<unknown>) =>
    timeBeside(saves, { bare: (index) => writer.write(`${index}`, text(index)), real });
  const changed = (change: (index: number, rev: string) => Partial<PatientInput>) =>
    beside(
      (index) => JSON.stringify(people[index]),
      async (index) => {
        const { id, rev, ...person } = people[index] as Person;
        const patient = { ...inputOf(person), ...change(index, rev) };
        people[index] = { ...person, ...(await doctor('patients.update', { id, rev, patient })) };
      },
    );
  const noted = await changed((index, rev) => ({ notes: `${index}, over ${rev}` }));
  // The number is searched by, so that the search index is written too.
  const rung = await changed((index) => ({ phone: `139${String(10_000_000 + index)}` }));
  const written = await beside(
    (index) => JSON.stringify(record(index)),
    (index) => doctor('records.create', { patientId: people[index]?.id ?? '', record: record(index) }),
  );
  writer.remove();
  return [figure('saving a patient, another note', noted), figure('saving a patient, another phone', rung), figure('saving a new medical record', written)];
}

const figure = (what: string, { bare, real }: { bare: Spread; real: Spread }): Figure => ({
  what,
  unit: 'ms',
  measured: real,
  bare: { what: 'a bare SQLite transaction of one row', measured: bare },
  aims: [
    atMost('p99', real.p99, 15, ' ms'),
    atMost('p50', Number((real.p50 / bare.p50).toFixed(2)), 3, '× bare'),
    atMost('p99', Number((real.p99 / bare.p99).toFixed(2)), 3, '× bare'),
  ],
});

/** The fields of the form: what the store adds cannot be sent back. */
function inputOf({ name, gender, birthday, estimatedBirthYear, address, phone, nationalId, insuranceNumber, emergencyContact }: PatientContent): PatientInput {
  return { name, gender, birthday, estimatedBirthYear, address, phone, nationalId, insuranceNumber, emergencyContact };
}

const record = (index: number): MedicalRecordInput => ({
  kind: 'outpatient',
  department: '内科',
  chiefComplaint: `咳嗽、咳痰${index}天，伴低热，夜间加重，无胸痛、咯血`,
  diagnosis: '急性支气管炎（J20.9）；原发性高血压（I10）',
  treatment: '多饮水，注意休息，雾化吸入，低盐饮食，监测血压，1周后复诊',
  prescription: '氨溴索片 30mg 口服 每日3次 共5天；氨氯地平片 5mg 口服 每日1次 共14天',
  admissionDate: '2025-11-20',
});
