import { Loader, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconArrowBackUp, IconBuildingHospital, IconFlask, IconPlugConnected, type Icon } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Entrance } from '../../app/entrance.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { RestoreBackup } from '../backups/restore-backup.tsx';
import { JoinClinic } from '../enrolment/join-clinic.tsx';
import { ClinicForm } from './clinic-form.tsx';
import classes from './first-run.module.css';
import { useCreateDemo } from './use-setup.ts';

type Step = 'choose' | 'clinic' | 'join' | 'restore';

/** A workstation without a clinic: set one up, join one, try with made-up data, or bring a backup back. */
export function FirstRun() {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step>('choose');
  const toChoice = () => setStep('choose');
  useEffect(() => {
    document.title = `${t('setup.title')} · ${t('common.appName')}`;
  }, [t]);
  if (step === 'clinic') return <ClinicForm onBack={toChoice} />;
  if (step === 'join') return <JoinClinic onBack={toChoice} />;
  if (step === 'restore') {
    return (
      <Entrance wide>
        <Title order={1} size="h3">
          {t('backups.restoreTitle')}
        </Title>
        <RestoreBackup onBack={toChoice} />
      </Entrance>
    );
  }
  return <Choice onClinic={() => setStep('clinic')} onJoin={() => setStep('join')} onRestore={() => setStep('restore')} />;
}

function Choice({ onClinic, onJoin, onRestore }: { onClinic: () => void; onJoin: () => void; onRestore: () => void }) {
  const { t, i18n } = useTranslation();
  const createDemo = useCreateDemo();
  const demo = () => createDemo.mutate({ language: i18n.language === 'zh' ? 'zh' : 'en' });
  const busy = createDemo.isPending;
  return (
    <Entrance wide>
      <Title order={1} size="h2">
        {t('setup.welcome')}
      </Title>
      <Text>{t('setup.intro')}</Text>
      {createDemo.error && <ErrorNotice error={createDemo.error} />}
      <Stack gap="sm">
        <Way icon={IconBuildingHospital} label={t('setup.newClinic')} hint={t('setup.newClinicHint')} onClick={onClinic} disabled={busy} primary />
        <Way icon={IconPlugConnected} label={t('enrolment.join')} hint={t('enrolment.joinHint')} onClick={onJoin} disabled={busy} />
        <Way icon={IconFlask} label={t('setup.demo')} hint={t('setup.demoHint')} onClick={demo} loading={busy} />
        <Way icon={IconArrowBackUp} label={t('setup.restore')} hint={t('setup.restoreHint')} onClick={onRestore} disabled={busy} />
      </Stack>
    </Entrance>
  );
}

interface WayProps {
  icon: Icon;
  label: string;
  hint: string;
  onClick: () => void;
  disabled?: boolean;
  loading?: boolean;
  primary?: boolean;
}

function Way({ icon: WayIcon, label, hint, onClick, disabled = false, loading = false, primary = false }: WayProps) {
  return (
    <UnstyledButton className={classes.way} data-primary={primary || undefined} onClick={onClick} disabled={disabled || loading}>
      {loading ? <Loader size={28} aria-hidden /> : <WayIcon size={28} stroke={1.5} aria-hidden />}
      <span>
        <strong>{label}</strong>
        <span>{hint}</span>
      </span>
    </UnstyledButton>
  );
}
