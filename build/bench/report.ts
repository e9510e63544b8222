import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Spread } from './percentiles.ts';

/** What a figure should be, and whether it was. */
export interface Aim {
  text: string;
  reached: boolean;
}

/** One line of the table: a figure, and the bare limit that was measured beside it in the same run. */
export interface Figure {
  what: string;
  unit: 'ms' | 'frames/s' | 'rows/s' | 'documents/s' | 'MB' | 'kB';
  measured: Spread | number;
  bare?: { what: string; measured: Spread | number };
  aims?: Aim[];
}

export const atMost = (text: string, value: number, limit: number, unit = ''): Aim => ({ text: `${text} ≤ ${limit}${unit}`, reached: value <= limit });
export const atLeast = (text: string, value: number, limit: number, unit = ''): Aim => ({ text: `${text} ≥ ${limit}${unit}`, reached: value >= limit });

const round = (value: number): number => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
const spelled = (measured: Spread | number): string =>
  typeof measured === 'number' ? String(round(measured)) : [measured.p50, measured.p95, measured.p99].map(round).join(' / ');

function ratio({ measured, bare }: Figure): string {
  if (bare === undefined) return '';
  if (typeof measured === 'number' || typeof bare.measured === 'number') return `${round(Number(measured) / Number(bare.measured))}×`;
  return `${round(measured.p50 / bare.measured.p50)}× / ${round(measured.p99 / bare.measured.p99)}×`;
}

/** The figures as lines of a table: p50 / p95 / p99 where there is a spread, p50 / p99 for its ratios. */
function table(figures: Figure[]): object[] {
  return figures.map((figure) => ({
    what: figure.what,
    'p50 / p95 / p99': `${spelled(figure.measured)} ${figure.unit}`,
    'bare limit': figure.bare === undefined ? '' : spelled(figure.bare.measured),
    ratio: ratio(figure),
    'which is': figure.bare?.what ?? '',
    aims: (figure.aims ?? []).map(({ text, reached }) => `${text} ${reached ? 'reached' : 'MISSED'}`).join(', '),
  }));
}

/** Prints the figures and writes them to `bench-results/<name>.json`, with what the machine is and how busy it was. */
export function report(name: string, size: Record<string, number>, figures: Figure[], root: string): void {
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    loadAverage: loadavg()[1] ?? NaN,
    node: process.version,
  };
  const sizes = Object.entries(size).map(([what, count]) => `${count} ${what}`);
  console.log(`${sizes.join(', ')}, encrypted; ${machine.cores} cores, load ${machine.loadAverage.toFixed(1)}`);
  console.table(table(figures));
  const folder = join(root, 'bench-results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify({ name, at: new Date().toISOString(), size, machine, figures }, null, 2)}\n`);
}
