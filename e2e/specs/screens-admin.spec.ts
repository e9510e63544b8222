import { expect, test, type Page } from '@playwright/test';
import { resourceCollections } from '../../shared/schema/resource.ts';
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
    await page.keyboard.press('Alt+L');
    await inspect(screens, 'locked', look);
    await unlock(page);
  }
});

test('nothing was refused by the content security policy or thrown on the way', () => {
  expect(screens.complaints).toEqual([]);
});
