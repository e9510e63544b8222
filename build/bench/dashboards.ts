import { timeBeside } from './percentiles.ts';
import { atMost, type Figure } from './report.ts';
import { touch, type Workstation } from './workstation.ts';

const looks = 10;

/** Dashboards of all years, of the last one and of a month, and the list behind a figure, beside a bare count of the records. */
export async function dashboardFigures(workstation: Workstation): Promise<Figure[]> {
  const { doctor, bare } = workstation;
  const { first, last } = bare.prepare('SELECT min(admission_date) AS first, max(admission_date) AS last FROM medical_records WHERE deleted = 0').get() as { first: string; last: string };
  const [diagnosis] = (await doctor('analytics.dashboard', { filter: { from: first, to: last } })).diagnoses.rows;
  const before = (days: number) => new Date(Date.parse(last) - days * 86_400_000).toISOString().slice(0, 10);
  const periods: [string, () => Promise<unknown>][] = [
    ['dashboards of all years', () => doctor('analytics.dashboard', { filter: { from: first, to: last } })],
    ['dashboards of a year', () => doctor('analytics.dashboard', { filter: { from: before(364), to: last } })],
    ['dashboards of 30 days', () => doctor('analytics.dashboard', { filter: { from: before(29), to: last } })],
    ['patients behind a diagnosis of a year', () => doctor('analytics.patients', { filter: { from: before(364), to: last }, diagnosis: diagnosis?.text ?? '', offset: 0, limit: 100 })],
  ];
  const count = bare.prepare('SELECT count(*) FROM medical_records');
  const figures: Figure[] = [];
  for (const [what, real] of periods) {
    await touch(workstation);
    const { bare: limit, real: measured } = await timeBeside(looks, { bare: () => count.get(), real }, 1);
    figures.push({ what, unit: 'ms', measured, bare: { what: 'a bare SELECT count(*)', measured: limit }, aims: [atMost('p99', measured.p99, 1000, ' ms')] });
  }
  return figures;
}
