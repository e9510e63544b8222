import { Text } from '@mantine/core';
import { IconClipboardCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cleaningOf } from '../../../shared/contract/quality.ts';
import type { QualityRule } from '../../../shared/quality/rules.ts';
import { callQuery } from '../../api/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Page } from '../../components/page.tsx';
import { CleaningDialog } from './cleaning-dialog.tsx';
import { FindingList } from './finding-list.tsx';
import { FormerCleanings } from './former-cleanings.tsx';
import { RuleTable } from './rule-table.tsx';

/** Milliseconds after which it is asked again while documents are still to be looked at. */
const soon = 300;

/** What is to be mended in the data, rule by rule, and mending it in batches. */
export function QualityScreen() {
  const { t } = useTranslation();
  const [shown, setShown] = useState<QualityRule>();
  const [mending, setMending] = useState<QualityRule>();
  const { data, error } = useQuery({ ...callQuery('quality.state', {}), refetchInterval: ({ state }) => ((state.data?.unchecked ?? 0) > 0 ? soon : false) });
  const rule = data?.rules.find((one) => one.rule === shown)?.rule;
  const kind = mending && cleaningOf(mending);
  return (
    <Page wide>
      <PageHeader title={t('quality.title')} description={t('quality.intro')} />
      {error && <ErrorNotice error={error} />}
      <div role="status">{data !== undefined && data.unchecked > 0 && <Text size="sm">{t('quality.unchecked', { count: data.unchecked })}</Text>}</div>
      {data?.rules.length === 0 && data.unchecked === 0 && <EmptyState icon={IconClipboardCheck} title={t('quality.nothing')} />}
      {data && data.rules.length > 0 && <RuleTable rules={data.rules} shown={rule} onShow={setShown} onMend={setMending} />}
      {rule && <FindingList key={rule} rule={rule} />}
      <FormerCleanings />
      {kind && <CleaningDialog what={kind} onClose={() => setMending(undefined)} />}
    </Page>
  );
}
