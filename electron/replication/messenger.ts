import type { Effect } from '../../shared/sync/engine-types.ts';
import { helloText, protocolVersion, reidentifyText, type HelloRequest, type Report } from '../../shared/sync/protocol.ts';
import type { Store } from '../storage/store.ts';
import { readNamesTag } from '../storage/surroundings.ts';
import { answerSchemas } from '../../shared/sync/answers.ts';
import { nextPublicKey, signAsDevice } from './identity.ts';
import { PagesAhead, type PageRequest } from './pages-ahead.ts';
import { readSnapshot } from './read-snapshot.ts';
import { ReportPace } from './report-pace.ts';
import { PageSizes, type PageTarget } from '../../shared/sync/page-size.ts';
import { LinkError, type Answered, type ServerLink } from '../../sync-server/client/server-link.ts';

type RequestEffect = Extract<Effect, { type: 'request' }>;

/** What the driver's owner knows and a report tells. */
export type Figures = Omit<Report, 'at' | 'appVersion' | 'position' | 'digestsDiffered' | 'namesTag'>;

/** Puts the machine's messages into words: adds what only the workstation has, and checks what comes back. */
export class Messenger {
  token: string | undefined;
  private readonly store: Store;
  private readonly link: ServerLink;
  private readonly appVersion: string;
  private readonly figures: () => Figures;
  private readonly signal: AbortSignal;
  private readonly pages: PageSizes;
  private readonly ahead: PagesAhead;
  private pageLimit = 1024 * 1024;
  private pageBytes = 0;
  private readonly pace = new ReportPace();

  constructor(
    options: { store: Store; link: ServerLink; appVersion: string; figures(): Figures; pageTarget(): PageTarget },
    signal: AbortSignal,
  ) {
    this.store = options.store;
    this.link = options.link;
    this.appVersion = options.appVersion;
    this.figures = () => options.figures();
    this.pages = new PageSizes(() => options.pageTarget());
    this.signal = signal;
    this.ahead = new PagesAhead((request) => this.send(request));
  }

  /** Sends a message and answers what came back, as the machine understands it. Throws {@link LinkError}. */
  async ask(effect: RequestEffect): Promise<unknown> {
    return effect.name === 'pull' || effect.name === 'snapshot' ? this.askPage(effect) : this.understood(effect, await this.askOnce(effect));
  }

  /** How many bytes of change sets go well over the line at once, at most `limit`. */
  pushBytes(limit: number): number {
    return this.pages.send(limit);
  }

  private async askOnce(effect: RequestEffect): Promise<unknown> {
    const began = performance.now();
    try {
      const answered = await this.send(effect);
      this.pages.answered(effect.name, answered, performance.now() - began);
      return answered.value;
    } catch (error) {
      if (error instanceof LinkError) this.pages.failed(effect.name, error.failure === 'timed-out');
      throw error;
    }
  }

  private async askPage(effect: PageRequest): Promise<unknown> {
    try {
      const page = await this.ahead.ask(effect);
      this.pages.answered(effect.name, page, page.milliseconds);
      this.pageBytes = page.bytes;
      const answer = this.understood(effect, page.value);
      this.ahead.askAhead(effect, answer, page.milliseconds);
      return answer;
    } catch (error) {
      if (error instanceof LinkError) this.pages.failed(effect.name, error.failure === 'timed-out');
      throw error;
    }
  }

  private send(effect: Pick<RequestEffect, 'name' | 'body'>): Promise<Answered> {
    return this.link.post(effect.name, this.tokenFor(effect), this.bodyOf(effect as RequestEffect), this.signal, effect.name === 'snapshot' ? { read: readSnapshot } : {});
  }

  /** In how many milliseconds a report is due, see {@link ReportPace}. */
  reportDueIn({ body }: Extract<RequestEffect, { name: 'report' }>): number {
    const { unsent, quarantined, openConflicts, lastError } = this.figures();
    return this.pace.dueIn(JSON.stringify([unsent, quarantined, openConflicts, lastError, body.digestsDiffered]), performance.now());
  }

  /** How long the store took over what came last. */
  noteApplied(method: string, milliseconds: number): void {
    if (method === 'applyPage' || method === 'applySnapshotPage') this.pages.applied(this.pageBytes, milliseconds);
  }

  private tokenFor({ name }: Pick<RequestEffect, 'name'>): string | undefined {
    return name === 'hello' || name === 'reidentify' ? undefined : this.token;
  }

  private understood({ name }: Pick<RequestEffect, 'name'>, value: unknown): unknown {
    const parsed = answerSchemas[name].safeParse(value);
    if (!parsed.success) throw new LinkError('answer-not-understood');
    if (name === 'hello') this.noteSession(value as { token?: string; limits?: { pageBytes: number } });
    return value;
  }

  private noteSession({ token, limits }: { token?: string; limits?: { pageBytes: number } }): void {
    this.token = token;
    this.ahead.forget();
    this.pace.forget();
    if (limits !== undefined) this.pageLimit = limits.pageBytes;
  }

  private bodyOf(effect: RequestEffect): unknown {
    const { connection } = this.store;
    switch (effect.name) {
      case 'hello':
        return this.hello(effect.body);
      case 'reidentify': {
        const request = { ...effect.body, publicKey: nextPublicKey(connection) };
        return { ...request, signature: signAsDevice(connection, reidentifyText(request)) };
      }
      case 'pull':
        return { ...effect.body, maxBytes: this.pages.ask(this.pageLimit) };
      case 'snapshot':
        return { ...effect.body, maxBytes: this.pages.ask(this.pageLimit), apart: true };
      case 'report':
        return { ...this.figures(), ...effect.body, at: this.now(), appVersion: this.appVersion, namesTag: readNamesTag(connection) };
      default:
        return effect.body;
    }
  }

  private hello(body: Extract<RequestEffect, { name: 'hello' }>['body']): HelloRequest {
    const unsigned = { ...body, protocol: protocolVersion, at: this.now(), appVersion: this.appVersion };
    return { ...unsigned, signature: signAsDevice(this.store.connection, helloText(unsigned)) };
  }

  private now(): string {
    return this.store.now().toISOString();
  }
}
