import { timeBeside, type Spread } from './percentiles.ts';
import { atMost, type Figure } from './report.ts';
import { lightClients, type Central, type Organisation } from './sync-central.ts';
import { progress } from './sync-cleanup.ts';
import { documentsOf } from './sync-fill.ts';
import type { Setting } from './sync-setting.ts';
import { signInQuietly, type SyncWorkstation } from './sync-workstation.ts';

const runs = 100;

/** A sync that finds nothing, asked for by a person, at two sizes of the copy; beside the two messages that it takes. */
export async function nothingNewFigures(setting: Setting): Promise<Figure[]> {
  const central = await setting.central();
  const { first, organisation } = await setting.clinic();
  const large = await setting.large();
  const { workstation: other } = await setting.largeCopy();
  await signInQuietly(other);
  progress('Syncs with nothing new');
  const little = await measure(central, organisation, first);
  const much = await measure(central, large, other);
  const figure = (documents: number, { real, bare }: { real: Spread; bare: Spread }): Figure => ({
    what: `sync with nothing new, ${documents} documents`, unit: 'ms', measured: real, bare: { what: 'two bare pulls', measured: bare },
  });
  const { large: size, small } = setting.sizes;
  return [
    figure(documentsOf(small), little),
    { ...figure(documentsOf(size), much), aims: [atMost('p50', Number((much.real.p50 / little.real.p50).toFixed(2)), 1.3, '× the smaller')] },
  ];
}

async function measure(central: Central, organisation: Organisation, workstation: SyncWorkstation) {
  const [client] = await lightClients(central, organisation, 1, central.server.address);
  await workstation.call('sessions.touch', {});
  await workstation.untilIdle();
  const pull = () => client?.ask('pull', { after: client.position, maxBytes: 1_000_000 });
  return timeBeside(runs, { bare: async () => [await pull(), await pull()], real: () => workstation.syncOnce() });
}
