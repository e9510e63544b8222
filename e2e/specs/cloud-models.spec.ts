import { expect, test, type Locator, type Page } from '@playwright/test';
import { modelNames } from '../../shared/scheduling/models.ts';
import { call } from '../fixtures/call.ts';
import { importResources, seededTasks } from '../fixtures/cloud.ts';
import { press, reach, type } from '../fixtures/keyboard.ts';
import { enterAs, examined, inspect, inspectHere, makeDemo, openScreens, visit, wear, type Screens } from '../fixtures/screens.ts';
import { filled, t } from '../fixtures/texts.ts';

test.describe.configure({ mode: 'serial' });

let screens: Screens;
let page: Page;

test.beforeAll(async ({ browser }) => {
  screens = await openScreens(browser);
  ({ page } = screens);
  await makeDemo(page);
  await enterAs(page, 'admin');
  await wear(page, { language: 'en', theme: 'light' });
  await importResources(page, seededTasks(1, 6, 60));
});
test.afterAll(() => screens.stop());

const form = () => page.getByRole('region', { name: t('placements.solve') });
const rowOf = (model: (typeof modelNames)[number]): Locator =>
  page.getByRole('table', { name: t('placements.compared') }).getByRole('row').filter({ has: page.getByRole('rowheader', { name: t(`placements.model.${model}`) }) });

/** Placements and tasks look alike: what is asked of the one before the other is there would be done in that. */
async function arriveAt(path: string, title: string): Promise<void> {
  await visit(page, path);
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
}

async function aimFor(objective: 'hosts' | 'profit'): Promise<void> {
  await form().getByRole('combobox', { name: t('placements.objective') }).or(form().getByRole('textbox', { name: t('placements.objective') })).first().click();
  await page.getByRole('option', { name: t(`placements.objectives.${objective}`) }).click();
}

test('four models schedule the tasks by keyboard alone, side by side, each with its bound and the checker\'s word', async () => {
  await arriveAt('/cloud/tasks', t('schedules.title'));
  await type(page, form().getByRole('textbox', { name: t('placements.seconds') }), '2');
  await press(page, form().getByRole('button', { name: t('placements.start') }));
  for (const model of modelNames) await expect(rowOf(model).getByText(t('placements.agrees'))).toBeVisible();
  await expect(page.getByRole('img', { name: filled('placements.traceLabel', { model: t('placements.model.portfolio') }) })).toBeVisible();
  await expect(page.getByRole('img', { name: filled('schedules.ganttLabel', { count: 60 }) })).toBeVisible();
  const [run] = await call(page, 'schedules.runs', {});
  for (const { progress, answer } of run?.models ?? []) {
    expect(progress.at(-1)).toMatchObject({ value: answer?.value, bound: answer?.bound });
    expect(answer?.makespan).toBeGreaterThanOrEqual(answer?.makespanBound ?? Number.POSITIVE_INFINITY);
  }
});

test('each look shows it without a fault of accessibility, switched to while it is open too', async () => {
  for (const look of examined) {
    await wear(page, look);
    await page.evaluate(() => document.querySelector('[role=img]')?.scrollIntoView());
    await inspect(screens, 'cloud-tasks', look);
  }
  await wear(page, { language: 'en', theme: 'light' });
});

test('the charts\' figures are walked by keyboard', async () => {
  const answer = page.getByRole('region', { name: t('placements.answer') });
  await answer.getByText(t('placements.view.figures')).click();
  const bars = answer.getByRole('grid', { name: t('schedules.schedule') });
  await reach(page, bars);
  await page.keyboard.press('End');
  await expect(bars.getByRole('row', { name: /node-06/ }).last()).toBeVisible();
  await page.getByRole('radiogroup', { name: t('placements.course') }).getByText(t('placements.view.figures')).click();
  await expect(page.getByRole('grid', { name: t('placements.course') }).getByRole('row').nth(1)).toContainText(t('placements.model.greedy'));
  await inspectHere(page, 'cloud-tasks-figures');
});

