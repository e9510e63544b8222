import type { Provenance, Resource } from '@medplum/fhirtypes';
import { codedAs, reference } from './common.ts';

/** FHIR R4 Provenance: who took these resources out of which program, and when. */
export function provenanceOf(resources: readonly Resource[], { id, at, who }: { id: string; at: string; who: string }): Provenance {
  return {
    resourceType: 'Provenance', id,
    target: resources.map((resource) => reference(resource.resourceType, String(resource.id))),
    recorded: at,
    activity: { ...codedAs('http://terminology.hl7.org/CodeSystem/v3-DataOperation', 'READ') },
    agent: [
      { type: codedAs('http://terminology.hl7.org/CodeSystem/provenance-participant-type', 'performer'), who: { display: who } },
      { type: codedAs('http://terminology.hl7.org/CodeSystem/provenance-participant-type', 'assembler'), who: { display: 'Outpost' } },
    ],
  };
}
