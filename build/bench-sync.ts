import { parseArgs } from 'node:util';
import { root } from './bench/clinic.ts';
import { report, type Figure } from './bench/report.ts';
import { prepareCleanup, progress } from './bench/sync-cleanup.ts';
import { clientsFigures } from './bench/sync-clients.ts';
import { firstCopyFigures } from './bench/sync-first-copy.ts';
import { latencyFigures } from './bench/sync-latency.ts';
import { nothingNewFigures } from './bench/sync-nothing-new.ts';
import { pushFigures } from './bench/sync-push.ts';
import { settingOf, type Setting } from './bench/sync-setting.ts';

const parts: Record<string, (setting: Setting) => Promise<Figure[]>> = {
  'first-copy': firstCopyFigures,
  latency: latencyFigures,
  push: pushFigures,
  'nothing-new': nothingNewFigures,
  clients: clientsFigures,
};

const { values } = parseArgs({
  options: {
    patients: { type: 'string', default: '100000' },
    records: { type: 'string', default: '900000' },
    /** The clinic of two workstations that save and send: a tenth of these documents are patients. */
    small: { type: 'string', default: '10000' },
    /** Documents that a peer takes too. */
    peer: { type: 'string', default: '50000' },
    saves: { type: 'string', default: '300' },
    /** How many are connected during the saves, by turns; two of them are real. */
    connected: { type: 'string', default: '1,100,500' },
    /** How many listen to one server, by turns. */
    clients: { type: 'string', default: '500,2000' },
    only: { type: 'string', default: Object.keys(parts).join() },
  },
});
const count = (text: string): number => {
  if (!/^\d{1,8}$/.test(text)) throw new TypeError(`Not a number of anything: ${text}`);
  return Number(text);
};
const chosen = values.only.split(',').map((name) => {
  const measure = parts[name];
  if (measure === undefined) throw new TypeError(`There is no part ${name}; there are ${Object.keys(parts).join(', ')}`);
  return [name, measure] as const;
});
const large = { patients: count(values.patients), records: count(values.records) };
const ofSmall = Math.ceil(count(values.small) / 10);
const small = { patients: ofSmall, records: count(values.small) - ofSmall };
const largest = chosen.some(([name]) => name === 'first-copy' || name === 'nothing-new') ? large : small;
const cleanup = prepareCleanup();
const setting = settingOf(cleanup, {
  large, small,
  peer: Math.min(count(values.peer), large.patients + large.records), saves: count(values.saves), connected: values.connected.split(',').map(count), clients: values.clients.split(',').map(count),
});
const figures: Figure[] = [];
try {
  for (const [name, measure] of chosen) {
    const began = performance.now();
    progress(`${name} begins`);
    // One part that fails leaves the others' figures.
    await measure(setting).then(
      (found) => void figures.push(...found),
      (error: unknown) => {
        process.exitCode = 1;
        if (!cleanup.stopped) progress(`${name} FAILED: ${error instanceof Error ? error.stack : String(error)}`);
      },
    );
    progress(`${name} took ${Math.round((performance.now() - began) / 1000)} s`);
  }
  // Half a bench takes no whole one's place.
  if (!cleanup.stopped) report('sync', { patients: largest.patients, 'medical records': largest.records }, figures, root);
} finally {
  await cleanup.run();
}
process.exit();
