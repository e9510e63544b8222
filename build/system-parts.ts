import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

interface Part {
  debianPackage: string;
  what: string;
  present(): boolean;
}

const parts: Part[] = [
  { debianPackage: 'chromium', what: 'Chromium as /usr/bin/chromium', present: () => existsSync('/usr/bin/chromium') },
  {
    debianPackage: 'fonts-wqy-microhei',
    what: 'a font with Chinese characters',
    present: () => spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).stdout?.trim() !== '' || hasFontFile(),
  },
];

const hasFontFile = () =>
  existsSync('/usr/share/fonts/truetype') && readdirSync('/usr/share/fonts/truetype').some((name) => /wqy|noto.*cjk/i.test(name));

const apt = (...rest: string[]) =>
  spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...rest], {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

/** Installs what the end-to-end tests need of the system, or says in one line what is missing. */
function ensureParts(): boolean {
  const missing = parts.filter((part) => !part.present());
  if (missing.length === 0) {
    console.log('All there');
    return true;
  }
  const packages = missing.map((part) => part.debianPackage);
  const canInstall = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (canInstall && apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', ...packages)) return true;
  console.error(`Missing: ${missing.map((part) => part.what).join(', ')}. On Debian or Ubuntu: apt-get install ${packages.join(' ')}`);
  return false;
}

process.exit(ensureParts() ? 0 : 1);
