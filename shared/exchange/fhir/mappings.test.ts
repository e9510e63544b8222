import { expect, it } from 'vitest';
import { collectionNames, type CollectionName } from '../../schema/collections.ts';
import { directoryCollections, fhirCollections } from './mappings.ts';

/** What no receiver of a chart is told, as the README has it. */
const noResource: CollectionName[] = [
  // How they like to work.
  'settings', 'codeTables', 'textTemplates', 'favourites', 'drafts',
  // A copy that ends by itself: out of the program it would not.
  'sharedCharts',
  // What became of the documents, which are told themselves.
  'conflicts', 'auditEntries', 'clinicalReports',
  // The cloud.
  'hosts', 'virtualMachines', 'storagePools', 'databases', 'computeNodes', 'tasks', 'cloudReports',
];

it('has every collection as a FHIR resource, or says why not', () => {
  expect([...fhirCollections, ...Object.values(directoryCollections), ...noResource].sort()).toEqual([...collectionNames].sort());
});
