import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { violations } from '../fixtures/accessibility.ts';
import { press, tick, type } from '../fixtures/keyboard.ts';
import { admin, foundClinic, signIn } from '../fixtures/steps.ts';
import { t } from '../fixtures/texts.ts';
import { openWorkstation, type Workstation } from '../fixtures/workstation.ts';

let profile: string;
let workstation: Workstation;

test.beforeAll(async ({ browser }) => {
  profile = mkdtempSync(join(tmpdir(), 'outpost-recovery-key-'));
  workstation = await openWorkstation(browser, profile);
});
test.afterAll(async () => {
  await workstation.stop();
  rmSync(profile, { recursive: true });
});

test('a window that goes away while the recovery key stands in it is no silent loss: the admin is asked until a new one is kept', async () => {
  const { page } = workstation;
  await foundClinic(page);
  await page.reload();
  await signIn(page, admin);
  const asked = page.getByText(t('backups.keyUnconfirmed'));
  await expect(asked).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await press(page, page.getByRole('link', { name: t('backups.keyUnconfirmedTodo') }));
  await press(page, page.getByRole('button', { name: t('backups.renew') }));
  await type(page, page.getByRole('textbox', { name: t('settings.yourPassword'), exact: true }), admin.password);
  await page.keyboard.press('Enter');
  await tick(page, page.getByRole('checkbox', { name: t('setup.keyWritten') }));
  await expect(asked).toBeVisible();
  await press(page, page.getByRole('dialog').getByRole('button', { name: t('common.close') }));
  await expect(asked).toBeHidden();
  await page.reload();
  await expect(page.getByRole('heading', { name: t('backups.title'), exact: true })).toBeVisible();
  await expect(asked).toBeHidden();
});
