import { Worker } from 'node:worker_threads';
import type { Resource } from '@medplum/fhirtypes';
import type { FieldIssue } from '../../shared/errors.ts';

export interface ValidatorMessage {
  /** Issues of the resources that were sent, in their order; none where a resource is FHIR. */
  issues: FieldIssue[][];
}

/**
 * Checks resources against the definitions of FHIR R4 in a worker of its own, which is asked a part at a time: the definitions take seconds and
 * some 300 MB to read, and all of it is freed at the end.
 */
export class FhirValidator {
  readonly #worker = new Worker(new URL('./fhir-validator-worker.ts', import.meta.url), { execArgv: [] });

  check(resources: readonly Resource[]): Promise<FieldIssue[][]> {
    return new Promise((resolve, reject) => {
      const done = ({ issues }: ValidatorMessage) => {
        this.#worker.off('error', failed);
        resolve(issues);
      };
      const failed = (error: Error) => {
        this.#worker.off('message', done);
        reject(error);
      };
      this.#worker.once('message', done).once('error', failed);
      this.#worker.postMessage(resources);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
