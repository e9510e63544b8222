import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../../shared/demo/random.ts';

export interface SlowLineOptions {
  farPort: number;
  /** Each way, shared by all connections. */
  bitsPerSecond: number;
  /** One way: an answer takes twice as long. */
  delayMilliseconds: number;
  /** Share of segments that are lost. What follows on the same connection waits until the segment was sent once more. */
  loss: number;
  retransmissionMilliseconds: number;
  random: Random;
}

/** A line between two places, as bad as it is made. */
export interface SlowLine {
  port: number;
  /** Bytes that went over it, with those that were lost and sent again. */
  bytes: { up: number; down: number };
  cuts: number;
  /** A cut is not over yet. */
  isCut: boolean;
  /** Breaks every connection off, with what is on its way, and takes no new one for so long. */
  cut(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

const segment = 1448;
const headers = 40;

/** Carries bytes to a port of this computer. */
export async function openSlowLine(options: SlowLineOptions): Promise<SlowLine> {
  const { farPort, delayMilliseconds } = options;
  const sockets = new Set<Socket>();
  let whole = true;
  const [up, down] = [new Way(options), new Way(options)];
  const server = createServer(async (near) => {
    if (!whole) return void near.destroy();
    const far = connect({ port: farPort, host: '127.0.0.1', allowHalfOpen: true });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    // A connection is made by a word there and a word back.
    await pause(2 * delayMilliseconds);
    for (const [way, from, to] of [[up, near, far], [down, far, near]] as const) way.carry(from, to).catch(() => from.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const breakOff = () => {
    for (const socket of sockets) socket.destroy();
  };
  const line: SlowLine = {
    port: (server.address() as AddressInfo).port,
    bytes: { get up() { return up.bytes; }, get down() { return down.bytes; } },
    cuts: 0,
    isCut: false,
    async cut(milliseconds) {
      line.cuts += 1;
      line.isCut = true;
      whole = false;
      breakOff();
      await pause(milliseconds);
      whole = true;
      line.isCut = false;
    },
    async close() {
      whole = false;
      breakOff();
      server.close();
      await once(server, 'close');
    },
  };
  return line;
}

class Way {
  bytes = 0;
  readonly #options: SlowLineOptions;
  #freeAt = 0;

  constructor(options: SlowLineOptions) {
    this.#options = options;
  }

  /** Takes no more from the sender than the line carries: what waits, waits in the sender's own buffers. */
  async carry(from: Socket, to: Socket): Promise<void> {
    const { delayMilliseconds, loss, retransmissionMilliseconds, random } = this.#options;
    for await (const chunk of from as AsyncIterable<Buffer>) {
      for (let start = 0; start < chunk.length; start += segment) {
        const part = chunk.subarray(start, start + segment);
        await this.#send(part.length);
        while (random.chance(loss)) {
          await pause(retransmissionMilliseconds);
          await this.#send(part.length);
        }
        setTimeout(() => to.write(part), delayMilliseconds);
      }
    }
    setTimeout(() => to.end(), delayMilliseconds);
  }

  async #send(length: number): Promise<void> {
    const size = length + headers;
    this.bytes += size;
    const now = performance.now();
    this.#freeAt = Math.max(now, this.#freeAt) + (size * 8000) / this.#options.bitsPerSecond;
    await pause(this.#freeAt - now);
  }
}
