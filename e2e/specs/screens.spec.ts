import { expect, test, type Page } from '@playwright/test';
import { doctorsScreens } from '../fixtures/doctors-screens.ts';
import { englishLight, enterAs, everything, inspect, looks, makeDemo, openScreens, visit, wear, type Screens } from '../fixtures/screens.ts';

test.describe.configure({ mode: 'serial' });

let screens: Screens;
let page: Page;

test.beforeAll(async ({ browser }) => {
  screens = await openScreens(browser);
  ({ page } = screens);
});
test.afterAll(() => screens.stop());

test('first run and sign-in', async () => {
  for (const look of looks) {
    await wear(page, look);
    await inspect(screens, 'first-run', look);
  }
  await makeDemo(page);
  for (const look of looks) {
    await wear(page, look);
    await inspect(screens, 'sign-in', look);
  }
});

test('what a doctor sees', async () => {
  test.setTimeout(900_000);
  await enterAs(page, 'doctor');
  const places = await doctorsScreens(page);
  await onOneScreen('chart', places);
  for (const look of everything ? looks : [englishLight]) {
    await wear(page, look);
    for (const [name, hash] of places) {
      await visit(page, hash);
      await inspect(screens, name, look);
    }
    for (const [name, hash] of [['appointment', '/appointments'], ['check-in', '/queue']] as const) {
      await visit(page, hash);
      await screens.rest();
      await page.keyboard.press('Alt+N');
      await expect(page.getByRole('dialog')).toBeVisible();
      await inspect(screens, `dialog-${name}`, look);
      await page.keyboard.press('Escape');
    }
    await visit(page, '/patients');
    await page.getByRole('combobox').first().fill('wang');
    await inspect(screens, 'search', look);
    await page.keyboard.press('F1');
    await inspect(screens, 'help', look);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+K');
    await inspect(screens, 'palette', look);
    await page.keyboard.press('Escape');
  }
});

/** A chart's summary, on a small laptop. */
async function onOneScreen(name: string, places: [name: string, hash: string][]): Promise<void> {
  const usual = page.viewportSize();
  await page.setViewportSize({ width: 1366, height: 768 });
  await visit(page, places.find(([one]) => one === name)?.[1] as string);
  await screens.rest();
  const summary = page.locator('[data-chart-summary]');
  await expect(summary.locator('section')).toHaveCount(8);
  expect(await summary.evaluate(({ parentElement }) => (parentElement as HTMLElement).scrollHeight - (parentElement as HTMLElement).clientHeight)).toBe(0);
  if (usual) await page.setViewportSize(usual);
}

test('nothing was refused by the content security policy or thrown on the way', () => {
  expect(screens.complaints).toEqual([]);
});
