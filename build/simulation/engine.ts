import type { Size } from '../../shared/sync/simulator/history.ts';
import { run, simulate } from '../../shared/sync/simulator/simulate.ts';
import type { Parts } from '../../shared/sync/simulator/stores.ts';
import type { Histories } from './histories.ts';

/** Histories of workstations and one server, made of these parts. */
export function engineHistories(parts: Parts, size: Size): Histories {
  return {
    firstFailing: async (seed, histories) => (await simulate({ seed, histories, parts, size }))?.seed,
    explain: async (seed, withTrace) => {
      const failure = await simulate({ seed, histories: 1, parts, size });
      if (failure === undefined) throw new Error(`Seed ${seed} fails in one thread and not in another`);
      const { violation, shrunk } = failure;
      console.error(`Seed ${seed} fails: ${violation.message}`);
      console.error(`Shrunk to ${shrunk.steps.length} steps on ${shrunk.workstations} workstations:`);
      for (const { kind, workstation, n } of shrunk.steps) console.error(`  ${kind} ${workstation} ${n}`);
      if (withTrace) for (const line of (await run(shrunk, parts, true)).trace) console.error(line);
    },
  };
}
