import { expect, test, type Page } from '@playwright/test';
import { doctorsScreens } from '../fixtures/doctors-screens.ts';
import { chineseDark, enterAs, everything, examined, inspect, makeDemo, openScreens, visit, wear, type Screens } from '../fixtures/screens.ts';

test.describe.configure({ mode: 'serial' });

let screens: Screens;
let page: Page;

test.beforeAll(async ({ browser }) => {
  screens = await openScreens(browser);
  ({ page } = screens);
});
test.afterAll(() => screens.stop());

/** Cut-off text and buttons out of the window: what is wider than its place, where it does not scroll by design. */
async function widerThanTheirPlace(): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, main > *, main section, main form, header, footer')]
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map(({ tagName, className }) => `${tagName} ${String(className)}`),
  );
}

test('a small window cuts nothing off, and all that scrolls is reached by keyboard', async () => {
  test.setTimeout(900_000);
  await makeDemo(page);
  await enterAs(page, 'doctor');
  await page.setViewportSize({ width: 1024, height: 600 });
  const places = await doctorsScreens(page);
  for (const look of examined) {
    await wear(page, look);
    for (const [name, hash] of places) {
      await visit(page, hash);
      if (everything || look === chineseDark) await inspect(screens, `small-${name}`, look);
      else await screens.rest();
      // A printed sheet keeps the width of its paper.
      if (!name.endsWith('-print') && name !== 'slip') expect.soft(await widerThanTheirPlace(), `${name} ${look.language}`).toEqual([]);
    }
  }
});

test('nothing was refused by the content security policy or thrown on the way', () => {
  expect(screens.complaints).toEqual([]);
});
