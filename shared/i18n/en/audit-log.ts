/** The view on the audit. */
export const auditLog = {
  title: 'Audit',
  intro: 'Who did what and when, in the order in which it happened.',
  at: 'Time',
  who: 'Who',
  automatic: 'Outpost itself',
  action: 'What',
  patient: 'Patient',
  details: 'Details',
  filters: 'Filters',
  from: 'From',
  to: 'To',
  clear: 'Clear the filters',
  none: 'Nothing matches these filters',
  listSeparator: ', ',
  count_one: '{{count, number}} entry',
  count_other: '{{count, number}} entries',
} as const;
