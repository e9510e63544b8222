import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { ServerLink } from './server-link.ts';

const hintSchema = z.object({ head: z.int().min(0) });

/** A line of a stream that never ends must not fill the memory. */
const longestLine = 10_000;

/**
 * Listens to the one open connection over which the server says that its head moved. `onEnd` when it ends, for whatever
 * reason: the timer goes on meanwhile, so that a lost hint costs a minute and no more.
 */
export function listenForHints(link: ServerLink, token: string, onHead: (head: number) => void, onEnd: () => void): () => void {
  const stop = new AbortController();
  void link
    .open('hints', token, stop.signal)
    .then((stream) => readEvents(stream, onHead))
    .catch(() => undefined)
    .then(() => {
      if (!stop.signal.aborted) onEnd();
    });
  return () => stop.abort(new Error('No more hints are wanted'));
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
