import type { Queries } from '../database/index.ts';
import type { GrantRow } from '../database/schema.ts';
import { chunksOf, marks } from './held.ts';

/** Which sites hold, or once held, the patients that a push speaks of. */
export class Grants {
  readonly #queries: Queries;
  readonly #organisationId: number;
  readonly #ofPatient = new Map<string, GrantRow[]>();
  readonly added: GrantRow[] = [];
  readonly withdrawn: GrantRow[] = [];

  constructor(queries: Queries, organisationId: number) {
    this.#queries = queries;
    this.#organisationId = organisationId;
  }

  async load(patientIds: readonly string[]): Promise<void> {
    const unknown = patientIds.filter((id) => !this.#ofPatient.has(id));
    for (const id of unknown) this.#ofPatient.set(id, []);
    for (const chunk of chunksOf(unknown)) {
      const rows = await this.#queries.rows<GrantRow>(
        `SELECT organisation_id, site_id, patient_id, position, withdrawn_position, existed FROM grants WHERE organisation_id = ? AND patient_id IN (${marks(chunk.length)})`,
        [this.#organisationId, ...chunk],
      );
      for (const row of rows) this.of(row.patient_id).push(row);
    }
  }

  of(patientId: string): GrantRow[] {
    return this.#ofPatient.get(patientId) ?? [];
  }

  open(patientId: string): GrantRow[] {
    return this.of(patientId).filter((grant) => grant.withdrawn_position === null);
  }

  add(patientId: string, siteId: string, position: number, existed: boolean): void {
    // Taken and given again within one change set: it stays as it was.
    const known = this.of(patientId).find((grant) => grant.site_id === siteId && grant.position === position);
    if (known !== undefined) return void (known.withdrawn_position = null);
    const grant = { organisation_id: this.#organisationId, site_id: siteId, patient_id: patientId, position, withdrawn_position: null, existed: existed ? 1 : 0 };
    this.#ofPatient.set(patientId, [...this.of(patientId), grant]);
    this.added.push(grant);
    return undefined;
  }

  withdraw(grant: GrantRow, position: number): void {
    grant.withdrawn_position = position;
    if (!this.added.includes(grant)) this.withdrawn.push(grant);
  }
}
