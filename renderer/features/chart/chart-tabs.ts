import type { ComponentType } from 'react';
import type { Screen } from '../../app/feature.ts';
import type { TextKey } from '../../../shared/i18n/index.ts';
import type { Permission } from '../../../shared/permissions.ts';
import { CorrespondenceTab } from '../correspondence/correspondence-tab.tsx';
import { DocumentsScreen } from '../documents/documents-screen.tsx';
import { ChartOverviewScreen } from '../patients/chart-overview.tsx';
import { AllergiesScreen } from './allergies-screen.tsx';
import { ConditionsScreen } from './conditions-screen.tsx';
import type { DockKind } from './dock-store.ts';
import { ImmunizationsScreen } from './immunizations-screen.tsx';
import { LaboratoryScreen } from './laboratory-screen.tsx';
import { MedicationScreen } from './medication-screen.tsx';
import { SummaryScreen } from './summary-screen.tsx';
import { VitalSignsScreen } from './vital-signs-screen.tsx';

/** A part of a chart. Its number key is its place in the list, among those that the reader may see. */
export interface ChartTab {
  /** Below `/patients/:patientId/`; '' is where a chart opens. */
  path: string;
  label: TextKey;
  permission: Permission;
  Component: ComponentType;
  /** What Alt+N opens beside it; without one, a new record. */
  form?: DockKind;
}

/** Add a part here, and it has a tab, a number key, an address and a title. */
export const chartTabs: readonly ChartTab[] = [
  { path: '', label: 'chart.tab.summary', permission: 'record.read', Component: SummaryScreen },
  { path: 'vitals', label: 'chart.tab.vitals', permission: 'record.read', Component: VitalSignsScreen },
  { path: 'problems', label: 'chart.tab.problems', permission: 'record.read', Component: ConditionsScreen, form: 'condition' },
  { path: 'allergies', label: 'chart.tab.allergies', permission: 'record.read', Component: AllergiesScreen, form: 'allergyIntolerance' },
  { path: 'medication', label: 'chart.tab.medication', permission: 'record.read', Component: MedicationScreen, form: 'orderBasket' },
  { path: 'laboratory', label: 'chart.tab.laboratory', permission: 'record.read', Component: LaboratoryScreen, form: 'orderBasket' },
  { path: 'immunisations', label: 'chart.tab.immunisations', permission: 'record.read', Component: ImmunizationsScreen, form: 'immunization' },
  { path: 'documents', label: 'documents.title', permission: 'record.read', Component: DocumentsScreen },
  { path: 'details', label: 'chart.tab.details', permission: 'patient.read', Component: ChartOverviewScreen },
  { path: 'referrals', label: 'correspondence.tab', permission: 'communication.read', Component: CorrespondenceTab },
];

/** The tabs' screens, without the one where a chart opens. */
export const chartScreens: Screen[] = chartTabs
  .filter(({ path }) => path !== '')
  .map(({ path, label, permission, Component }) => ({ path, Component, handle: { title: label, permission } }));
