/** Names of the collections, one table each. */
export const collectionNames = [
  'users',
  'sites',
  'patients',
  'medicalRecords',
  'drafts',
  'conflicts',
  'auditEntries',
  'settings',
  'hosts',
  'virtualMachines',
  'storagePools',
  'databases',
  'computeNodes',
  'tasks',
  'cloudReports',
] as const;
export type CollectionName = (typeof collectionNames)[number];
