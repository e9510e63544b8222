import type { CapabilityStatement } from '@medplum/fhirtypes';
import { searchParameters } from './parameters.ts';
import { faceTypes } from './types.ts';

/** What the read-only face can do; FHIR R4 CapabilityStatement. */
export const capabilityStatement = (date: string): CapabilityStatement => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  date,
  kind: 'instance',
  software: { name: 'Outpost' },
  implementation: { description: 'Read-only access to what the site of the asking device holds' },
  fhirVersion: '4.0.1',
  format: ['json'],
  rest: [
    {
      mode: 'server',
      security: { description: 'Bearer token of an enrolled device. Parameters that say who somebody is are taken by POST _search only.' },
      resource: [...faceTypes.map((type) => ({
        type,
        interaction: [{ code: 'read' as const }, { code: 'search-type' as const }],
        searchParam: [
          { name: '_id', type: 'token' as const },
          { name: '_lastUpdated', type: 'date' as const },
          ...searchParameters[type].map((parameter) => ({ name: parameter.name, type: parameter.type })),
        ],
      })), { type: 'Binary' as const, interaction: [{ code: 'read' as const }] }],
    },
  ],
});
