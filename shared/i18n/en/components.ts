/** Texts of the building blocks that every screen uses. */
export const components = {
  listCut: 'Only the first {{count, number}} rows can be reached by scrolling. Narrow the list by a filter to see the others.',
  progress: '{{percent}} %',
  jobRunning: 'Running',
  jobDone: 'Finished',
  jobFailed: 'Failed',
  jobCancelled: 'Cancelled',
  cancelling: 'Stopping…',
  confirm: 'Please confirm',
  shortcutKey: 'Key {{key}}',
} as const;
