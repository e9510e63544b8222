import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useCall } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { CodeTables } from '../chart/code-tables.tsx';
import { LaboratoryRanges } from '../chart/laboratory-ranges.tsx';
import { ServerSettings } from '../enrolment/server-settings.tsx';
import { HubSettings } from '../hub/hub-settings.tsx';
import { ClinicSettings } from './clinic-settings.tsx';
import { OwnPassword } from './own-password.tsx';
import { LanguageChoice, ThemeChoice } from './preference-choices.tsx';
import { SettingsSection } from './settings-section.tsx';
import { WorkstationForm } from './workstation-form.tsx';

/** What everybody may set for this workstation and themselves, and what only an administrator may. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const serving = useCall('hub.state', {}).data?.enabled === true;
  return (
    <Page>
      <PageHeader title={t('settings.title')} />
      <SettingsSection title={t('common.language')} hint={t('settings.languageHint')}>
        <LanguageChoice />
      </SettingsSection>
      <SettingsSection title={t('common.theme')}>
        <ThemeChoice />
      </SettingsSection>
      <SettingsSection title={t('settings.ownPassword')}>
        <OwnPassword />
      </SettingsSection>
      {may('settings.manage') && (
        <>
          <SettingsSection title={t('settings.workstation')} hint={t('settings.workstationHint')}>
            <WorkstationForm />
          </SettingsSection>
          <SettingsSection title={t('hub.title')} hint={t('hub.hint')}>
            <HubSettings />
          </SettingsSection>
          {!serving && (
            <SettingsSection title={t('enrolment.server')} hint={t('enrolment.serverHint')}>
              <ServerSettings />
            </SettingsSection>
          )}
          <SettingsSection title={t('settings.clinic')} hint={t('settings.clinicHint')}>
            <ClinicSettings />
          </SettingsSection>
          <SettingsSection title={t('chart.tables.title')} hint={t('chart.tables.explain')}>
            <CodeTables />
          </SettingsSection>
          <SettingsSection title={t('chart.ranges.title')} hint={t('chart.ranges.explain')}>
            <LaboratoryRanges />
          </SettingsSection>
        </>
      )}
    </Page>
  );
}
