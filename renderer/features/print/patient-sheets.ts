/** The sheets about a patient, in the order of their tabs over the preview. */
export const patientSheets = ['summary', 'letter', 'laboratory', 'immunizations', 'label'] as const;
export type PatientSheet = (typeof patientSheets)[number];
