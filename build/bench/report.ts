import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

/** One line of the table: a figure, the bare limit or peer measured in the same run, and what is aimed at. */
export interface Figure {
  what: string;
  unit: 'ms' | 'rows/s' | 'MB';
  value: number;
  bare?: { what: string; value: number };
  aim?: string;
  reached?: boolean;
}

const round = (value: number) => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

/** Prints the figures as a table and writes them as JSON to `bench-results/<name>.json`. */
export function report(name: string, figures: Figure[], root: string): void {
  console.table(
    figures.map(({ what, unit, value, bare, aim, reached }) => ({
      what,
      figure: `${round(value)} ${unit}`,
      'bare limit': bare ? `${round(bare.value)} ${unit} (${bare.what})` : '',
      ratio: bare ? `${(value / bare.value).toFixed(2)}×` : '',
      aim: aim === undefined ? '' : `${aim} ${reached === true ? 'reached' : 'missed'}`,
    })),
  );
  const folder = join(root, 'bench-results');
  mkdirSync(folder, { recursive: true });
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, memoryGigabytes: Math.round(totalmem() / 2 ** 30), node: process.version };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify({ name, machine, figures }, null, 2)}\n`);
}
