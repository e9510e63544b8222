import { Agent, get, request, type IncomingMessage } from 'node:http';
import type { Hint } from '../../shared/sync/admin-protocol.ts';
import { serve } from './sync-child.ts';

/** Light clients that hold their stream of hints open and, where asked to, take what a hint tells or pull it, as workstations do. */
export interface Listening {
  token: string;
  epoch: string;
  position: number;
}

let address = '';
let pulling = false;
let listeners: Listener[] = [];
/** A workstation has connections of its own: none of these waits for another's. */
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

class Listener {
  head = 0;
  private readonly session: Listening;
  private stream: IncomingMessage | undefined;
  private busy: Promise<void> = Promise.resolve();

  constructor(session: Listening) {
    this.session = session;
  }

  /** Answers with the first hint. */
  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      get(`${address}/sync/v1/hints`, { agent, headers: authorised(this.session) }, (stream) => {
        if (stream.statusCode !== 200) return reject(new Error(`Hints were answered ${stream.statusCode}`));
        this.stream = stream;
        let rest = '';
        stream.setEncoding('utf8').on('data', (part: string) => {
          const lines = (rest + part).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines.filter((one) => one.startsWith('data: '))) this.take(JSON.parse(line.slice(6)) as Hint);
          resolve();
        });
        stream.on('error', () => undefined);
      }).on('error', reject);
    });
  }

  close(): void {
    this.stream?.destroy();
  }

  atRest(): Promise<void> {
    return this.busy;
  }

  private take({ head, page }: Hint): void {
    this.head = Math.max(this.head, head);
    const { position } = this.session;
    if (page !== undefined && page.after <= position) this.session.position = Math.max(position, page.position);
    reached();
    if (pulling) this.busy = this.busy.then(() => this.pull());
  }

  private async pull(): Promise<void> {
    while (this.session.position < this.head) {
      const { epoch, position } = this.session;
      const answer = await post('pull', this.session, { epoch, after: position, maxBytes: 1_000_000 });
      this.session.position = answer['position'] as number;
    }
  }
}

const authorised = ({ token }: Listening) => ({ authorization: `Bearer ${token}` });

function post(name: string, session: Listening, body: object): Promise<Record<string, unknown>> {
  const json = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const headers = { ...authorised(session), 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) };
    const sending = request(`${address}/sync/v1/${name}`, { agent, method: 'POST', headers }, async (response) => {
      try {
        const parts: Buffer[] = [];
        for await (const part of response as AsyncIterable<Buffer>) parts.push(part);
        const text = Buffer.concat(parts).toString();
        if (response.statusCode === 200) resolve(JSON.parse(text) as Record<string, unknown>);
        else reject(new Error(`${name} was answered ${response.statusCode}`));
      } catch (error) {
        reject(error as Error);
      }
    });
    sending.on('error', reject).end(json);
  });
}

let awaited: { head: number; resolve(): void } | undefined;
function reached(): void {
  if (awaited === undefined || listeners.some(({ head }) => head < (awaited?.head ?? 0))) return;
  awaited.resolve();
  awaited = undefined;
}

const opensAtOnce = 50;

serve(
  {
    async connect(input: { address: string; pulling: boolean; sessions: Listening[] }) {
      ({ address, pulling } = input);
      listeners = input.sessions.map((session) => new Listener(session));
      for (let from = 0; from < listeners.length; from += opensAtOnce) await Promise.all(listeners.slice(from, from + opensAtOnce).map((one) => one.open()));
    },
    /** Until every one of them was told of this head. */
    untilReached: ({ head }: { head: number }) =>
      new Promise<void>((resolve) => {
        awaited = { head, resolve };
        reached();
      }),
    /** Until none of them has anything to pull. */
    atRest: () => Promise.all(listeners.map((one) => one.atRest())).then(() => undefined),
  },
  async () => listeners.forEach((one) => one.close()),
);
