import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

const chromium = '/usr/bin/chromium';

export default defineConfig({
  globalSetup: fileURLToPath(new URL('../build/temporary-folder.ts', import.meta.url)),
  testDir: fileURLToPath(new URL('specs', import.meta.url)),
  outputDir: fileURLToPath(new URL('../test-results', import.meta.url)),
  // Two cores: the host of a workstation and its page wait for each other by turns, which leaves one of them idle. What stands in one file goes one
  // after the other, and no two files share anything but the build.
  workers: 2,
  timeout: 120_000,
  // Far longer than anything takes: a busy machine takes three times as long, and what passes waits for none of it.
  expect: { timeout: 30_000 },
  reporter: [['list']],
  forbidOnly: Boolean(process.env['CI']),
  use: {
    locale: 'en-GB',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1366, height: 800 },
    // A trace of every test that is thrown away where it passes takes a third of the processor time: `npm run e2e -- --trace retain-on-failure` keeps one.
    trace: 'off',
    launchOptions: {
      ...(existsSync(chromium) && { executablePath: chromium }),
      args: [
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync',
      ],
    },
  },
});
