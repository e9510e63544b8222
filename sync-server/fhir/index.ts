import type { Bundle, CapabilityStatement, Resource } from '@medplum/fhirtypes';
import type { FhirType } from '../../shared/exchange/fhir/mappings.ts';
import type { ServiceContext } from '../service/context.ts';
import { capabilityStatement } from './capability.ts';
import { askerOf, readResource } from './read.ts';
import { search } from './search.ts';

export { SearchRefused } from './search.ts';

/** FHIR R4, to be read only: what a device's site holds, as resources. A device enrols and says hello as a workstation does. */
export interface FhirFace {
  capability(): CapabilityStatement;
  /** Undefined alike for what is not there and what the device may not know of. */
  read(token: string | null, type: FhirType, id: string): Promise<Resource | undefined>;
  search(token: string | null, type: FhirType, asked: URLSearchParams, from: 'address' | 'body'): Promise<Bundle>;
}

export const createFhirFace = (context: ServiceContext): FhirFace => ({
  capability: () => capabilityStatement(context.now().toISOString()),
  read: async (token, type, id) => readResource(context, await askerOf(context, token), type, id),
  search: async (token, type, asked, from) => search(context, await askerOf(context, token), type, asked, from),
});
