/** Writing data to files. */
export const exports = {
  title: 'Export',
  intro: 'CSV for spreadsheet programs, or FHIR for other clinical systems.',
  what: 'What is to be exported?',
  patients: 'Patients',
  records: 'Medical records',
  charts: 'Whole charts (FHIR R4, a resource a line)',
  bornFrom: 'Born from',
  bornTo: 'Born until',
  warning: 'The file is not encrypted: whoever gets it can read it. The export is noted in the audit.',
  start: 'Write the file',
  writing: 'Writing the file',
  save: 'Save the file',
  saved: 'The file was handed over for saving',
  fileName: {
    patients: 'patients',
    records: 'medical-records',
    charts: 'charts-fhir',
    chart: 'chart-fhir',
  },
} as const;
