/** The view on the audit. */
export const auditLog = {
  title: 'Audit',
  intro: 'Who did what and when, in the order in which it happened.',
  at: 'Time',
  who: 'Who',
  action: 'What',
  patient: 'Patient',
  details: 'Details',
  filters: 'Filters',
  from: 'From',
  to: 'To',
  clear: 'Clear the filters',
  none: 'Nothing matches these filters',
  count_one: '{{number}} entry',
  count_other: '{{number}} entries',
} as const;
