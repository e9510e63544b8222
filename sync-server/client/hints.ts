import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { ServerLink } from './server-link.ts';

const hintSchema = z.object({ head: z.int().min(0) });

/** A line of a stream that never ends must not fill the memory. */
const longestLine = 10_000;

/** A server that gives no hints is asked for them now and then, and not in a circle. */
const pause = 5000;

/**
 * Keeps the one open connection over which the server says where its head is, first of all at once. A lost hint costs no more than
 * the timer's minute.
 */
export class Hints {
  private readonly link: ServerLink;
  private readonly onHead: (head: number) => void;
  private readonly onEnd: () => void;
  private token: string | undefined;
  private listening: AbortController | undefined;
  private again: NodeJS.Timeout | undefined;

  /** `onEnd`: a connection that stood has ended; the server went, or the token is used up. */
  constructor(link: ServerLink, onHead: (head: number) => void, onEnd: () => void) {
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
      .catch(() => undefined)
      .then(() => {
        if (listening.signal.aborted) return;
        this.again = setTimeout(() => this.listen(token), pause).unref();
        if (performance.now() - began > pause) this.onEnd();
      });
  }
}

async function readEvents(stream: IncomingMessage, onHead: (head: number) => void): Promise<void> {
  // The server sends a comment every now and then; a stream that is silent for minutes has lost its other end.
  stream.socket.setTimeout(120_000, () => stream.destroy());
  stream.setEncoding('utf8');
  let rest = '';
  for await (const part of stream as AsyncIterable<string>) {
    const lines = (rest + part).split('\n');
    rest = (lines.pop() ?? '').slice(0, longestLine);
    for (const line of lines) {
      const head = headOf(line);
      if (head !== undefined) onHead(head);
    }
  }
}

function headOf(line: string): number | undefined {
  if (!line.startsWith('data:')) return undefined;
  try {
    return hintSchema.safeParse(JSON.parse(line.slice(5))).data?.head;
  } catch {
    return undefined;
  }
}
