/** Tells those who listen in this process that something happened in an organisation. */
export class Signal {
  readonly #listeners = new Set<(organisationId: number) => void>();

  listen(listener: (organisationId: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(organisationId: number): void {
    for (const listener of this.#listeners) listener(organisationId);
  }
}
