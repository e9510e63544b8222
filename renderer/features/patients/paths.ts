import type { PatientSheet } from '../print/patient-sheets.ts';

/** Addresses of the screens around a patient. They hold ids only: no patient data in an address. */
export const paths = {
  patients: '/patients',
  newPatient: '/patients/new',
  patient: (id: string) => `/patients/${id}`,
  editPatient: (id: string) => `/patients/${id}/edit`,
  patientHistory: (id: string) => `/patients/${id}/history`,
  patientSummary: (id: string) => `/patients/${id}/print`,
  /** A sheet about a patient in the print preview. */
  printSheet: (id: string, sheet: PatientSheet) => (sheet === 'summary' ? `/patients/${id}/print` : `/patients/${id}/print/${sheet}`),
  /** Every version of something in the chart, by its collection. */
  documentHistory: (patientId: string, collection: string, id: string) => `/patients/${patientId}/versions/${collection}/${id}`,
  exportPatient: (id: string) => `/patients/${id}/export`,
  /** A tab of the chart, by its path in the list of tabs. */
  chartTab: (id: string, tab: string) => (tab === '' ? `/patients/${id}` : `/patients/${id}/${tab}`),
  /** The letter to another site, opened over its tab of the chart. */
  refer: (id: string) => `/patients/${id}/referrals?refer`,
  printOrders: (patientId: string, groupIdentifier: string) => `/patients/${patientId}/orders/${groupIdentifier}/print`,
  printLaboratoryRequest: (patientId: string, groupIdentifier: string) => `/patients/${patientId}/orders/${groupIdentifier}/print/laboratory`,
  printSpecimenLabels: (patientId: string, groupIdentifier: string) => `/patients/${patientId}/orders/${groupIdentifier}/print/labels`,
  printDischarge: (patientId: string, id: string) => `/patients/${patientId}/records/${id}/print/discharge`,
  newRecord: (patientId: string) => `/patients/${patientId}/records/new`,
  record: (patientId: string, id: string) => `/patients/${patientId}/records/${id}`,
  editRecord: (patientId: string, id: string) => `/patients/${patientId}/records/${id}/edit`,
  amendRecord: (patientId: string, id: string) => `/patients/${patientId}/records/${id}/amend`,
  /** `olderRev`: the version to compare with its successor. */
  recordHistory: (patientId: string, id: string, olderRev?: string) =>
    `/patients/${patientId}/records/${id}/history${olderRev === undefined ? '' : `?older=${olderRev}`}`,
  printRecord: (patientId: string, id: string) => `/patients/${patientId}/records/${id}/print`,
};
