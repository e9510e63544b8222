import type { Organization } from '@medplum/fhirtypes';
import type { Site } from '../../schema/site.ts';

/** FHIR R4 Organization: a clinic, which its group's name tells from another of the same name. */
export const organizationToFhir = ({ id, updatedAt, organisationName, name, address, phone }: Site): Organization => ({
  resourceType: 'Organization', id, meta: { lastUpdated: updatedAt }, active: true, name, alias: [`${organisationName} ${name}`],
  ...(phone !== undefined && { telecom: [{ system: 'phone' as const, value: phone }] }),
  ...(address !== undefined && { address: [{ text: address }] }),
});
