import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface CommandLine {
  /** Absolute profile folder; undefined means where the system wants it. */
  profile: string | undefined;
  demo: boolean;
}

/** Reads our flags. Not strict: Chromium's own switches stand on the same line. */
export function readCommandLine(argv: string[]): CommandLine {
  const { values } = parseArgs({
    args: argv,
    strict: false,
    options: { profile: { type: 'string' }, demo: { type: 'boolean' } },
  });
  return { profile: typeof values.profile === 'string' ? resolve(values.profile) : undefined, demo: values.demo === true };
}
