import { expect, test, type Page } from '@playwright/test';
import { resourceCollections } from '../../shared/schema/resource.ts';
import { call } from '../fixtures/call.ts';
import { enterAs, inspect, looks, makeDemo, openScreens, unlock, visit, wear, type Screens } from '../fixtures/screens.ts';

test.describe.configure({ mode: 'serial' });

let screens: Screens;
let page: Page;

test.beforeAll(async ({ browser }) => {
  screens = await openScreens(browser);
  ({ page } = screens);
});
test.afterAll(() => screens.stop());

const cloud = ['cloud', 'cloud/placement', 'cloud/tasks', 'cloud/usage', 'cloud/maintenance', 'cloud/reports', ...resourceCollections.map((collection) => `cloud/inventory/${collection}`)];

test('what an admin sees', async () => {
  test.setTimeout(900_000);
  await makeDemo(page);
  await enterAs(page, 'admin');
  for (const look of looks) {
    await wear(page, look);
    for (const name of ['users', 'audit', 'backups', 'imports', 'exports', 'settings', 'sync', 'fleet', ...cloud]) {
      await visit(page, `/${name}`);
      await inspect(screens, `admin-${name.replaceAll('/', '-')}`, look);
    }
    await refusedRanges();
    await inspect(screens, 'admin-ranges-refused', look);
    await page.keyboard.press('Alt+L');
    await inspect(screens, 'locked', look);
    await unlock(page);
  }
});

/** The settings with a table of reference ranges in force, and another that was refused row by row. */
async function refusedRanges(): Promise<void> {
  await call(page, 'codes.loadRanges', { name: '协作实验室 Valley laboratory', text: 'name,unit,low,high\n白细胞,10^9/L,3,11\n钾,mmol/L,3.5,5.2\n' });
  await visit(page, '/settings');
  const section = page.locator('section').filter({ has: page.locator('input[type=file][accept*=csv]') }).last();
  await section.getByRole('textbox').first().fill('Valley laboratory 2');
  const text = 'name,unit,sex,age from,age to,low,high\n白细胞,10^9/L,,,,11,3\n血红蛋白,g/dL,,,,12,16\n血小板,10^9/L,,0,5,150,450\n血小板,10^9/L,,6,18,150,400\n铁蛋白 Ferritin,µg/L,,,,15,150\n';
  await section.locator('input[type=file]').setInputFiles({ name: 'ranges.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await section.getByRole('button').last().click();
  await expect(section.getByRole('alert').getByRole('row')).toHaveCount(4);
  await section.getByRole('alert').scrollIntoViewIfNeeded();
}

test('nothing was refused by the content security policy or thrown on the way', () => {
  expect(screens.complaints).toEqual([]);
});
