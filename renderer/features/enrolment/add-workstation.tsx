import { Alert, Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnrolmentCode, Fleet } from '../../../shared/contract/sync.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { timeText } from '../versions/time-text.ts';
import { Copyable } from './copyable.tsx';
import { Fingerprint } from './fingerprint.tsx';
import { useServerShown } from './use-server-shown.ts';

/** Stands for a workstation that brings its own site. */
const own = 'own';

/** Makes a one-time code for another workstation and shows it, once, with what else is typed there. */
export function AddWorkstation({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useFocusBack();
  const fleet = useCall('fleet.list', {});
  return (
    <Modal opened onClose={onClose} closeOnClickOutside={false} size="lg" title={t('enrolment.codeTitle')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {fleet.error && <ErrorNotice error={fleet.error} onRetry={() => void fleet.refetch()} />}
      {fleet.data && <MakeCode sites={fleet.data.sites} onClose={onClose} />}
    </Modal>
  );
}

function MakeCode({ sites, onClose }: { sites: Fleet['sites']; onClose: () => void }) {
  const { t } = useTranslation();
  const create = useCallMutation('fleet.createCode');
  const [siteId, setSiteId] = useState(sites[0]?.id ?? own);
  if (create.data) return <CodeShown code={create.data} onAnother={() => create.reset()} onClose={onClose} />;
  return (
    <Stack gap="md">
      {create.error && <ErrorNotice error={create.error} />}
      <Radio.Group label={t('enrolment.codeForSite')} value={siteId} onChange={setSiteId}>
        <Stack gap="xs" mt="xs">
          {sites.map((site) => (
            <Radio key={site.id} value={site.id} label={site.name} />
          ))}
          <Radio value={own} label={t('enrolment.ownSite')} description={t('enrolment.ownSiteHint')} />
        </Stack>
      </Radio.Group>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button loading={create.isPending} onClick={() => create.mutate(siteId === own ? {} : { siteId })}>
          {t('enrolment.makeCode')}
        </Button>
      </Group>
    </Stack>
  );
}

function CodeShown({ code: { code, expiresAt }, onAnother, onClose }: { code: EnrolmentCode; onAnother: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const { addresses, fingerprint } = useServerShown();
  return (
    <Stack gap="md">
      <Text size="sm">{t('enrolment.steps')}</Text>
      {addresses.map((address) => (
        <Copyable key={address} label={t('enrolment.address')} copyLabel={t('enrolment.copyAddress')} value={address} />
      ))}
      <Copyable label={t('enrolment.code')} copyLabel={t('enrolment.copyCode')} value={code} large />
      {fingerprint !== undefined && <Fingerprint value={fingerprint} />}
      <Alert color="yellow" role="status">
        {t('enrolment.codeOnce', { when: timeText(expiresAt) })}
      </Alert>
      <Group justify="flex-end">
        <Button variant="default" onClick={onAnother}>
          {t('enrolment.anotherCode')}
        </Button>
        <Button onClick={onClose}>{t('common.close')}</Button>
      </Group>
    </Stack>
  );
}
