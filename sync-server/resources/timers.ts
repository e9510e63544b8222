import { thinAutomation } from '../automation/store.ts';
import type { Rhythm, ServiceContext } from '../service/context.ts';
import type { CloudContext } from './cloud.ts';
import { refresh } from './refresh.ts';
import { keepSamples, thinSamples } from './samples.ts';

const thinEvery = 10 * 60_000;

/** Reads the cloud by itself. Answers how to stop, which waits for what is under way. */
export function startTimers(context: CloudContext, { observeEvery, sampleEvery }: Rhythm): () => Promise<void> {
  const { desk } = context;
  const forEach = async (work: (organisationId: number, name: string) => Promise<unknown>) => {
    const owner = await desk.owner();
    // One provider that fails (its status says so) takes none of the others with it.
    if (owner !== undefined) await Promise.all(desk.names.map((name) => work(owner, name).catch(() => undefined)));
  };
  const observe = () => forEach(async (owner, name) => {
    const provider = await desk.provider(owner, name);
    if (provider !== undefined) await refresh(context, owner, provider);
  });
  const lookAfter = async () => {
    const owner = await desk.owner();
    if (owner !== undefined) await context.automation.turn(owner);
  };
  const stops = [
    repeatedly(observeEvery, () => observe().then(lookAfter)),
    repeatedly(sampleEvery, () => forEach((owner, name) => sampleNow(context, owner, name)).then(lookAfter)),
    repeatedly(sampleEvery === 0 ? 0 : thinEvery, () => thin(context)),
  ];
  return async () => void (await Promise.all(stops.map((stop) => stop())));
}

async function thin({ database, now }: ServiceContext): Promise<void> {
  await thinSamples(database, now().getTime());
  await thinAutomation(database, now().getTime());
}

export async function sampleNow(context: ServiceContext, organisationId: number, name: string): Promise<void> {
  const provider = await context.desk.provider(organisationId, name);
  if (provider === undefined) return;
  const samples = await provider.sample(context.desk.stopped.signal);
  await keepSamples(context.database, organisationId, name, samples, context.now().getTime());
}

/** At once and then again and again, never twice at once. */
function repeatedly(milliseconds: number, work: () => Promise<unknown>): () => Promise<void> {
  if (milliseconds === 0) return async () => undefined;
  let running: Promise<unknown> | undefined;
  const begin = () => {
    running ??= work().catch(() => undefined).finally(() => (running = undefined));
  };
  begin();
  const timer = setInterval(begin, milliseconds);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
