/** Deleted patients and records. */
export const trash = {
  title: 'Trash',
  intro: 'Nothing in here is lost. Open a row to restore it.',
  kind: 'Kind',
  what: 'What',
  patient: 'Patient',
  deletedAt: 'Deleted',
  deletedBy: 'By',
  collection: {
    patients: 'Patient',
    medicalRecords: 'Record',
    documentReferences: 'Document',
  },
  empty: 'The trash is empty',
  restoreQuestion: 'Restore from the trash?',
  restoreWhat: '{{kind}}: {{title}}. It comes back as it was, with its history.',
  restored: 'Restored',
} as const;
