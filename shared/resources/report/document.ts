import type { TFunction } from 'i18next';
import type { ReportBlock, ReportCell, ReportColumn, ReportDocument } from '../../reports/document.ts';
import type { CloudFigures, CloudReportContent } from '../../schema/cloud-report.ts';
import type { Language } from '../../schema/setting.ts';
import type { TotalKind } from '../totals.ts';

/** The sums as the design writes them; the font of the reports has no small letters for an index. */
const formulas: Record<TotalKind, string> = { hardware: 'V = Σ R·C', 'operating-system': 'S = Σ V·O', application: 'A = Σ V·P', 'file-system': 'F = Σ S·R', database: 'D = Σ V·C', compute: 'C = Σ T·P' };

/** What turns figures into words: texts, and numbers as the language writes them. */
class Words {
  readonly language: Language;
  readonly t: TFunction;
  constructor(language: Language, t: TFunction) {
    this.language = language;
    this.t = t;
  }
  /** A text whose key is known only when the report is read: another version may know more codes. */
  of = (key: string, values: object = {}) => (this.t as (key: string, values: object) => string)(key, values);
  number = (value: number, digits = 0): ReportCell => ({ text: value.toLocaleString(this.language, { maximumFractionDigits: digits }), value });
  share = (value: number, digits = 1): { text: string; value: number } => ({ text: value.toLocaleString(this.language, { style: 'percent', maximumFractionDigits: digits }), value });
  orNone = (value: number | null): ReportCell => (value === null ? '–' : this.number(value));
  moment = (instant: string) => instant.slice(0, 16).replace('T', ' ');
  dimension = (name: string) => this.of(`resources.dimension.${name}`);
}

const left = (label: string, weight = 1): ReportColumn => ({ label, weight });
const right = (label: string, weight = 1): ReportColumn => ({ label, weight, align: 'right' });

/** A report in one language, ready to be written as PDF or CSV. Equal reports give equal documents. */
export function cloudReportDocument(report: Omit<CloudReportContent, 'figures'> & { figures: CloudFigures }, language: Language, t: TFunction): ReportDocument {
  const words = new Words(language, t);
  const { period, day, from, to, figures, version, seed, inputsDigest } = report;
  return {
    language,
    title: t(`cloudReports.heading.${period}`),
    subtitle: period === 'monthly' ? day.slice(0, 7) : period === 'daily' ? day : `${words.moment(to)} UTC`,
    asOf: to,
    footer: `${t('cloudReports.madeBy', { version, seed })} · ${inputsDigest}`,
    blocks: [
      { kind: 'facts', caption: '', facts: [
        { label: t('cloudReports.from'), value: `${words.moment(from)} UTC` },
        { label: t('cloudReports.to'), value: `${words.moment(to)} UTC` },
        { label: t('cloudReports.digest'), value: inputsDigest },
      ] },
      ...inventory(figures, words), ...allocation(figures, words), ...placement(figures, words), ...loads(figures, words),
      ...findings(figures, words), ...bottleneck(figures, words), ...moves(figures, words), ...trend(figures, words), ...totals(figures, words),
    ],
  };
}

const heading = (text: string): ReportBlock => ({ kind: 'heading', text });

/** A list that may be empty or cut, with a word on that. */
function listed<Row>(caption: string, columns: ReportColumn[], { rows, of }: { rows: readonly Row[]; of: number }, cells: (row: Row) => ReportCell[], { t }: Words): ReportBlock[] {
  if (rows.length === 0) return [{ kind: 'text', text: caption === '' ? t('cloudReports.noneOfThem') : `${caption}: ${t('cloudReports.noneOfThem')}` }];
  const table: ReportBlock = { kind: 'table', caption, columns, rows: rows.map(cells) };
  return rows.length === of ? [table] : [table, { kind: 'text', text: t('cloudReports.cut', { shown: rows.length, of }) }];
}

