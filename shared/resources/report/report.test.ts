import { describe, expect, test } from 'vitest';
import { cloudFiguresSchema } from '../../schema/cloud-report.ts';
import { createTranslator } from '../../i18n/index.ts';
import type { ReportBlock } from '../../reports/document.ts';
import { reportCsv } from '../../reports/csv.ts';
import type { PlacementAnswer } from '../placement/answer.ts';
import { amounts, cloudOf, hostId, hostOf, machineId, machineOf } from '../testing/inventories.ts';
import { cloudReportDocument } from './document.ts';
import { periodsBefore, reportId } from './due.ts';
import { cloudFigures } from './figures.ts';
import { inOrder, inputsDigest, type CloudReportInputs } from './inputs.ts';

const answer: PlacementAnswer = { status: 'optimal', value: 1, bound: 1, placement: null, partial: null, reason: null, foundBy: '', provedBy: '' };
const inventory = cloudOf(
  [hostOf(0, amounts(8, 1000)), hostOf(1, amounts(8, 1000)), hostOf(2, amounts(4, 1000))],
  [machineOf(0, amounts(6, 100), { hostId: hostId(0) }), machineOf(1, amounts(6, 100), { hostId: hostId(0) }), machineOf(2, amounts(1, 100), { hostId: hostId(1) }), machineOf(3, amounts(2, 50))],
);
const inputs = (more: Partial<CloudReportInputs> = {}): CloudReportInputs => ({
  from: '2026-03-01T00:00:00.000Z', to: '2026-03-02T00:00:00.000Z', inventory, seed: 1,
  moves: [{ at: '2026-03-01T10:00:00.000Z', virtualMachineId: machineId(1), from: hostId(2), to: hostId(0) }],
  earlier: [{ at: '2026-02-28T00:00:00.000Z', shares: amounts(0.45, 0.08) }, { at: '2026-03-01T00:00:00.000Z', shares: amounts(0.55, 0.09) }], ...more,
});

describe('the figures of a report', () => {
  const figures = cloudFigures(inputs(), 'portfolio', answer);

  test('say what is given away, what is too full, what stands idle and what moved', () => {
    expect(cloudFiguresSchema.parse(figures)).toEqual(figures);
    expect(figures.allocation[0]).toMatchObject({ dimension: 'cpu', physical: 20, allocated: 13, share: 0.65 });
    expect(figures.over).toEqual({ of: 1, rows: [{ name: 'host 0', dimension: 'cpu', share: 1.5 }] });
    expect(figures.under.rows.map(({ name }) => name)).toEqual(['host 2', 'host 1']);
    expect(figures.unplaced).toBe(1);
    expect(figures.findings.rows.map(({ code }) => code)).toContain('host-overfilled');
    expect(figures.placement).toMatchObject({ present: 2, value: 1, bound: 1, gap: 0 });
    expect(figures.placement.broken).toBeGreaterThan(0);
    expect(figures.moves).toEqual({ of: 1, rows: [{ at: '2026-03-01T10:00:00.000Z', machine: 'machine 1', from: 'host 2', to: 'host 0' }] });
  });

  test('show totals whose terms add up to them', () => {
    expect(figures.totals.map(({ kind }) => kind)).toHaveLength(6);
    const hardware = figures.totals[0]?.sums.find(({ unit }) => unit === 'cpu');
    expect(hardware).toEqual({ unit: 'cpu', value: 20, terms: [{ count: 2, left: 8, right: 1, product: 16 }, { count: 1, left: 4, right: 1, product: 4 }], rest: { count: 0, product: 0 } });
    for (const { sums } of figures.totals) for (const { value, terms, rest } of sums) expect(terms.reduce((sum, { product }) => sum + product, rest.product)).toBeCloseTo(value);
  });

  test('draw a line through earlier reports and this one', () => {
    const cpu = figures.trend.lines.find(({ dimension }) => dimension === 'cpu');
    expect(cpu?.slopePerDay).toBeCloseTo(0.1);
    expect(cpu?.fullAt?.slice(0, 10)).toBe('2026-03-05');
    expect(cloudFigures(inputs({ earlier: [] }), 'greedy', answer).trend.lines).toEqual([]);
  });

  test('depend on what is in the inputs, and not on the order they were read in', () => {
    const turned = cloudOf([...inventory.hosts].reverse(), [...inventory.virtualMachines].reverse().map((machine) => ({ ...machine, rev: machineId(9), updatedAt: '2027-01-01T00:00:00.000Z' })));
    expect(inputsDigest(inputs({ inventory: turned }))).toBe(inputsDigest(inputs()));
    expect(inOrder(turned).hosts.map(({ id }) => id)).toEqual(inOrder(inventory).hosts.map(({ id }) => id));
    const other = cloudOf([...inventory.hosts], [...inventory.virtualMachines.slice(1), machineOf(0, amounts(5, 100), { hostId: hostId(0) })]);
    for (const changed of [inputs({ inventory: other }), inputs({ seed: 2 }), inputs({ moves: [] }), inputs({ earlier: [] })]) expect(inputsDigest(changed)).not.toBe(inputsDigest(inputs()));
  });

  test.each(['en', 'zh'] as const)('become a document in %s, with every text there and equal each time', (language) => {
    const report = { period: 'daily' as const, day: '2026-03-01', from: inputs().from, to: inputs().to, inputsDigest: inputsDigest(inputs()), seed: 1, version: '1', figures };
    const made = cloudReportDocument(report, language, createTranslator(language).t);
    expect(made).toEqual(cloudReportDocument(structuredClone(report), language, createTranslator(language).t));
    const csv = reportCsv(made);
    expect(csv).not.toMatch(/cloudReports\.|resources\.|placements\.|cloud\.collection|\{\{|undefined/);
    const headings = made.blocks.filter((block): block is Extract<ReportBlock, { kind: 'heading' }> => block.kind === 'heading');
    expect(headings).toHaveLength(9);
    expect(csv).toContain(',20,20,13,0.65,');
  });
});

describe('periods that want a report', () => {
  test('are the last seven days and the last month, across the ends of months and years', () => {
    const periods = periodsBefore('2026-01-03');
    expect(periods.map(({ day, until }) => `${day} ${until}`)).toEqual([
      '2025-12-27 2025-12-28', '2025-12-28 2025-12-29', '2025-12-29 2025-12-30', '2025-12-30 2025-12-31', '2025-12-31 2026-01-01', '2026-01-01 2026-01-02', '2026-01-02 2026-01-03',
      '2025-12-01 2026-01-01',
    ]);
    expect(periods.at(-1)).toMatchObject({ period: 'monthly', id: reportId('monthly', '2025-12-01') });
    expect(new Set(periods.map(({ id }) => id)).size).toBe(8);
  });
});
