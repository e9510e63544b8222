import type { TFunction } from 'i18next';
import type { ReportBlock, ReportCell, ReportColumn, ReportDocument } from '../reports/document.ts';
import type { ClinicalFigures, ClinicalReportContent } from '../schema/clinical-report.ts';
import type { Language } from '../schema/setting.ts';
import { ageBandText } from './age-bands.ts';

type About = Pick<ClinicalReportContent, 'period' | 'filter' | 'siteName' | 'figures'> & { asOf: string; footer: string };

class Words {
  readonly language: Language;
  readonly t: TFunction;
  constructor(language: Language, t: TFunction) {
    this.language = language;
    this.t = t;
  }
  of = (key: string) => (this.t as (key: string) => string)(key);
  number = (value: number, digits = 0): { text: string; value: number } => ({ text: value.toLocaleString(this.language, { maximumFractionDigits: digits }), value });
  orNone = (value: number | null, digits = 0): ReportCell => (value === null ? '–' : this.number(value, digits));
}

const left = (label: string, weight = 1): ReportColumn => ({ label, weight });
const right = (label: string, weight = 1): ReportColumn => ({ label, weight, align: 'right' });
const heading = (text: string): ReportBlock => ({ kind: 'heading', text });

/** A clinical report in one language, ready to be written as PDF or CSV. Equal figures give equal documents. */
export function clinicalReportDocument({ period, filter, siteName, figures, asOf, footer }: About, language: Language, t: TFunction): ReportDocument {
  const words = new Words(language, t);
  const about = [
    { label: t('analytics.from'), value: filter.from },
    { label: t('analytics.to'), value: filter.to },
    ...(filter.siteId === undefined ? [] : [{ label: t('analytics.site'), value: siteName ?? filter.siteId }]),
    ...(filter.department === undefined ? [] : [{ label: t('analytics.department'), value: filter.department }]),
    ...(filter.kind === undefined ? [] : [{ label: t('records.field.kind'), value: t(`records.kind.${filter.kind}`) }]),
    { label: t('analytics.visits'), value: words.number(figures.visits) },
    { label: t('analytics.people'), value: words.number(figures.patients) },
  ];
  return {
    language, asOf, footer,
    title: t(`analytics.heading.${period}`),
    subtitle: period === 'monthly' ? filter.from.slice(0, 7) : filter.from === filter.to ? filter.from : `${filter.from} – ${filter.to}`,
    blocks: [
      { kind: 'facts', caption: '', facts: about },
      ...departments(figures, words), ...course(figures, words), ...ages(figures, words), ...diagnoses(figures, words), ...waiting(figures, words), ...inpatients(figures, words),
      { kind: 'text', text: t('analytics.whatCounts') },
    ],
  };
}

const none = ({ t }: Words): ReportBlock => ({ kind: 'text', text: t('analytics.nothing') });

const table = (caption: string, columns: ReportColumn[], rows: ReportCell[][], words: Words): ReportBlock => (rows.length === 0 ? none(words) : { kind: 'table', caption, columns, rows });

function departments({ byDepartment, byKind, visits }: ClinicalFigures, words: Words): ReportBlock[] {
  const { t, number } = words;
  if (visits === 0) return [heading(t('analytics.byDepartment')), none(words)];
  return [
    heading(t('analytics.byDepartment')),
    { kind: 'bars', caption: '', bars: byDepartment.map((row) => ({ label: row.department || t('analytics.unnamed'), share: row.visits / visits, text: number(row.visits).text })) },
    table('', [left(t('analytics.department'), 2), right(t('analytics.visits'))], byDepartment.map((row) => [row.department || t('analytics.unnamed'), number(row.visits)]), words),
    { kind: 'table', caption: t('analytics.byKind'), columns: [left(t('records.field.kind'), 2), right(t('analytics.visits'))], rows: byKind.map((row) => [words.of(`records.kind.${row.kind}`), number(row.visits)]) },
  ];
}

function course({ byTime, visits }: ClinicalFigures, words: Words): ReportBlock[] {
  if (byTime.length < 2 || visits === 0) return [];
  const { t, number } = words;
  return [heading(t('analytics.byTime')), { kind: 'table', caption: '', columns: [left(t('analytics.when'), 2), right(t('analytics.visits'))], rows: byTime.map((row) => [row.at, number(row.visits)]) }];
}

function ages({ byAge, visits }: ClinicalFigures, words: Words): ReportBlock[] {
  if (visits === 0) return [];
  const { t, number } = words;
  const columns = [left(t('analytics.age'), 2), right(t('patients.gender.female')), right(t('patients.gender.male')), right(t('analytics.otherGender')), right(t('analytics.visits'))];
  return [heading(t('analytics.byAge')), { kind: 'table', caption: '', columns, rows: byAge.map(({ band, female, male, other }) => [ageBandText(band) ?? t('analytics.ageUnknown'), number(female), number(male), number(other), number(female + male + other)]) }];
}

function diagnoses({ diagnoses: written, conditions }: ClinicalFigures, words: Words): ReportBlock[] {
  const { t, number } = words;
  const cut = ({ rows, of }: { rows: readonly unknown[]; of: number }): ReportBlock[] => (rows.length === of ? [] : [{ kind: 'text', text: t('analytics.cut', { shown: rows.length, of }) }]);
  return [
    heading(t('analytics.diagnoses')),
    table(t('analytics.diagnosesHint'), [left(t('analytics.diagnosis'), 4), right(t('analytics.visits'))], written.rows.map((row) => [row.text, number(row.visits)]), words),
    ...cut(written),
    heading(t('analytics.conditions')),
    table(t('analytics.conditionsHint'), [left(t('analytics.code')), left(t('analytics.condition'), 3), right(t('analytics.times'))], conditions.rows.map((row) => [row.code ?? '–', row.text, number(row.count)]), words),
    ...cut(conditions),
  ];
}

function waiting({ waiting: { arrived, called, median, ninetieth, bands } }: ClinicalFigures, words: Words): ReportBlock[] {
  const { t, number, orNone } = words;
  if (arrived === 0) return [heading(t('analytics.waiting')), none(words)];
  return [
    heading(t('analytics.waiting')),
    { kind: 'facts', caption: '', facts: [
      { label: t('analytics.arrived'), value: number(arrived) }, { label: t('analytics.called'), value: number(called) },
      { label: t('analytics.median'), value: orNone(median) }, { label: t('analytics.ninetieth'), value: orNone(ninetieth) },
    ] },
    { kind: 'table', caption: t('analytics.waitingHint'), columns: [left(t('analytics.minutes'), 2), right(t('analytics.patients'))], rows: bands.map(({ from, to, count }) => [waitText(from, to), number(count)]) },
  ];
}

/** `5–14`, `120+`: whole minutes. */
export const waitText = (from: number, to: number | null): string => (to === null ? `${from}+` : `${from}–${to - 1}`);

function inpatients({ inpatients: { admitted, discharged, bedDays, averageStay, present } }: ClinicalFigures, words: Words): ReportBlock[] {
  const { t, number, orNone } = words;
  if (bedDays === 0 && discharged === 0) return [heading(t('analytics.inpatients')), none(words)];
  return [heading(t('analytics.inpatients')), { kind: 'facts', caption: '', facts: [
    { label: t('analytics.admitted'), value: number(admitted) }, { label: t('analytics.discharged'), value: number(discharged) }, { label: t('analytics.bedDays'), value: number(bedDays) },
    { label: t('analytics.averageStay'), value: orNone(averageStay, 1) }, { label: t('analytics.present'), value: number(present) },
  ] }];
}