test('a placement under a budget, shown again in the dark, says which machines stay and that nobody moves them', async () => {
  const machine = (name: string, host: string, rest: object = {}) => ({ name, state: 'running', host, cpu: 4, memory: 4096, disk: 10, bandwidth: 10, ...rest });
  await importResources(page, JSON.stringify({
    hosts: ['one', 'two'].map((name) => ({ name, cpu: 16, memory: 32_768, disk: 500, bandwidth: 1000, state: name === 'two' ? 'draining' : 'available' })),
    virtualMachines: [machine('dear', 'one', { profit: 1 }), machine('good', 'two', { profit: 9 })],
  }));
  await arriveAt('/cloud/placement', t('placements.title'));
  await aimFor('profit');
  await type(page, form().getByRole('group', { name: t('placements.budget') }).getByRole('textbox').first(), '4');
  await press(page, form().getByRole('button', { name: t('placements.start') }));
  await expect(page.getByText(filled('placements.unplaced', { count: 1 }))).toBeVisible();
  const threshold = page.getByRole('textbox', { name: t('placements.threshold') });
  // Neither asks for a plan that is refused: an error would stand in place of the field.
  for (const typed of ['-', '99999']) await type(page, threshold, typed);
  await type(page, threshold, '0');
  await expect(page.getByRole('grid', { name: t('placements.tab.plan') }).getByRole('row', { name: /good/ })).toBeVisible();
  for (const look of examined) {
    await wear(page, look);
    await page.evaluate(() => document.querySelector('[role=tabpanel]')?.scrollIntoView());
    await inspect(screens, 'cloud-budget', look);
  }
  await wear(page, { language: 'en', theme: 'light' });
});

test('rules that contradict each other are named, each with its machine', async () => {
  await importResources(page, JSON.stringify({
    virtualMachines: ['left', 'right'].map((name) => ({ name, state: 'running', host: 'one', cpu: 1, memory: 512, disk: 1, bandwidth: 1, affinityGroup: 'pair', antiAffinityGroup: 'apart' })),
  }));
  await aimFor('hosts');
  await press(page, form().getByRole('button', { name: t('placements.start') }));
  await expect(rowOf('portfolio')).toContainText('pair');
  await expect(rowOf('portfolio').getByText(t('placements.statuses.infeasible'))).toBeVisible();
  await page.setViewportSize({ width: 1024, height: 700 });
  await rowOf('portfolio').scrollIntoViewIfNeeded();
  await inspectHere(page, 'cloud-contradiction');
  await page.setViewportSize({ width: 1366, height: 800 });
  // For profit machines may be left out: these are, and it is said why.
  await aimFor('profit');
  await press(page, form().getByRole('button', { name: t('placements.start') }));
  const clashes = page.getByRole('alert', { name: t('placements.clashes') });
  await expect(clashes).toContainText('pair');
  // The plan that is shown is another one's as each model ends.
  await expect(form().getByRole('button', { name: t('placements.start') })).toBeEnabled();
  await expect(rowOf('portfolio').getByText(t('placements.agrees'))).toBeVisible();
  await clashes.evaluate((alert) => alert.scrollIntoView());
  await inspectHere(page, 'cloud-clashes');
  await arriveAt('/cloud/tasks', t('schedules.title'));
});

test('a run is stopped by keyboard: what was found by then stays, and what was not asked says so', async () => {
  await type(page, form().getByRole('textbox', { name: t('placements.seconds') }), '600');
  await press(page, form().getByRole('button', { name: t('placements.start') }));
  await expect(rowOf('lp').getByText(t('placements.statuses.running'))).toBeVisible();
  await press(page, page.getByRole('button', { name: t('common.cancel'), exact: true }));
  await expect(rowOf('portfolio').getByText(t('placements.statuses.skipped'))).toBeVisible();
  await expect(rowOf('greedy').getByText(t('placements.agrees'))).toBeVisible();
  await expect(form().getByRole('button', { name: t('placements.start') })).toBeEnabled();
  await inspectHere(page, 'cloud-tasks-stopped');
});

test('a task that is wider than any node is named', async () => {
  await importResources(page, JSON.stringify({ tasks: [{ name: 'too-wide', work: 60, processors: 9 }] }));
  await expect(page.getByText(t('placements.outdated'))).toBeVisible();
  await press(page, form().getByRole('button', { name: t('placements.start') }));
  await expect(rowOf('portfolio')).toContainText(filled('resources.taskReason.task-too-wide', { name: 'too-wide', asked: 9, available: 2 }));
  await inspectHere(page, 'cloud-tasks-impossible');
});
