import type { IncomingMessage } from 'node:http';
import { hintSchema } from '../../shared/sync/answers.ts';
import type { ToldPage } from '../../shared/sync/protocol.ts';
import { LinkError, type ServerLink } from './server-link.ts';

/** A line of a stream that never ends must not fill the memory. Far more than the longest page that a server tells. */
const longestLine = 1_000_000;

/** A server that gives no hints is asked for them now and then, and not in a circle. */
const pause = 5000;

/** `page`: what is new, where the server told it at once. */
type OnHead = (head: number, page: ToldPage | undefined) => void;

/**
 * Keeps the one open connection over which the server says where its head is, first of all at once. A lost hint costs no more than
 * the timer's minute.
 */
export class Hints {
  private readonly link: ServerLink;
  private readonly onHead: OnHead;
  private readonly onEnd: () => void;
  private token: string | undefined;
  private listening: AbortController | undefined;
  private again: NodeJS.Timeout | undefined;

  /** `onEnd`: a connection that stood has ended, or the token is used up: the server ends sessions where it gives new numbers, moves or restarts. */
  constructor(link: ServerLink, onHead: OnHead, onEnd: () => void) {
    this.link = link;
    this.onHead = onHead;
    this.onEnd = onEnd;
  }

  /** Listens as long as the session of this token lasts. */
  follow(token: string): void {
    if (token === this.token) return;
    this.end();
    this.token = token;
    this.listen(token);
  }

  end(): void {
    this.token = undefined;
    this.listening?.abort(new Error('No more hints are wanted'));
    clearTimeout(this.again);
  }

  private listen(token: string): void {
    const listening = (this.listening = new AbortController());
    const began = performance.now();
    void this.link
      .open('hints', token, listening.signal)
      .then((stream) => readEvents(stream, this.onHead))
      .then(() => false, (error: unknown) => error instanceof LinkError && error.failure === 'token-expired')
      .then((isUsedUp) => {
        if (listening.signal.aborted) return;
        // No hint comes with it any more, and at rest nothing else finds out.
        if (isUsedUp) return this.onEnd();
        this.again = setTimeout(() => this.listen(token), pause).unref();
        if (performance.now() - began > pause) this.onEnd();
      });
  }
}

async function readEvents(stream: IncomingMessage, onHead: OnHead): Promise<void> {
  // The server sends a comment every now and then; a stream that is silent for minutes has lost its other end.
  stream.socket.setTimeout(120_000, () => stream.destroy());
  stream.setEncoding('utf8');
  let rest = '';
  for await (const part of stream as AsyncIterable<string>) {
    const lines = (rest + part).split('\n');
    rest = (lines.pop() ?? '').slice(0, longestLine);
    for (const line of lines) {
      const hint = hintOf(line);
      if (hint !== undefined) onHead(hint.head, hint.page);
    }
  }
}

function hintOf(line: string): { head: number; page: ToldPage | undefined } | undefined {
  if (!line.startsWith('data:')) return undefined;
  try {
    const { head, epoch, page } = hintSchema.parse(JSON.parse(line.slice(5)));
    // A document's own fields are the server's word, as in the answer to a pull.
    return { head, page: epoch === undefined || page === undefined ? undefined : ({ ...page, epoch } as unknown as ToldPage) };
  } catch {
    return undefined;
  }
}
