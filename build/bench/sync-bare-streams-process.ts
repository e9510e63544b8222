import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from './sync-child.ts';

/** The least that clients who listen can cost: a Node server that answers one event and keeps the stream open. */
const streams = new Set<ServerResponse>();
const server = createServer((_request, response) => {
  streams.add(response);
  response.once('close', () => streams.delete(response));
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  response.write('data: {"head":0}\n\n');
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

serve(
  {
    address: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tellAll: ({ head }: { head: number }) => streams.forEach((stream) => stream.write(`data: {"head":${head}}\n\n`)),
    residentBytes: () => process.memoryUsage.rss(),
  },
  async () => server.closeAllConnections(),
);
