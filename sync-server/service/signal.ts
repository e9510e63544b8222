/** Tells those who listen in this process that something happened in an organisation, and where that is known what. */
export class Signal<What = never> {
  readonly #listeners = new Set<(organisationId: number, what?: What) => void>();

  listen(listener: (organisationId: number, what?: What) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(organisationId: number, what?: What): void {
    for (const listener of this.#listeners) listener(organisationId, what);
  }
}
