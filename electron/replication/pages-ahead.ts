import type { Messages } from '../../shared/sync/engine-types.ts';
import type { Answered } from '../../sync-server/client/server-link.ts';

type PageName = 'pull' | 'snapshot';
export type PageRequest = { [Name in PageName]: { name: Name; body: Messages[Name]['body'] } }[PageName];

export interface Page extends Answered {
  /** From asking to having it. */
  milliseconds: number;
}

/** On a slower line asking ahead gains nothing, and a cut would cost a second page. */
const fastEnough = 700;

/** Asks for the next page while the store takes the one before: server, line and store work at the same time. */
export class PagesAhead {
  private readonly send: (request: PageRequest) => Promise<Answered>;
  private ahead: { key: string; page: Promise<Page> } | undefined;

  constructor(send: (request: PageRequest) => Promise<Answered>) {
    this.send = send;
  }

  /** The page, which may have been asked for already. */
  ask(request: PageRequest): Promise<Page> {
    const { ahead } = this;
    this.forget();
    return ahead?.key === keyOf(request) ? ahead.page : this.timed(request);
  }

  /** Asks for the page that follows this answer, where one does. */
  askAhead(request: PageRequest, answer: unknown, milliseconds: number): void {
    const next = following(request, answer);
    if (next === undefined || milliseconds > fastEnough) return;
    const page = this.timed(next);
    // It fails when it is asked for, if it ever is.
    page.catch(() => undefined);
    this.ahead = { key: keyOf(next), page };
  }

  /** What was asked in one session says nothing in the next. */
  forget(): void {
    this.ahead = undefined;
  }

  private async timed(request: PageRequest): Promise<Page> {
    const began = performance.now();
    const answered = await this.send(request);
    return { ...answered, milliseconds: performance.now() - began };
  }
}

const keyOf = ({ name, body }: PageRequest): string => JSON.stringify([name, body]);

function following({ name, body }: PageRequest, answer: unknown): PageRequest | undefined {
  if (name === 'snapshot') {
    const { at, cursor } = answer as Messages['snapshot']['answer'];
    return cursor === null ? undefined : { name, body: { epoch: body.epoch, at, cursor } };
  }
  const { position, head } = answer as Messages['pull']['answer'];
  return position >= Math.min(head, body.upTo ?? head) ? undefined : { name, body: { ...body, after: position } };
}
