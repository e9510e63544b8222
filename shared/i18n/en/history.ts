/** Versions of what a chart, the book and the queue are made of; and what of it is in files. */
export const history = {
  title: 'Who changed what when',
  open: 'Versions',
  openOf: 'Versions of {{name}}',
  codes: 'Codes',
  recordedAt: 'Recorded at',
  category: 'Kind',
  severity: 'Severity',
  interpretation: 'Flag',
  dueAt: 'Time',
  calledAt: 'Called',
  endedAt: 'Ended',
  issues: 'Warned of',
  stoppedBy: 'Ended by',
  conditionCategory: { 'problem-list-item': 'Problem', 'encounter-diagnosis': 'Diagnosis of a visit' },
  observationCategory: {
    'vital-signs': 'Vital sign', laboratory: 'Laboratory', 'social-history': 'Social history', imaging: 'Imaging', procedure: 'Procedure', survey: 'Questionnaire', exam: 'Examination', therapy: 'Therapy',
    activity: 'Activity',
  },
  observationStatus: {
    registered: 'registered', preliminary: 'preliminary', final: 'final', amended: 'amended', corrected: 'corrected', cancelled: 'cancelled', 'entered-in-error': 'entered by mistake', unknown: 'not known',
  },
  serviceCategory: { laboratory: 'Laboratory', imaging: 'Imaging', procedure: 'Procedure', other: 'Other' },
  immunizationStatus: { completed: 'given', 'not-done': 'not given', 'entered-in-error': 'entered by mistake' },
} as const;
