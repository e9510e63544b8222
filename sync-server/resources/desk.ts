import type { ProviderErrorCode, ProviderStatus } from '../../shared/sync/resource-protocol.ts';
import type { ObservedInventory } from '../../shared/sync/resource-protocol.ts';
import { codeOf, ProviderException, type Provider } from '../providers/provider.ts';
import type { ServerDatabase } from '../database/index.ts';

/**
 * The providers of this server and how they fare. They show and change one cloud: it belongs to one organisation, the one that the
 * settings name, or the only one there is. To the others of the same server it does not exist.
 */
export class Desk {
  readonly stopped = new AbortController();
  readonly #providers: readonly Provider[];
  readonly #ownerName: string | undefined;
  readonly #database: ServerDatabase;
  readonly #status = new Map<string, Omit<ProviderStatus, 'name' | 'moves'>>();

  constructor(database: ServerDatabase, providers: readonly Provider[], ownerName: string | undefined) {
    this.#database = database;
    this.#providers = providers;
    this.#ownerName = ownerName;
  }

  get names(): string[] {
    return this.#providers.map(({ name }) => name);
  }

  /** The organisation that the cloud belongs to; undefined while nobody can say. */
  async owner(): Promise<number | undefined> {
    if (this.#providers.length === 0) return undefined;
    const all = this.#database.kysely.selectFrom('organisations').select('id');
    const found = await (this.#ownerName === undefined ? all : all.where('name', '=', this.#ownerName)).limit(2).execute();
    return found.length === 1 ? found[0]?.id : undefined;
  }

  async providersOf(organisationId: number): Promise<readonly Provider[]> {
    return (await this.owner()) === organisationId ? this.#providers : [];
  }

  async provider(organisationId: number, name: string): Promise<Provider | undefined> {
    return (await this.providersOf(organisationId)).find((one) => one.name === name);
  }

  statusOf({ name, moves }: Provider): ProviderStatus {
    return { name, moves: [...moves], ...(this.#status.get(name) ?? { state: 'untried', lastSuccessAt: null, lastError: null, unreachable: [] }) };
  }

  /** Reads what a provider shows now, and notes how that went. */
  async observe(provider: Provider, now: () => Date): Promise<ObservedInventory> {
    let unreachable: ObservedInventory['unreachable'] = [];
    try {
      const inventory = await provider.inventory(this.stopped.signal);
      ({ unreachable } = inventory);
      const [silent] = unreachable;
      if (inventory.observations.length === 0 && silent !== undefined) throw new ProviderException(silent.code);
      this.#note(provider, { state: silent === undefined ? 'ready' : 'partly', lastSuccessAt: now().toISOString(), unreachable, ...(inventory.queues && { queues: inventory.queues }) });
      return inventory;
    } catch (error) {
      this.#note(provider, { state: 'failing', lastError: { code: codeOf(error), at: now().toISOString() }, unreachable });
      throw error;
    }
  }

  async close(): Promise<void> {
    this.stopped.abort();
    await Promise.all(this.#providers.map((provider) => provider.close()));
  }

  #note(provider: Provider, news: Partial<ProviderStatus>): void {
    this.#status.set(provider.name, { ...this.statusOf(provider), ...news });
  }
}

/** What a provider answered, or why it did not, as data. */
export async function orFailure<Value>(asked: Promise<Value>): Promise<Value | { failure: ProviderErrorCode }> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ProviderException) return { failure: error.code };
    throw error;
  }
}
