import { join } from 'node:path';
import { openConnection, type Connection } from '../../electron/storage/connection.ts';
import { duplicatesOf } from '../../electron/storage/duplicates.ts';
import { Keyring } from '../../electron/storage/keyring.ts';
import { compact } from '../../shared/search/normalise.ts';
import { pinyinTerms } from '../../shared/search/pinyin-terms.ts';
import { adminAccount, seededProfile, workingCopy } from './clinic.ts';
import { somePeople } from './people.ts';
import { timeBeside } from './percentiles.ts';
import { atMost, type Figure } from './report.ts';

const patients = 200_000;
const scored = 500;

/** Holding a patient who is new in the work-list against everybody else, in a clinic of patients alone, beside the index queries that find whom to look at. */
export async function duplicateFigures(): Promise<Figure[]> {
  const clinic = await openClinic(workingCopy(seededProfile(patients, 0)));
  const people = somePeople(clinic, scored, 44);
  const look = clinic.prepare('SELECT rowid FROM patient_terms WHERE patient_terms MATCH ? ORDER BY rowid DESC LIMIT 200');
  const terms = people.map(({ name, phone, nationalId }) => [compact(name), pinyinTerms(name)[0] ?? '', compact(phone ?? ''), compact(nationalId ?? '')].filter((term) => term !== ''));
  const { bare: queries, real } = await timeBeside(scored, {
    bare: (index) => terms[index]?.map((term) => look.all(`"${term}"`)),
    real: (index) => duplicatesOf(clinic, people[index]?.id ?? ''),
  });
  const against = clinic.prepare('SELECT count(*) FROM patients WHERE deleted = 0').pluck().get() as number;
  clinic.close();
  const what = `duplicates of one among ${against.toLocaleString('en')} patients`;
  return [{ what, unit: 'ms', measured: real, bare: { what: 'the bare index queries', measured: queries }, aims: [atMost('p99', real.p99, 20, ' ms')] }];
}

async function openClinic(profile: string): Promise<Connection> {
  const { databaseKey } = await Keyring.open(profile, { now: () => new Date() }).unsealWithPassword(adminAccount.username, adminAccount.password);
  return openConnection(join(profile, 'outpost.db'), databaseKey, { readonly: true });
}
