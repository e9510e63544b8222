import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import loadHighs from 'highs';
import { gapOf, type Answer } from '../shared/scheduling/answer.ts';
import { checkAnswer, type Violation } from '../shared/scheduling/check.ts';
import { modelNames, type ModelName } from '../shared/scheduling/models.ts';
import { parseProblem, type ProblemIssue, type ProblemKind } from '../shared/scheduling/problems.ts';
import { solve } from '../shared/scheduling/solve.ts';

const usage = `npm run schedule -- FILE [--model ${modelNames.join('|')}] [--seconds S] [--seed N] [--json] [--only NAME]`;

/** One instance as it was read, or why it could not be. */
type Read = { input: unknown } | { issues: ProblemIssue[] };

function readLine(line: string, index: number): Read {
  try {
    return { input: JSON.parse(line) as unknown };
  } catch {
    return { issues: [{ path: `line ${index + 1}`, code: 'not-json' }] };
  }
}

function textOf(path: string): string {
  const bytes = readFileSync(path === '-' ? 0 : path);
  try {
    return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (error) {
    throw new Error(`${path} is damaged: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** The instances of a file: one JSON object per line, or one object or list over several lines; gzip or not. `-` is the standard input. */
function readInstances(path: string): Read[] {
  const text = textOf(path);
  if (text.trim() === '') throw new Error(`${path} is empty`);
  try {
    const whole = JSON.parse(text) as unknown;
    return (Array.isArray(whole) ? (whole as unknown[]) : [whole]).map((input) => ({ input }));
  } catch {
    // Not one document, so a document per line: a broken line must not keep the others from being solved.
    return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, index)]));
  }
}

function options() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      model: { type: 'string', default: 'portfolio' },
      seconds: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      only: { type: 'string' },
    },
  });
  const [file] = positionals;
  const model = modelNames.find((name) => name === values.model);
  const seconds = Number(values.seconds);
  const seed = Number(values.seed);
  if (file === undefined || positionals.length > 1 || model === undefined || !(seconds > 0) || !Number.isInteger(seed)) throw new Error(usage);
  return { file, model, seconds, seed, json: values.json, only: values.only };
}

const highs = await loadHighs();

interface Solved extends Answer {
  name: string;
  kind: ProblemKind;
  gap: number | null;
  seconds: number;
  checker: 'agrees' | Violation[];
}
interface Invalid {
  name: string;
  status: 'invalid';
  issues: ProblemIssue[];
}

/** Seconds by which a model may look at the clock too late. */
const mostLate = 0.2;
/** When work on the instance at hand began: for the first with the process, so that starting and reading are within its seconds. */
let began = 0;

function nameOf(read: Read): string {
  const name = 'input' in read ? (read.input as { name?: unknown } | null)?.name : undefined;
  return typeof name === 'string' ? name : '';
}

/** Solves one instance and says what came of it, in the fields that `--json` prints. */
function scheduled(read: Read, { model, seconds, seed }: { model: ModelName; seconds: number; seed: number }): Solved | Invalid {
  const name = nameOf(read);
  const parsed = 'input' in read ? parseProblem(read.input) : read;
  if ('issues' in parsed) return { name, status: 'invalid', issues: parsed.issues.slice(0, 10) };
  const elapsed = () => (performance.now() - began) / 1000;
  const answer = solve(parsed.problem, model, { elapsed, seconds: seconds - Math.min(mostLate, 0.05 * seconds), cancelled: () => false, seed, highs, progress: () => undefined });
  const { solution, ...told } = answer;
  const violations = checkAnswer(parsed.problem, answer);
  const checker = violations.length === 0 ? 'agrees' : violations;
  return { name: parsed.problem.name, kind: parsed.problem.kind, ...told, gap: gapOf(answer), seconds: elapsed(), checker, solution };
}

function inWords(result: Solved | Invalid): string {
  if (!('kind' in result)) return `${result.name}: ${result.status}: ${result.issues.map(({ path, code }) => `${path} ${code}`).join(', ')}`;
  const { name, value, bound, gap, status, reason, seconds, checker, foundBy, provedBy } = result;
  const why = reason === undefined ? '' : ` (${[reason.code, reason.item, reason.dimension].filter((part) => part !== undefined).join(' ')})`;
  const relative = gap === null ? 'unknown' : `${(gap * 100).toFixed(3)} %`;
  return `${name}: value ${String(value)}, bound ${String(bound)}, gap ${relative}, ${status}${why}, ${seconds.toFixed(2)} s, checker ${String(checker)}; found by ${foundBy}, proved by ${provedBy}`;
}

try {
  const { file, only, json, ...how } = options();
  const chosen = readInstances(file).filter((read) => only === undefined || nameOf(read) === only);
  if (chosen.length === 0) throw new Error(only === undefined ? `${file} holds no instance` : `${file} holds no instance of the name ${only}`);
  for (const read of chosen) {
    const result = scheduled(read, how);
    console.log(json ? JSON.stringify(result) : inWords(result));
    began = performance.now();
    if ('kind' in result ? result.checker !== 'agrees' : true) process.exitCode = 1;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
