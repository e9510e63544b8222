import { IconUsers } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { ChartHomeScreen } from '../chart/chart-home-screen.tsx';
import { chartScreens } from '../chart/chart-tabs.ts';
import { ChartExportScreen } from '../exports/chart-export-screen.tsx';
import { ChartScreen } from './chart-screen.tsx';
import { HomeScreen } from './home-screen.tsx';
import { paths } from './paths.ts';
import { EditPatientScreen, RegisterScreen } from './patient-form-screen.tsx';
import { PatientHistoryScreen } from './patient-history-screen.tsx';
import { usePatientHits } from './use-patient-hits.ts';
import { DocumentHistoryScreen } from '../versions/document-history-screen.tsx';
import { recordScreens } from '../records/record-screens.ts';

export const patients: Feature = {
  screens: [
    { path: 'patients', Component: HomeScreen, handle: { title: 'patients.title', permission: 'patient.read' } },
    { path: 'patients/new', Component: RegisterScreen, handle: { title: 'patients.form.register', permission: 'patient.write' } },
    {
      path: 'patients/:patientId',
      Component: ChartScreen,
      handle: { title: 'patients.details', permission: 'patient.read' },
      children: [
        { index: true, Component: ChartHomeScreen, handle: { title: 'patients.details', permission: 'patient.read' } },
        { path: 'edit', Component: EditPatientScreen, handle: { title: 'patients.form.edit', permission: 'patient.write' } },
        { path: 'history', Component: PatientHistoryScreen, handle: { title: 'patients.history.title', permission: 'patient.read' } },
        { path: 'versions/:collection/:documentId', Component: DocumentHistoryScreen, handle: { title: 'history.title', permission: 'patient.read' } },
        { path: 'export', Component: ChartExportScreen, handle: { title: 'fhir.exportTitle', permission: 'data.export' } },
        ...chartScreens,
        ...recordScreens,
      ],
    },
  ],
  navigation: [{ to: paths.patients, label: 'patients.title', icon: IconUsers, permission: 'patient.read', order: 10 }],
  search: { label: 'patients.title', permission: 'patient.read', useHits: usePatientHits },
};
