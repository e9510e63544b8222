import { duplicatesOf } from '../../electron/storage/duplicates.ts';
import { compact } from '../../shared/search/normalise.ts';
import { pinyinTerms } from '../../shared/search/pinyin-terms.ts';
import { somePeople } from './people.ts';
import { timeBeside } from './percentiles.ts';
import { atMost, type Figure } from './report.ts';
import { touch, type Workstation } from './workstation.ts';

const scored = 500;

/** Holding a patient who is new in the work-list against everybody else, beside the index queries that find whom to look at. */
export async function duplicateFigures(workstation: Workstation): Promise<Figure[]> {
  const { bare } = workstation;
  const people = somePeople(bare, scored, 44);
  const look = bare.prepare('SELECT rowid FROM patient_terms WHERE patient_terms MATCH ? ORDER BY rowid DESC LIMIT 200');
  const terms = people.map(({ name, phone, nationalId }) => [compact(name), pinyinTerms(name)[0] ?? '', compact(phone ?? ''), compact(nationalId ?? '')].filter((term) => term !== ''));
  await touch(workstation);
  const { bare: queries, real } = await timeBeside(scored, {
    bare: (index) => terms[index]?.map((term) => look.all(`"${term}"`)),
    real: (index) => duplicatesOf(bare, people[index]?.id ?? ''),
  });
  return [{ what: 'duplicates of one patient', unit: 'ms', measured: real, bare: { what: 'the bare index queries', measured: queries }, aims: [atMost('p99', real.p99, 20, ' ms')] }];
}
