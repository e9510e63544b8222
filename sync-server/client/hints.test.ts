import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { Hints } from './hints.ts';
import { ServerLink } from './server-link.ts';

/** A server whose answers to those who listen are the test's. */
async function listening(answer: (response: ServerResponse, token: string) => void): Promise<ServerLink> {
  const server = createServer((request, response) => answer(response, String(request.headers.authorization).slice(7)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const link = new ServerLink({ address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  onTestFinished(() => {
    link.close();
    server.closeAllConnections();
    server.close();
  });
  return link;
}

test('a session that the server ended right after it began is told, once, and the next one is listened to', async () => {
  const good = new Set(['first']);
  const open: ServerResponse[] = [];
  const asked: string[] = [];
  const link = await listening((response, token) => {
    asked.push(token);
    if (!good.has(token)) return void response.writeHead(401).end(JSON.stringify({ error: { code: 'token-expired' } }));
    open.push(response.writeHead(200, { 'content-type': 'text/event-stream' }));
    response.write(`data:${JSON.stringify({ head: asked.length })}\n\n`);
  });
  const heads: number[] = [];
  let told: () => void = () => undefined;
  let ends = 0;
  const hints = new Hints(link, (head) => void (heads.push(head), told()), () => { ends += 1; told(); });
  const next = () => new Promise<void>((resolve) => (told = resolve));
  onTestFinished(() => hints.end());

  const begun = next();
  hints.follow('first');
  await begun;
  good.delete('first');
  const ended = next();
  open[0]?.end();
  await ended;
  expect([asked, ends]).toEqual([['first', 'first'], 1]);
  good.add('second');
  const anew = next();
  hints.follow('second');
  await anew;
  expect([asked, heads, ends]).toEqual([['first', 'first', 'second'], [1, 3], 1]);
});
