import { pinyinTerms } from '../../shared/search/pinyin-terms.ts';
import type { Connection } from '../../electron/storage/connection.ts';
import { somePeople, type Person } from './people.ts';
import { timeBeside } from './percentiles.ts';
import { atMost, type Figure } from './report.ts';
import { touch, type Workstation } from './workstation.ts';

const queriesOfAKind = 300;

/** What people type to find somebody, key by key: two to six characters, and the shorter and longer that come along. */
function typedQueries(people: Person[]): Record<string, string[]> {
  const chinese = people.filter(({ name }) => /^\p{Script=Han}+$/u.test(name));
  const latin = people.filter(({ name }) => /^[a-z ]+$/iu.test(name));
  const pinyin = chinese.map(({ name }) => pinyinTerms(name)[0] ?? '');
  const initials = chinese.map(({ name }) => pinyinTerms(name)[1] ?? '');
  const phones = people.flatMap(({ phone }) => phone ?? []);
  const cut = (texts: string[], length: number) => texts.filter((text) => text.length >= length).map((text) => text.slice(0, length));
  return {
    'Chinese, surname': cut(chinese.map(({ name }) => name), 1),
    'Chinese, 2 characters': cut(chinese.map(({ name }) => name), 2),
    'Chinese, 3 and 4 characters': chinese.map(({ name }) => name).filter((name) => name.length > 2),
    'Chinese, given name': chinese.map(({ name }) => name.slice(1)),
    'pinyin, 2 letters': cut(pinyin, 2),
    'pinyin, 3 letters': cut(pinyin, 3),
    'pinyin, 4 letters': cut(pinyin, 4),
    'pinyin, 5 and 6 letters': pinyin.map((text, index) => text.slice(0, 5 + (index % 2))),
    'initials, 2 and 3 letters': initials.filter((text) => text.length > 1),
    'Latin, 3 letters': latin.map(({ name }) => name.slice(0, 3).toLowerCase()),
    'phone, first 2 digits': cut(phones, 2),
    'phone, first 3 digits': cut(phones, 3),
    'phone, last 4 digits': phones.map((phone) => phone.slice(-4)),
    'phone, 4 to 6 digits from the middle': phones.map((phone, index) => phone.slice(3, 7 + (index % 3))),
    'two words, pinyin and phone': chinese.flatMap(({ phone }, index) => (phone ? `${pinyin[index]?.slice(0, 4)} ${phone.slice(0, 3)}` : [])),
    'two words, surname and phone': chinese.flatMap(({ name, phone }) => (phone ? `${name.slice(0, 1)} ${phone.slice(-4)}` : [])),
  };
}

/** Searching as one types, beside the one index query that answers its first word. */
export async function searchFigures(workstation: Workstation): Promise<Figure[]> {
  const bareQuery = bareQueryOf(workstation.bare);
  const figures: Figure[] = [];
  for (const [kind, typed] of Object.entries(typedQueries(somePeople(workstation.bare, queriesOfAKind * 4, 42)))) {
    await touch(workstation);
    const queries = typed.slice(0, queriesOfAKind);
    if (queries.length === 0) continue;
    const { bare, real } = await timeBeside(queries.length, {
      bare: (index) => bareQuery(queries[index] ?? ''),
      real: async (index) => {
        const query = queries[index] ?? '';
        const hits = await workstation.doctor('patients.search', { query });
        // An index that finds nobody would be quick.
        if (hits.length === 0) throw new Error(`Nobody was found by ${query}`);
      },
    });
    figures.push({ what: `search: ${kind}`, unit: 'ms', measured: real, bare: { what: 'the bare index query', measured: bare }, aims: [atMost('p99', real.p99, 30, ' ms')] });
  }
  return figures;
}

function bareQueryOf(bare: Connection): (query: string) => unknown[] {
  const byTerm = bare.prepare('SELECT rowid FROM patient_terms WHERE patient_terms MATCH ? ORDER BY rowid DESC LIMIT 50');
  const byTrigram = bare.prepare('SELECT rowid FROM patient_trigrams WHERE patient_trigrams MATCH ? ORDER BY rowid DESC LIMIT 50');
  const byCharacter = bare.prepare('SELECT rowid FROM patient_characters WHERE patient_characters MATCH ? ORDER BY rowid DESC LIMIT 50');
  return (query) => {
    const [word = ''] = query.split(' ');
    if (/\p{Script=Han}/u.test(word)) return byCharacter.all(`"${[...word].join(' ')}"`);
    return /^\d{3}/.test(word) ? byTrigram.all(`"${word}"`) : byTerm.all(`"${word}" *`);
  };
}
