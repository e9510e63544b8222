import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { ProviderErrorCode } from '../../../shared/sync/resource-protocol.ts';
import { failed, ProviderException } from '../provider.ts';

/** More than any inventory of one host says; a program that never stops talking must not fill the memory. */
const largestAnswer = 64 * 1024 * 1024;

interface Question {
  mark: string;
  resolve(answer: string): void;
  reject(error: ProviderException): void;
}

/**
 * One connection of libvirt: one `virsh` child that is fed commands on its input. One child and not one a command, since what the
 * test driver holds lives and dies with the process, and since a command then takes a third of a millisecond.
 *
 * Answers are framed by marks that no echo of the input contains (`echo 'begin'5f…` says `begin5f…`), on its output and on its
 * error output alike: neither a prompt, nor how it shows a long line, nor what a machine is called can look like the end of an answer.
 */
export class Virsh {
  readonly uri: string;
  readonly #program: string;
  #child: ChildProcessWithoutNullStreams | undefined;
  #question: Question | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #output = '';
  #errors = '';
  #closed = false;

  constructor(uri: string, program = 'virsh') {
    this.uri = uri;
    this.#program = program;
  }

  /** Gives one command, its words quoted here, and answers what virsh said. Commands wait for each other. */
  run(words: readonly string[], signal: AbortSignal, milliseconds = 30_000): Promise<string> {
    const answer = this.#last.then(() => this.#ask(words.map(quoted).join(' '), AbortSignal.any([signal, AbortSignal.timeout(milliseconds)])));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  close(): void {
    this.#closed = true;
    this.#end(new ProviderException('stopped'));
  }

  #ask(command: string, signal: AbortSignal): Promise<string> {
    if (this.#closed) failed('stopped');
    if (signal.aborted) failed('timeout');
    const child = (this.#child ??= this.#start());
    const mark = randomBytes(12).toString('hex');
    return new Promise<string>((resolve, reject) => {
      // What a command that did not end in time has done is not known; its answer must not be taken for that of the next one.
      const giveUp = () => this.#end(new ProviderException('timeout', this.#errors));
      const settled = () => signal.removeEventListener('abort', giveUp);
      this.#output = '';
      this.#errors = '';
      this.#question = {
        mark,
        resolve: (answer) => (settled(), resolve(answer)),
        reject: (error) => (settled(), reject(error)),
      };
      signal.addEventListener('abort', giveUp, { once: true });
      // The last two stand on a line of their own: of a line that it cannot read, virsh does nothing.
      child.stdin.write(`echo 'begin'${mark}; ${command}; echo 'over'${mark}\necho 'end'${mark}\necho --err 'end'${mark}\n`);
    });
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = spawn(this.#program, ['-q', '-c', this.uri], { env: { ...process.env, LC_ALL: 'C', TERM: 'dumb' }, stdio: 'pipe' });
    // What a child says that was given up meanwhile is nobody's answer.
    const mine = (take: () => void) => void (this.#child === child && take());
    child.stdout.setEncoding('utf8').on('data', (text: string) => mine(() => this.#take((this.#output += text))));
    child.stderr.setEncoding('utf8').on('data', (text: string) => mine(() => this.#take((this.#errors += text))));
    // A child that is gone says so by 'close'; writing to it meanwhile is not another failure.
    child.stdin.on('error', () => undefined);
    child.once('error', (error: NodeJS.ErrnoException) => mine(() => this.#end(new ProviderException(codeOfSpawn(error)))));
    child.once('close', () => mine(() => this.#end(new ProviderException(codeOfWords(this.#errors) === 'unreachable' ? 'unreachable' : 'died', this.#errors))));
    return child;
  }

  #take(text: string): void {
    if (this.#question === undefined) return;
    if (text.length > largestAnswer) return this.#end(new ProviderException('unreadable'));
    const { mark } = this.#question;
    if (this.#output.includes(`end${mark}`) && this.#errors.includes(`end${mark}`)) this.#answer(this.#question);
  }

  #answer({ mark, resolve, reject }: Question): void {
    const begin = this.#output.indexOf(`begin${mark}`);
    const over = this.#output.indexOf(`over${mark}`);
    const words = this.#errors.slice(0, this.#errors.lastIndexOf(`error: end${mark}`)).trim();
    if (over < begin || (begin < 0 && words === '')) return this.#end(new ProviderException('unreadable'));
    this.#question = undefined;
    // virsh goes on after a command that failed, and says so in words alone.
    if (begin < 0 || /^error: /m.test(words)) return reject(new ProviderException(codeOfWords(words), words));
    return resolve(this.#output.slice(begin + `begin${mark}`.length, over));
  }

  /** Ends the child; the next command starts another one. */
  #end(error: ProviderException): void {
    const [child, question] = [this.#child, this.#question];
    this.#child = undefined;
    this.#question = undefined;
    child?.kill('SIGKILL');
    question?.reject(error);
  }
}

const codeOfSpawn = ({ code }: NodeJS.ErrnoException): ProviderErrorCode => (code === 'ENOENT' ? 'not-installed' : code === 'EACCES' ? 'not-permitted' : 'died');

/** virsh has no codes of its own beside its words; LC_ALL=C keeps them in English. */
const meanings: readonly [RegExp, ProviderErrorCode][] = [
  [/failed to connect|Cannot recv data|End of file while reading|Unable to resolve address|Failed to find user record/i, 'unreachable'],
  [/not supported by the connection driver|driver does not support/i, 'not-supported'],
  [/permission denied|authentication (failed|unavailable)|access denied|read only access|operation forbidden/i, 'not-permitted'],
  [/failed to get (domain|pool)|domain not found|no domain with|storage pool not found/i, 'not-found'],
];
const codeOfWords = (words: string): ProviderErrorCode => meanings.find(([pattern]) => pattern.test(words))?.[1] ?? 'refused';

/** As virsh reads its input: nothing is special between single quotes, and a line ends a command wherever it stands. */
function quoted(word: string): string {
  // eslint-disable-next-line no-control-regex -- a control character would end the command or the child
  if (/[\u0000-\u001f\u007f]/.test(word)) failed('refused');
  return /^[\w./:@=+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}
