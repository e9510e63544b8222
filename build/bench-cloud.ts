import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import configuration from '../e2e/playwright.config.ts';
import { openWorkstation } from '../e2e/fixtures/workstation.ts';
import { root } from './bench/clinic.ts';
import { cloudFigures, fillCloud } from './bench/panel.ts';
import { report } from './bench/report.ts';

const size = { hosts: 1000, machines: 20_000 };
const profile = mkdtempSync(join(tmpdir(), 'outpost-cloud-'));
const browser = await chromium.launch(configuration.use?.launchOptions);
const workstation = await openWorkstation(browser, profile);
try {
  await fillCloud(workstation.page, size.hosts, size.machines);
  report('cloud', size, await cloudFigures(workstation.page), root);
} finally {
  await workstation.stop();
  await browser.close();
  rmSync(profile, { recursive: true });
}
