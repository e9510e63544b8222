import type { Bundle, CapabilityStatement, Resource } from '@medplum/fhirtypes';
import type { ServiceContext } from '../service/context.ts';
import { readBinary, type BinaryContent } from './binary.ts';
import { capabilityStatement } from './capability.ts';
import { askerOf, readResource } from './read.ts';
import { search } from './search.ts';
import type { FaceType } from './types.ts';

export type { BinaryContent } from './binary.ts';
export { SearchRefused } from './search.ts';

/** FHIR R4, to be read only: what a device's site holds, as resources. A device enrols and says hello as a workstation does. */
export interface FhirFace {
  capability(): CapabilityStatement;
  /** Undefined alike for what is not there and what the device may not know of. */
  read(token: string | null, type: FaceType, id: string): Promise<Resource | undefined>;
  /** The bytes of the document of this id; undefined as above, and where they are not whole here. */
  binary(token: string | null, id: string): Promise<BinaryContent | undefined>;
  search(token: string | null, type: FaceType, asked: URLSearchParams, from: 'address' | 'body'): Promise<Bundle>;
}

export const createFhirFace = (context: ServiceContext): FhirFace => ({
  capability: () => capabilityStatement(context.now().toISOString()),
  read: async (token, type, id) => readResource(context, await askerOf(context, token), type, id),
  binary: async (token, id) => readBinary(context, await askerOf(context, token), id),
  search: async (token, type, asked, from) => search(context, await askerOf(context, token), type, asked, from),
});
