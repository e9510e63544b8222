import { fileURLToPath } from 'node:url';
import { AppException } from '../../shared/errors.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { startBackend } from '../backend/index.ts';
import { openLog } from '../storage/log.ts';
import { readArguments, type WebArguments } from './arguments.ts';
import { openBrowser } from './open-browser.ts';
import { serve } from './server.ts';

const options = readCommandLine();

// Node would print the error's message, which may quote what somebody typed, to a terminal or the system's journal.
process.on('uncaughtException', (error) => {
  openLog(options.profile, { now: () => new Date() }).error('web-host-crashed', error);
  end('Outpost stopped unexpectedly. What was saved is safe; start it again.');
});

try {
  const backend = await startBackend({ profile: options.profile, version: packageJson.version, host: 'web', demo: options.demo });
  const print = (address: string) => console.log(`Outpost: ${address}`);
  const host = await serve(backend, {
    port: options.port,
    rendererFolder: fileURLToPath(new URL('../renderer', import.meta.url)),
    onNewAddress: print,
  });
  const stop = () => void host.close().then(() => backend.close()).then(() => process.exit(0));
  process.once('SIGTERM', stop).once('SIGINT', stop);
  print(host.address);
  if (options.open) openBrowser(host.address);
} catch (error) {
  if (error instanceof AppException) end(error.error.code === 'profile-in-use' ? `Outpost is already running on ${options.profile}` : error.error.code);
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') end(`Port ${options.port} is taken; choose another with --port`);
  throw error;
}

function readCommandLine(): WebArguments {
  try {
    return readArguments(process.argv.slice(2));
  } catch (error) {
    return end(error instanceof TypeError ? error.message : String(error));
  }
}

function end(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
