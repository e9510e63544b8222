import { fileURLToPath } from 'node:url';
import { AppException } from '../../shared/errors.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { startBackend } from '../backend/index.ts';
import { readArguments } from './arguments.ts';
import { openBrowser } from './open-browser.ts';
import { serve } from './server.ts';

const options = readArguments(process.argv.slice(2));

try {
  const backend = await startBackend({ profile: options.profile, version: packageJson.version, host: 'web', demo: options.demo });
  const host = await serve(backend, { port: options.port, rendererFolder: fileURLToPath(new URL('../renderer', import.meta.url)) });
  const stop = () => void host.close().then(() => backend.close()).then(() => process.exit(0));
  process.once('SIGTERM', stop).once('SIGINT', stop);
  console.log(`Outpost: ${host.address}`);
  if (options.open) openBrowser(host.address);
} catch (error) {
  if (!(error instanceof AppException)) throw error;
  console.error(error.error.code === 'profile-in-use' ? `Outpost is already running on ${options.profile}` : error.error.code);
  process.exit(1);
}
