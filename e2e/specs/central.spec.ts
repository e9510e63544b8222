import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startProcess } from '../../sync-server/testing/process.ts';
import { violations } from '../fixtures/accessibility.ts';
import { call } from '../fixtures/call.ts';
import { openLine } from '../fixtures/line.ts';
import { admin, setUpClinic, signIn } from '../fixtures/steps.ts';
import { filled, t } from '../fixtures/texts.ts';
import { openWorkstation } from '../fixtures/workstation.ts';

test('a clinic that follows central sees in its footer and under Workstations what is there, through a cut', async ({ browser }) => {
  test.setTimeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), 'outpost-e2e-'));
  const central = await startProcess(undefined, ['--organisation', 'Hill Country Group']);
  const line = await openLine(Number(new URL(central.address).port));
  const { page, stop } = await openWorkstation(browser, join(folder, 'clinic'));
  const go = (path: string) => page.evaluate((hash) => (window.location.hash = hash), path);
  const accessible = async () => expect(await violations(page)).toEqual([]);
  const register = (name: string) => call(page, 'patients.create', { patient: { name, gender: 'female', birthday: '1985-02-11' } as never });
  try {
    await setUpClinic(page);
    await signIn(page, admin);
    await call(page, 'hub.start', { port: 0 });
    await call(page, 'hub.follow', { address: `http://${line.near}`, code: String(central.code) });
    await call(page, 'sync.syncNow', {});
    const footer = page.getByRole('contentinfo');
    await expect(footer.getByText(t('sync.footerAllAtCentral'))).toBeVisible({ timeout: 60_000 });
    await go('/fleet');
    const strip = page.getByRole('region', { name: filled('fleet.central.title', { name: 'Hill Country Group' }) });
    await expect(strip.getByText(t('fleet.well'))).toBeVisible();
    await accessible();

    line.cut();
    await register('李小红');
    await expect(footer.getByText(filled('sync.footerCentral', { count: 1 }))).toBeVisible({ timeout: 30_000 });
    await expect(footer.getByText(t('sync.nothingToSend'))).toBeVisible();
    await expect(strip.getByText(t('sync.failure.unreachable.title'))).toBeVisible({ timeout: 30_000 });
    await go('/sync?show=onServer');
    await expect(page.getByText(t('sync.stage.atCentral')).first()).toBeVisible();
    await accessible();

    line.mend();
    await call(page, 'sync.syncNow', {});
    await expect(footer.getByText(t('sync.footerAllAtCentral'))).toBeVisible({ timeout: 90_000 });
  } finally {
    await stop();
    await line.close();
    await central.kill('SIGTERM');
    rmSync(folder, { recursive: true });
  }
});
