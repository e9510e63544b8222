import type { Practitioner } from '@medplum/fhirtypes';
import type { User } from '../../schema/user.ts';

/** FHIR R4 Practitioner: the name behind a reference. How somebody signs in, and what they may do here, is nobody else's. */
export const practitionerToFhir = ({ id, updatedAt, active, displayName }: User): Practitioner => ({
  resourceType: 'Practitioner', id, meta: { lastUpdated: updatedAt }, active, name: [{ text: displayName }],
});
