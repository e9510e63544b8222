import { answerSchemas } from '../../shared/sync/answers.ts';
import type { Effect } from '../../shared/sync/engine-types.ts';
import { PageSizes } from '../../shared/sync/page-size.ts';
import { helloText, protocolVersion, reidentifyText, type Report, type Surroundings } from '../../shared/sync/protocol.ts';
import { newDeviceKey, publicHalf, signWith } from '../client/device-key.ts';
import { LinkError, type ServerLink } from '../client/server-link.ts';
import type { UpstreamRow } from '../database/schema.ts';
import type { ServiceContext } from '../service/context.ts';
import { skewOf } from '../service/hello.ts';
import { readFigures } from './figures.ts';
import { hashOfNames, keepSurroundings, servedBy } from './surroundings.ts';
import { readUpstream, writeUpstream } from './upstream.ts';

type RequestEffect = Extract<Effect, { type: 'request' }>;

export type Link = Pick<ServerLink, 'post'>;

/** A page keeps workstations that ask meanwhile waiting no longer than this. */
const pageTarget = { linkMilliseconds: 1500, applyMilliseconds: 100 };

/** Puts the machine's messages into words: adds what only this server has, and checks what comes back. */
export class Messenger {
  token: string | undefined;
  readonly #context: ServiceContext;
  readonly #organisationId: number;
  readonly #link: Link;
  readonly #appVersion: string;
  readonly #signal: AbortSignal;
  readonly #pages = new PageSizes(() => pageTarget);
  #pageLimit = 1024 * 1024;
  #pageBytes = 0;

  constructor(context: ServiceContext, organisationId: number, { link, appVersion, signal }: { link: Link; appVersion: string; signal: AbortSignal }) {
    this.#context = context;
    this.#organisationId = organisationId;
    this.#link = link;
    this.#appVersion = appVersion;
    this.#signal = signal;
  }

  /** Sends a message and answers what came back, as the machine understands it. Throws {@link LinkError}. */
  async ask(effect: RequestEffect): Promise<unknown> {
    const body = await this.#bodyOf(effect);
    const began = performance.now();
    const token = effect.name === 'hello' || effect.name === 'reidentify' ? undefined : this.token;
    try {
      const answered = await this.#link.post(effect.name, token, body, this.#signal);
      this.#pages.answered(effect.name, answered, performance.now() - began);
      if (effect.name === 'pull' || effect.name === 'snapshot') this.#pageBytes = answered.bytes;
      const value = await this.#understood(effect, answered.value);
      if (effect.name === 'report') await this.#noteReported(body as Report, value as Surroundings);
      return value;
    } catch (error) {
      if (error instanceof LinkError) this.#pages.failed(effect.name, error.failure === 'timed-out');
      throw error;
    }
  }

  /** How many bytes of change sets go well over the line at once, at most `limit`. */
  pushBytes(limit: number): number {
    return this.#pages.send(limit);
  }

  /** How long the database took over what came last. */
  noteApplied(method: string, milliseconds: number): void {
    if (method === 'applyPage' || method === 'applySnapshotPage') this.#pages.applied(this.#pageBytes, milliseconds);
  }

  async #understood({ name }: RequestEffect, value: unknown): Promise<unknown> {
    if (!answerSchemas[name].safeParse(value).success) throw new LinkError('answer-not-understood');
    const { head, token, limits, now } = value as { head?: number; token?: string; limits?: { pageBytes: number }; now?: string };
    if (name === 'hello') this.token = token;
    if (now !== undefined) await writeUpstream(this.#context.database, this.#organisationId, { clock_skew: -skewOf(now, this.#context.now()) });
    if (limits !== undefined) this.#pageLimit = limits.pageBytes;
    if (head !== undefined) await writeUpstream(this.#context.database, this.#organisationId, { head });
    return value;
  }

  async #bodyOf(effect: RequestEffect): Promise<unknown> {
    const at = this.#context.now().toISOString();
    switch (effect.name) {
      case 'hello': {
        const unsigned = { ...effect.body, protocol: protocolVersion, at, appVersion: this.#appVersion };
        return { ...unsigned, signature: signWith((await this.#upstream()).private_key, helloText(unsigned)) };
      }
      case 'reidentify': {
        const request = { ...effect.body, publicKey: publicHalf(await this.#nextKey()) };
        return { ...request, signature: signWith((await this.#upstream()).private_key, reidentifyText(request)) };
      }
      case 'pull':
      case 'snapshot':
        return { ...effect.body, maxBytes: this.#pages.ask(this.#pageLimit) };
      case 'report':
        return { ...effect.body, ...(await this.#report()), at };
      default:
        return effect.body;
    }
  }

  async #report() {
    const { database } = this.#context;
    const upstream = await this.#upstream();
    return { ...(await readFigures(database, upstream)), appVersion: this.#appVersion, namesTag: upstream.names_tag, served: await servedBy(database, upstream) };
  }

  async #noteReported({ served }: Report, answer: Surroundings): Promise<void> {
    const organisationId = this.#organisationId;
    const told = served?.workstations ?? null;
    await this.#context.database.transaction(async (queries) => {
      if (told !== null) await writeUpstream(queries, organisationId, { told_names: hashOfNames(told) });
      await keepSurroundings(queries, organisationId, answer);
    });
  }

  /** The same until the other server has answered: a repeat gets the same answer. */
  async #nextKey(): Promise<string> {
    const known = (await this.#upstream()).next_private_key;
    const key = known ?? newDeviceKey();
    if (known === null) await writeUpstream(this.#context.database, this.#organisationId, { next_private_key: key });
    return key;
  }

  async #upstream(): Promise<UpstreamRow> {
    return (await readUpstream(this.#context.database, this.#organisationId)) as UpstreamRow;
  }
}