const inventory = ({ counts, unplaced }: CloudFigures, { t, number, of }: Words): ReportBlock[] => [
  heading(t('cloudReports.inventory')),
  { kind: 'facts', caption: '', facts: [
    ...Object.entries(counts).map(([collection, count]) => ({ label: of(`cloud.collection.${collection}`), value: number(count) })),
    { label: t('cloudReports.unplaced'), value: number(unplaced) },
  ] },
];

function allocation({ allocation: rows, pools }: CloudFigures, words: Words): ReportBlock[] {
  const { t, of, number, share } = words;
  const column = (name: 'resource' | 'physical' | 'promised' | 'allocated' | 'share' | 'stranded') => t(`cloudReports.allocationColumn.${name}`);
  return [
    heading(t('cloudReports.allocation')),
    { kind: 'bars', caption: '', bars: rows.map((row) => ({ label: words.dimension(row.dimension), share: row.share, text: share(row.share).text })) },
    {
      kind: 'table', caption: '', columns: [left(column('resource'), 1.6), right(column('physical')), right(column('promised')), right(column('allocated')), right(column('share'), 0.7), right(column('stranded'))],
      rows: rows.map((row) => [of(`cloudReports.unit.${row.dimension}`), number(row.physical), number(row.promised), number(row.allocated), share(row.share), number(row.stranded)]),
    },
    ...(pools.of === 0 ? [] : listed(t('cloudReports.pools'), [left(t('cloudReports.pool.name'), 2), right(t('cloudReports.pool.capacity')), right(t('cloudReports.pool.used')), right(t('cloudReports.pool.share'))], pools,
      (pool) => [pool.name, number(pool.capacity), number(pool.used), share(pool.share)], words)),
  ];
}

function placement({ placement: found }: CloudFigures, { t, of, number, orNone, share }: Words): ReportBlock[] {
  const facts = [
    { label: t('cloudReports.present'), value: orNone(found.present) },
    { label: t('cloudReports.broken'), value: number(found.broken) },
    { label: t('cloudReports.best'), value: orNone(found.value) },
    { label: t('cloudReports.bound'), value: orNone(found.bound) },
    { label: t('cloudReports.gap'), value: found.gap === null ? '–' : share(found.gap) },
    { label: t('cloudReports.status'), value: of(`placements.statuses.${found.status}`) },
    { label: t('cloudReports.model'), value: of(`placements.model.${found.model}`) },
  ];
  return [heading(t('cloudReports.placement')), { kind: 'facts', caption: '', facts }];
}

function loads({ over, under }: CloudFigures, words: Words): ReportBlock[] {
  const { t, share } = words;
  const columns = [left(t('cloudReports.host'), 2), left(t('cloudReports.allocationColumn.resource')), right(t('cloudReports.allocationColumn.share'))];
  const cells = (row: { name: string; dimension: string; share: number }): ReportCell[] => [row.name, words.dimension(row.dimension), share(row.share)];
  return [heading(t('cloud.collection.hosts')), ...listed(t('cloudReports.over'), columns, over, cells, words), ...listed(t('cloudReports.under'), columns, under, cells, words)];
}

function findings({ findings: found }: CloudFigures, words: Words): ReportBlock[] {
  const { t, of } = words;
  const names = (some: readonly string[], count: number) => (count > some.length ? t('cloudReports.and', { names: some.join(', '), count: count - some.length }) : some.join(', '));
  const sentence = ({ code, machines, machineCount, hosts, hostCount, group, dimension, asked, available }: (typeof found.rows)[number]) =>
    of(`resources.finding.${code}`, {
      machines: names(machines, machineCount), hosts: names(hosts, hostCount), group, dimension: dimension === null ? '' : of(`cloudReports.unit.${dimension}`),
      asked: asked.toLocaleString(words.language), available: available.toLocaleString(words.language), count: available,
    });
  return [heading(t('cloudReports.findings')), ...listed('', [left(t('cloudReports.severity')), left(t('cloudReports.what'), 4)], found, (row) => [of(`resources.severity.${row.severity}`), sentence(row)], words)];
}

