import type { AdminAnswers, AdminMessageName, Hint } from '../../shared/sync/admin-protocol.ts';
import { readAnswer } from '../service/messages.ts';
import type { RunningServer } from '../http/index.ts';
import type { Send } from './workstation.ts';

export type Body = string | Uint8Array;

export interface Posted {
  status: number;
  headers: Headers;
  text: string;
  body: { error?: { code: string; retryAfterSeconds?: number } } & Record<string, unknown>;
}

/** One POST as it goes over the wire. */
export async function post(address: string, path: string, body: Body | undefined, headers: Record<string, string> = {}): Promise<Posted> {
  const response = await fetch(`${address}${path}`, {
    method: 'POST', headers: { 'content-type': 'application/json', ...headers }, ...(body !== undefined && { body }),
  } as RequestInit);
  const answer = new Uint8Array(await response.arrayBuffer());
  const text = Buffer.from(answer).toString();
  const isApart = response.headers.get('content-type') === 'application/octet-stream';
  return { status: response.status, headers: response.headers, text, body: readAnswer(isApart ? answer : text) as Posted['body'] };
}

/** The protocol over HTTP, in the shape of the service. `address` is asked anew each time: a load balancer chooses. */
export const sendTo = (address: () => string): Send => async (name, token, body) => {
  const answer = await post(address(), `/sync/v1/${name}`, JSON.stringify(body), token === null ? {} : { authorization: `Bearer ${token}` });
  if (answer.status !== 200) throw Object.assign(new Error(answer.text), answer.body);
  return answer.body as never;
};

export async function administerAt<Name extends AdminMessageName>(address: string, name: Name, token: string | null, body: unknown): Promise<AdminAnswers[Name]> {
  const answer = await post(address, `/sync/v1/admin/${name}`, JSON.stringify(body), { authorization: `Bearer ${token}` });
  if (answer.status !== 200) throw Object.assign(new Error(answer.text), answer.body);
  return answer.body as never;
}

/** Listens for hints; `ended` settles when the server ends the stream. */
export async function listen(server: Pick<RunningServer, 'address'>, token: string | null) {
  const aborter = new AbortController();
  const response = await fetch(`${server.address}/sync/v1/hints`, { headers: { authorization: `Bearer ${token}` }, signal: aborter.signal });
  if (response.status !== 200) throw Object.assign(new Error(`hints ${response.status}`), (await response.json()) as object);
  const hints: Hint[] = [];
  const waiting: { head: number; resolve(hint: Hint): void }[] = [];
  const ended = (async () => {
    let rest = '';
    for await (const chunk of (response.body as ReadableStream<Uint8Array<ArrayBuffer>>).pipeThrough(new TextDecoderStream())) {
      const parts = (rest + chunk).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts.filter((line) => line.startsWith('data: '))) {
        const hint = JSON.parse(part.slice(6)) as Hint;
        hints.push(hint);
        for (const one of waiting.filter(({ head }) => hint.head >= head)) one.resolve(hint);
      }
    }
  })().catch(() => undefined);
  return {
    hints,
    ended,
    /** The first hint of this head or a later one. */
    async head(head: number): Promise<Hint> {
      return hints.find((hint) => hint.head >= head) ?? new Promise((resolve) => waiting.push({ head, resolve }));
    },
    close: () => aborter.abort(),
  };
}
