import { bareWriter } from './bare-write.ts';
import { somePeople } from './people.ts';
import { timeBeside } from './percentiles.ts';
import { atMost, type Figure } from './report.ts';
import { summaryFigures } from './summary.ts';
import { touch, type Workstation } from './workstation.ts';

/** Rows of a timeline's page, as the screen asks for them. */
const recordsOfAPage = 100;

/** Opening a chart: the patient and the first page of records; the first look within an hour leaves a durable audit entry. */
export async function chartFigures(workstation: Workstation): Promise<Figure[]> {
  const { bare, doctor, profile, databaseKey } = workstation;
  const people = somePeople(bare, 1000, 43);
  const patient = bare.prepare('SELECT content FROM patients WHERE id = ?');
  const records = bare.prepare('SELECT content FROM medical_records WHERE patient_id = ? AND deleted = 0 ORDER BY admission_date DESC LIMIT ?');
  const writer = bareWriter(profile, databaseKey);
  const read = (id: string) => [patient.all(id), records.all(id, recordsOfAPage)];
  const open = async (id: string, viewed: boolean) => {
    await doctor('patients.get', { id, viewed });
    await doctor('records.listForPatient', { patientId: id, offset: 0, limit: recordsOfAPage });
  };
  const idOf = (index: number) => people[index]?.id ?? '';
  await touch(workstation);
  const first = await timeBeside(people.length / 2, {
    bare: (index) => (read(idOf(index)), writer.write(`${index}`, 'x'.repeat(300))),
    real: (index) => open(idOf(index), true),
  }, 0);
  const again = await timeBeside(people.length / 2, {
    bare: (index) => read(idOf(people.length / 2 + index)),
    real: (index) => open(idOf(people.length / 2 + index), false),
  }, 0);
  writer.remove();
  return [
    {
      what: 'opening a chart, with its audit entry', unit: 'ms', measured: first.real,
      bare: { what: 'two bare reads and a bare durable row', measured: first.bare }, aims: [atMost('p99', first.real.p99, 20, ' ms')],
    },
    { what: 'opening a chart, already in the audit', unit: 'ms', measured: again.real, bare: { what: 'two bare reads', measured: again.bare } },
    ...(await summaryFigures(workstation)),
  ];
}
