import { runTierHistory, shrinkTierHistory, tierHistory } from '../../sync-server/testing/tier-histories.ts';

const toldEvery = 100;

/** Runs histories of central, two hubs that follow it and their workstations; tells the smallest part of the first that fails. Answers whether all held. */
export async function simulateTiers(first: number, histories: number): Promise<boolean> {
  const began = performance.now();
  const rate = (done: number) => (done / ((performance.now() - began) / 1000)).toFixed(1);
  for (let done = 1; done <= histories; done += 1) {
    const history = tierHistory(first + done - 1, true);
    const violation = await runTierHistory(history);
    if (violation !== undefined) {
      console.error(`Seed ${history.seed} fails: ${violation.message}`);
      const { steps } = await shrinkTierHistory(history, violation);
      console.error(`Shrunk to ${steps.length} steps:`);
      for (const { kind, of, n } of steps) console.error(`  ${kind} ${of} ${n}`);
      return false;
    }
    if (done % toldEvery === 0) console.log(`${done} histories, ${rate(done)} a second`);
  }
  console.log(`${histories} two-tier histories from seed ${first}, ${rate(histories)} a second: nothing lost, everything equal.`);
  return true;
}
