import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useMay } from '../../app/session.tsx';
import { ClinicSettings } from './clinic-settings.tsx';
import { OwnPassword } from './own-password.tsx';
import { LanguageChoice, ThemeChoice } from './preference-choices.tsx';
import { SettingsSection } from './settings-section.tsx';
import { WorkstationForm } from './workstation-form.tsx';

/** What everybody may set for this workstation and themselves, and what only an administrator may. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const may = useMay();
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
          <SettingsSection title={t('settings.clinic')} hint={t('settings.clinicHint')}>
            <ClinicSettings />
          </SettingsSection>
        </>
      )}
    </Page>
  );
}
