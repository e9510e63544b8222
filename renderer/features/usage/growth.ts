import { call } from '../../api/client.ts';
import { measuredOf, samplesOf } from './measured.ts';
import { growthOf } from './trend.ts';

const days = 30;

/** Per cent by which the hosts' use of processors or memory, whichever grows faster, will grow in thirty days by what was measured in the last thirty. Null: too little was measured. */
export async function measuredGrowth(): Promise<number | null> {
  const { providers } = await call('providers.list', {});
  const growths = await Promise.all(providers.map(({ name }) => growthAt(name)));
  const known = growths.flat().filter((growth) => growth !== null);
  return known.length === 0 ? null : Math.max(...known);
}

async function growthAt(provider: string): Promise<(number | null)[]> {
  const keys = (await measuredOf('hosts', provider)).map(({ key }) => key);
  if (keys.length === 0) return [];
  const { series } = await samplesOf({ provider, keys, milliseconds: days * 86_400_000, sum: true });
  return series.filter(({ metric }) => metric === 'cpu' || metric === 'memory').map(({ points }) => growthOf(points, days));
}