function bottleneck({ bottleneck: { dimension, asked, fitting, relief } }: CloudFigures, words: Words): ReportBlock[] {
  const { t, of, number, share } = words;
  const said = dimension === null ? t('cloudReports.noScarcity') : t('cloudReports.scarcest', { dimension: words.dimension(dimension), share: share(asked[dimension]).text, count: fitting });
  const columns = [left(t('cloudReports.relief.dimension'), 2), right(t('cloudReports.relief.amount')), right(t('cloudReports.relief.hosts')), right(t('cloudReports.relief.machines'))];
  const rows = relief.map((row) => [of(`cloudReports.unit.${row.dimension}`), number(row.amount), number(row.hosts), number(row.machines)]);
  return [heading(t('cloudReports.bottleneck')), { kind: 'text', text: said }, ...(rows.length === 0 ? [] : [{ kind: 'table', caption: '', columns, rows } as const])];
}

function moves({ moves: made }: CloudFigures, words: Words): ReportBlock[] {
  const { t } = words;
  const columns = [left(t('cloudReports.move.at')), left(t('cloudReports.move.machine'), 1.5), left(t('cloudReports.move.from')), left(t('cloudReports.move.to'))];
  return [heading(t('cloudReports.moves')), ...listed('', columns, made, ({ at, machine, from, to }) => [words.moment(at), machine, from ?? t('cloudReports.nowhere'), to ?? t('cloudReports.nowhere')], words)];
}

function trend({ trend: { samples, lines }, allocation: rows }: CloudFigures, words: Words): ReportBlock[] {
  const { t, share } = words;
  const title = heading(t('cloudReports.trend'));
  if (lines.length === 0) return [title, { kind: 'text', text: t('cloudReports.trendNeeds', { count: samples.length }) }];
  const column = (name: 'resource' | 'now' | 'perDay' | 'then' | 'range' | 'full') => t(`cloudReports.trendColumn.${name}`);
  const columns = [left(column('resource')), right(column('now')), right(column('perDay')), right(column('then')), right(column('range'), 1.5), right(column('full'), 1.3)];
  return [title, { kind: 'table', caption: '', columns, rows: lines.map(({ dimension, slopePerDay, inThirtyDays, low, high, fullAt }) => [
    words.dimension(dimension), share(rows.find((row) => row.dimension === dimension)?.share ?? 0), share(slopePerDay, 2), share(inThirtyDays), `${share(low).text} – ${share(high).text}`,
    fullAt?.slice(0, 10) ?? t('cloudReports.noFull'),
  ]) }];
}

function totals({ totals: all }: CloudFigures, words: Words): ReportBlock[] {
  const { t, of, number } = words;
  const columns = [left(t('cloudReports.terms.unit'), 2), right(t('cloudReports.terms.count')), right(t('cloudReports.terms.left')), right(t('cloudReports.terms.right')), right(t('cloudReports.terms.product'), 1.3)];
  const tables = all.map(({ kind, sums }): ReportBlock => ({
    kind: 'table', columns,
    caption: t('cloudReports.totalsOf', { name: of(`resources.total.${kind}`), formula: formulas[kind as TotalKind] ?? '' }),
    rows: sums.flatMap(({ unit, value, terms, rest }) => [
      ...terms.map((term): ReportCell[] => [of(`cloudReports.unit.${unit}`), number(term.count), number(term.left, 3), number(term.right, 3), number(term.product, 3)]),
      ...(rest.count === 0 ? [] : [[`${of(`cloudReports.unit.${unit}`)}: ${t('cloudReports.terms.rest')}`, number(rest.count), '', '', number(rest.product, 3)]]),
      [`${of(`cloudReports.unit.${unit}`)}: ${t('cloudReports.terms.whole')}`, '', '', '', number(value, 3)],
    ]),
  }));
  return [heading(t('cloudReports.totals')), ...tables];
}
