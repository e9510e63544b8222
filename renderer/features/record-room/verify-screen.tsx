import { Alert, List, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { AppException } from '../../../shared/errors.ts';
import type { Verification } from '../../../shared/record-room/sealed-copy.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FileDrop } from '../../components/file-drop.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { timeText } from '../versions/time-text.ts';
import type { NamedCollection } from './contents-table.tsx';
import { verifyFile } from './send-copy.ts';

/** Says whether a sealed copy is what was signed, and names what is not. */
export function VerifyScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const verify = useMutation<Verification, AppException, File>({ mutationFn: verifyFile });
  useShortcut('back', () => void navigate('/record-room'));
  return (
    <Page>
      <PageHeader title={t('recordRoom.verify')} description={t('recordRoom.verifyIntro')} />
      <FileDrop accept=".json,application/json" hint={t('recordRoom.verifyHint')} busy={verify.isPending} onFile={(file) => verify.mutate(file)} />
      <div role="status">
        {verify.error && <ErrorNotice error={verify.error} />}
        {verify.data && <Verified verification={verify.data} />}
      </div>
    </Page>
  );
}

function Verified({ verification }: { verification: Verification }) {
  const { t } = useTranslation();
  const { genuine, problems, exportedAt, exportedByName, organisationName, siteName, patientName, period, documents } = verification;
  return (
    <Alert color={genuine ? 'green' : 'red'} icon={genuine ? <IconShieldCheck aria-hidden /> : <IconShieldX aria-hidden />} title={t(genuine ? 'recordRoom.genuine' : 'recordRoom.notGenuine')}>
      <Text size="sm">{genuine ? t('recordRoom.genuineExplain', { site: siteName }) : t('recordRoom.notGenuineExplain')}</Text>
      {!genuine && (
        <List size="sm" my="xs">
          {problems.map(({ problem, collection, title }, index) => (
            <List.Item key={index}>
              {[t(`recordRoom.problem.${problem}`), [collection && t(`recordRoom.collection.${collection as NamedCollection}`), title].filter(Boolean).join(' ')].filter(Boolean).join(': ')}
            </List.Item>
          ))}
        </List>
      )}
      <Text size="sm">{t('recordRoom.copyOf', { name: patientName, ...period })} · {t('recordRoom.copyDocuments', { count: documents })}</Text>
      <Text size="sm">{t('recordRoom.copyBy', { name: exportedByName, organisation: organisationName, site: siteName, at: timeText(exportedAt) })}</Text>
    </Alert>
  );
}
