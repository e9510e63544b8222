import type { SyncState } from '../../shared/contract/sync.ts';
import { surroundingsAnswer } from '../../shared/sync/answers.ts';
import type { ServerLink } from '../../sync-server/client/server-link.ts';
import { StoreReplica } from '../storage/replica/replica.ts';
import type { Store } from '../storage/store.ts';
import { keepSurroundings, readNamesTag, upstreamReach } from '../storage/surroundings.ts';
import { countBeyond } from '../storage/sync-facts.ts';

/** Several lists on one screen ask the server once. */
const fresh = 3000;
const answerAllowed = 15_000;
/** While something of this workstation is known on the server and not on the one that it follows. */
const askBeyondEvery = 10_000;

export interface SurroundingsOptions {
  store: Store;
  /** Of the present session; undefined where the server does not answer. */
  session(): { link: ServerLink; token: string } | undefined;
  /** Whether everything was sent and taken. */
  isIdle(): boolean;
  onNews(): void;
}

/** What the server of one open database knows of the others: how far each site has read, and the server that it follows itself. */
export class Surroundings {
  readonly #options: SurroundingsOptions;
  readonly #watching: NodeJS.Timeout;
  #asking: { begun: number; answer: Promise<void> } | undefined;
  #ended = false;

  constructor(options: SurroundingsOptions) {
    this.#options = options;
    this.#watching = setInterval(() => this.#watch(), askBeyondEvery).unref();
  }

  end(): void {
    this.#ended = true;
    clearInterval(this.#watching);
  }

  /** Asks how far the others have read since the last report, for whom looks at it. What was told last stands where there is no answer. */
  ask(): Promise<void> {
    if (this.#asking === undefined || performance.now() - this.#asking.begun > fresh) {
      this.#asking = { begun: performance.now(), answer: this.#read().catch(() => undefined) };
    }
    return this.#asking.answer;
  }

  /** What waits at the server goes on to the one that it follows without a word to this workstation. */
  #watch(): void {
    const central = centralOf(this.#options.store);
    if (central !== undefined && central.waiting !== 0 && this.#options.isIdle()) void this.ask();
  }

  async #read(): Promise<void> {
    const { store } = this.#options;
    const session = this.#options.session();
    if (session === undefined) return;
    const { epoch } = new StoreReplica(store).state();
    const asked = { epoch, namesTag: readNamesTag(store.connection) };
    const { value } = await session.link.post('surroundings', session.token, asked, AbortSignal.timeout(answerAllowed));
    // The database may have been shut, or another epoch begun, while the answer was on its way.
    if (this.#ended || new StoreReplica(store).state().epoch !== epoch) return;
    if (keepSurroundings(store.connection, surroundingsAnswer.parse(value))) this.#options.onNews();
  }
}

/** The server that this workstation's server follows, and how much of what was written here it lacks or has refused; undefined where it follows none. */
export function centralOf({ connection }: Store): SyncState['central'] {
  const reach = upstreamReach(connection);
  return reach && { organisationName: reach.organisationName, ...countBeyond(connection, reach) };
}
