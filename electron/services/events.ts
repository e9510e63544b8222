import type { BackendEvent } from '../../shared/contract/index.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';

type Listener = (event: BackendEvent) => void;

/** Tells every open window what happened. No event carries patient data. */
export class Events {
  private readonly listeners = new Set<Listener>();
  private readonly onListenerError: (error: unknown) => void;
  private changed = new Set<CollectionName>();

  constructor(onListenerError: (error: unknown) => void) {
    this.onListenerError = onListenerError;
  }

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A listener that throws harms neither the others nor the work that is being told about. */
  emit(event: BackendEvent): void {
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (error) {
        this.onListenerError(error);
      }
    }
  }

  /** One event a turn of the event loop, however many commits there were in it. */
  collectionsChanged(collections: readonly CollectionName[]): void {
    if (this.changed.size === 0) setImmediate(() => this.flush());
    for (const collection of collections) this.changed.add(collection);
  }

  private flush(): void {
    const collections = [...this.changed];
    this.changed = new Set();
    this.emit({ type: 'changed', collections });
  }
}
