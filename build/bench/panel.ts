import type { CDPSession, Page } from '@playwright/test';
import { call } from '../../e2e/fixtures/call.ts';
import { importResources, seededCloud } from '../../e2e/fixtures/cloud.ts';
import { atLeast, atMost, type Figure } from './report.ts';

const password = 'outpost-demo';
const seed = 1;

/** Signs the demo clinic's admin in, and gives the clinic a cloud. */
export async function fillCloud(page: Page, hosts: number, machines: number): Promise<void> {
  const { job } = await call(page, 'setup.createDemo', { language: 'en' });
  await call(page, 'sessions.signIn', { username: 'admin', password });
  await done(page, job.id);
  await importResources(page, seededCloud(seed, hosts, machines).file);
  await page.reload();
  await page.getByRole('navigation').first().waitFor();
}

async function done(page: Page, jobId: string): Promise<void> {
  while ((await call(page, 'jobs.get', { jobId })).state === 'running') await page.waitForTimeout(50);
}

/** What an admin of a large cloud waits for. Beside each time its CPU time, which other work on the machine does not stretch. */
export async function cloudFigures(page: Page): Promise<Figure[]> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  return [
    ...(await openFigures(page, cdp)),
    ...(await scrollFigures(page, cdp, 'hosts as bars', () => page.getByRole('radiogroup').getByText('Packing').click())),
    ...(await scrollFigures(page, cdp, 'list of machines', () => visit(page, '/cloud/inventory/virtualMachines'))),
    ...(await planFigures(page)),
  ];
}

const visit = (page: Page, hash: string) => page.evaluate((to) => void (location.hash = to), hash);

/** Milliseconds of CPU that the page's main thread has used. */
async function cpuOf(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
}

async function openFigures(page: Page, cdp: CDPSession): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const which of ['the first time, with the chart library', 'again']) {
    await visit(page, '/cloud/inventory');
    await page.getByRole('grid').first().waitFor();
    await page.waitForTimeout(500);
    const [before, began] = [await cpuOf(cdp), performance.now()];
    await visit(page, '/cloud');
    await page.locator('main canvas').first().waitFor();
    const taken = performance.now() - began;
    await page.waitForTimeout(500);
    figures.push(
      { what: `panel opens, ${which}`, unit: 'ms', measured: taken, aims: [atMost('opens', taken, 1000, ' ms')] },
      { what: `panel opens, ${which}: CPU of the page`, unit: 'ms', measured: (await cpuOf(cdp)) - before },
    );
  }
  return figures;
}

const frames = 240;
const framesPerSecond = 60;

async function scrollFigures(page: Page, cdp: CDPSession, what: string, show: () => Promise<unknown>): Promise<Figure[]> {
  await show();
  await page.getByRole('grid').first().waitFor();
  await page.waitForTimeout(1500);
  const standing = await framesPerSecondOf(page, 0);
  const before = await cpuOf(cdp);
  const rate = await framesPerSecondOf(page, 60);
  const cpu = ((await cpuOf(cdp)) - before) / frames;
  return [
    {
      what: `${what}, scrolled`, unit: 'frames/s', measured: rate,
      bare: { what: 'the same page standing still', measured: standing }, aims: [atLeast('smooth', Math.round(rate), framesPerSecond)],
    },
    { what: `${what}, scrolled: CPU of the page for a frame`, unit: 'ms', measured: cpu, aims: [atMost('fits a frame', cpu, Number((1000 / framesPerSecond).toFixed(1)), ' ms')] },
  ];
}

/** While the grid goes on by so many pixels with each frame. */
async function framesPerSecondOf(page: Page, pixels: number): Promise<number> {
  const milliseconds = await page.evaluate(async ({ count, by }) => {
    const grid = document.querySelector<HTMLElement>('[role=grid]');
    const began = performance.now();
    for (let frame = 0; frame < count; frame += 1) {
      if (grid && by > 0) grid.scrollTop += by;
      await new Promise(requestAnimationFrame);
    }
    return performance.now() - began;
  }, { count: frames, by: pixels });
  return (frames * 1000) / milliseconds;
}

/** Seconds until the portfolio has the first placement that can be carried out, and how far from the best that may be. */
async function planFigures(page: Page): Promise<Figure[]> {
  const job = await call(page, 'placements.solve', { options: { objective: 'hosts', bandwidth: 10_000, reserve: 'none', budget: null }, models: ['portfolio'], secondsPerModel: 10, seed });
  await done(page, job.id);
  const { models } = await call(page, 'placements.run', { jobId: job.id });
  const progress = models[0]?.progress ?? [];
  const first = progress.find(({ value, bound }) => value !== null && bound !== null);
  const milliseconds = 1000 * (first?.seconds ?? Number.NaN);
  const last = models[0]?.answer;
  console.log(`First plan: ${first?.value ?? '?'} hosts, at least ${first?.bound ?? '?'}; after ten seconds ${last?.value ?? '?'}, at least ${last?.bound ?? '?'}`);
  return [{ what: 'first feasible plan with its gap', unit: 'ms', measured: milliseconds, aims: [atMost('there', milliseconds, 2000, ' ms')] }];
}
