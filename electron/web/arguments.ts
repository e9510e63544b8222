import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface WebArguments {
  profile: string;
  port: number;
  demo: boolean;
  open: boolean;
}

/** Where the system wants an application's data. */
export function defaultProfile(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Outpost');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Outpost');
  return join(environment['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'Outpost');
}

/** Reads the command line; throws a TypeError with a plain sentence for an unknown flag or a port that is none. */
export function readArguments(commandLine: string[]): WebArguments {
  const { values } = parseArgs({
    args: commandLine,
    options: {
      profile: { type: 'string' },
      port: { type: 'string', default: '0' },
      demo: { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new TypeError(`--port takes a number from 0 to 65535, not ${values.port}`);
  return {
    profile: resolve(values.profile ?? defaultProfile(process.platform, process.env)),
    port,
    demo: values.demo,
    open: !values['no-open'],
  };
}
