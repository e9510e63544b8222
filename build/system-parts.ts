import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

interface Part {
  debianPackage: string;
  what: string;
  present(): boolean;
  /** Tests that need it say so in a line and are left out where it cannot be had. */
  optional?: boolean;
}

const parts: Part[] = [
  { debianPackage: 'chromium', what: 'Chromium as /usr/bin/chromium', present: () => existsSync('/usr/bin/chromium') },
  {
    debianPackage: 'fonts-wqy-microhei',
    what: 'a font with Chinese characters',
    present: () => spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).stdout?.trim() !== '' || hasFontFile(),
  },
  {
    debianPackage: 'mariadb-server',
    what: 'MariaDB, on which the sync server is tested as well as on SQLite',
    present: () => ['/usr/sbin/mariadbd', '/usr/local/bin/mariadbd', '/opt/homebrew/bin/mariadbd'].some((path) => existsSync(path)),
    optional: true,
  },
  {
    debianPackage: 'libvirt-clients',
    what: "virsh, through which the sync server's provider of machines is tested on libvirt's own test driver",
    present: () => spawnSync('virsh', ['--version']).status === 0,
    optional: true,
  },
  {
    debianPackage: 'redis-server',
    what: "Redis, on which the sync server's provider of queues is tested",
    present: () => spawnSync('redis-server', ['--version']).status === 0,
    optional: true,
  },
];

const hasFontFile = () =>
  existsSync('/usr/share/fonts/truetype') && readdirSync('/usr/share/fonts/truetype').some((name) => /wqy|noto.*cjk/i.test(name));

const apt = (...rest: string[]) =>
  spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...rest], {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

const install = (wanted: Part[]) =>
  wanted.length === 0 ||
  (existsSync('/usr/bin/apt-get') &&
    process.getuid?.() === 0 &&
    apt('update', '-qq') &&
    apt('install', '-y', '-qq', '--no-install-recommends', ...wanted.map(({ debianPackage }) => debianPackage)));

/** Installs what the tests need of the system, or says in one line what is missing. Answers whether they can run. */
function ensureParts(): boolean {
  const missing = parts.filter((part) => !part.present());
  if (missing.length === 0) console.log('All there');
  const needed = missing.filter((part) => part.optional !== true);
  const without = [needed, missing.filter((part) => part.optional === true)].filter((wanted) => !install(wanted)).flat();
  if (without.length > 0) {
    console.error(`Missing: ${without.map(({ what }) => what).join('; ')}. On Debian or Ubuntu: apt-get install ${without.map(({ debianPackage }) => debianPackage).join(' ')}`);
  }
  return without.every((part) => part.optional === true);
}

process.exit(ensureParts() ? 0 : 1);
