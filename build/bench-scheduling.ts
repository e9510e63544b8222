import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import loadHighs, { type Highs } from 'highs';
import type { Answer } from '../shared/scheduling/answer.ts';
import { checkAnswer } from '../shared/scheduling/check.ts';
import type { ModelName } from '../shared/scheduling/models.ts';
import { isMaximised, parseProblem, type Problem, type ProblemKind } from '../shared/scheduling/problems.ts';
import { solve } from '../shared/scheduling/solve.ts';
import { textbook } from './bench/textbook.ts';

/** `npm run bench:scheduling [-- --data FOLDER --seconds 10 --every 1 --clock wall --only bin-packing,unrelated-machines/U1a100,… --models portfolio,greedy,textbook]`: how near to the known optima, beside greedy and plain HiGHS. */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: fileURLToPath(new URL('../../shared/data/scheduling', import.meta.url)) },
    seconds: { type: 'string', default: '10' },
    /** Every n-th instance of a class only. */
    every: { type: 'string', default: '1' },
    /** `cpu`: seconds that this process computes, for a machine that others load; HiGHS keeps its limits by the wall all the same. */
    clock: { type: 'string', default: 'wall' },
    /** Sets, or single classes of a set after a slash. */
    only: { type: 'string', default: 'bin-packing,identical-machines,unrelated-machines,generalized-assignment,multidimensional-knapsack,vector-packing' },
    /** `textbook`: plain HiGHS on the textbook formulation, which takes as long as all of the portfolio. */
    models: { type: 'string', default: 'portfolio,greedy,textbook' },
  },
});
const [seconds, every] = [Number(values.seconds), Number(values.every)] as const;
const models = values.models.split(',') as (ModelName | 'textbook')[];
if (!existsSync(values.data)) {
  console.log(`The benchmark instances are not here (${values.data}); name their folder with --data.`);
  process.exit(0);
}

interface Instance {
  name: string;
  class: string;
  problem: Problem;
  /** Best value known, and whether it is proven. */
  best: number | null;
  proven: boolean;
}

/** The fields in which each set keeps what is known. */
const known: Record<ProblemKind, (raw: Record<string, unknown>) => Pick<Instance, 'best' | 'proven'>> = {
  'bin-packing': ({ lower, upper }) => ({ best: Number(upper), proven: lower === upper }),
  'identical-machines': ({ optimum }) => ({ best: Number(optimum), proven: true }),
  'unrelated-machines': ({ best, proven }) => ({ best: Number(best), proven: proven === true }),
  'generalized-assignment': ({ best, bound }) => ({ best: Number(best), proven: best === bound }),
  'multidimensional-knapsack': ({ best, optimal }) => ({ best: Number(best), proven: optimal === true }),
  'vector-packing': ({ optimum }) => ({ best: optimum === null ? null : Number(optimum), proven: optimum !== null }),
};

function readSet(kind: ProblemKind): Instance[] {
  const text = gunzipSync(readFileSync(join(values.data, `${kind}.jsonl.gz`))).toString('utf8');
  return text.trimEnd().split('\n').map((line) => {
    const raw = JSON.parse(line) as Record<string, unknown>;
    const parsed = parseProblem(raw);
    if ('issues' in parsed) throw new Error(`${String(raw['name'])}: ${JSON.stringify(parsed.issues)}`);
    return { name: String(raw['name']), class: String(raw['class']), problem: parsed.problem, ...known[kind](raw) };
  });
}

const highs: Highs = await loadHighs();

const now = (): number => {
  const { user, system } = process.cpuUsage();
  return values.clock === 'cpu' ? (user + system) / 1e6 : performance.now() / 1000;
};

function timed(instance: Instance, solveIt: (run: Parameters<typeof solve>[2]) => Answer) {
  const start = now();
  const elapsed = () => now() - start;
  const answer = solveIt({ elapsed, seconds, cancelled: () => false, seed: 1, highs, progress: () => undefined });
  const took = elapsed();
  const violations = checkAnswer(instance.problem, answer);
  const sign = isMaximised(instance.problem) ? -1 : 1;
  const wrongBound = instance.proven && answer.bound !== null && sign * answer.bound > sign * (instance.best as number);
  if (violations.length > 0 || wrongBound) console.error(`WRONG ${instance.name}: ${violations.join()} ${wrongBound ? 'bound beyond the optimum' : ''}`);
  const gap = answer.value === null || instance.best === null ? undefined : (sign * (answer.value - instance.best)) / Math.max(1, instance.best);
  return { status: answer.status, value: answer.value, bound: answer.bound, gap, seconds: took, wrong: violations.length > 0 || wrongBound };
}
type Result = ReturnType<typeof timed>;

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
function summary(of: Instance[], results: Result[]) {
  const gaps = results.flatMap(({ gap }) => gap ?? []);
  const reached = results.filter(({ gap }, index) => of[index]?.proven && gap !== undefined && gap <= 0).length;
  return {
    'at known optimum': percent(reached / Math.max(1, of.filter(({ proven }) => proven).length)),
    'proved': percent(results.filter(({ status }) => status === 'optimal').length / results.length),
    'mean gap to best': gaps.length === 0 ? '' : `${((100 * gaps.reduce((sum, gap) => sum + gap, 0)) / gaps.length).toFixed(3)} %`,
    'mean seconds': (results.reduce((sum, each) => sum + each.seconds, 0) / results.length).toFixed(2),
    'wrong': results.filter(({ wrong }) => wrong).length,
  };
}

const figures: Record<string, unknown>[] = [];
for (const chosen of values.only.split(',')) {
  const [kind, only] = chosen.split('/') as [ProblemKind, string?];
  const classes = Map.groupBy(readSet(kind), (instance) => instance.class);
  for (const [name, all] of classes) {
    if (only !== undefined && only !== name) continue;
    const instances = all.filter((_, index) => index % every === 0);
    const rows = models.map((model) => {
      const results = instances.map((instance) => timed(instance, (run) => (model === 'textbook' ? textbook(instance.problem, run) : solve(instance.problem, model, run))));
      return { set: kind, class: name, instances: instances.length, model, ...summary(instances, results) };
    });
    figures.push(...rows);
    console.table(rows);
  }
}
console.table(figures);
mkdirSync('bench-results', { recursive: true });
writeFileSync('bench-results/scheduling.json', `${JSON.stringify({ seconds, every, clock: values.clock, figures }, null, 2)}\n`);
