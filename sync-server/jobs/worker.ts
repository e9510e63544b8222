import { jobFunctions, type JobInputs, type JobKind } from './kinds.ts';

/** What a thread of the pool does. */
export default function work<Kind extends JobKind>({ kind, input }: { kind: Kind; input: JobInputs[Kind] }): string | Promise<string> {
  return jobFunctions[kind](input);
}
