import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { MessageList } from './message-list.tsx';
import { ReferralList } from './referral-list.tsx';
import { TaskList } from './task-list.tsx';

const views = ['in', 'out', 'messages', 'tasks'] as const;
type View = (typeof views)[number];

/** What came to this site or this person and what went from them. */
export function CorrespondenceScreen() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const view = views.find((one) => one === params.get('view')) ?? 'in';
  return (
    <Page wide>
      <PageHeader title={t('correspondence.title')} description={t('correspondence.intro')} />
      <Tabs value={view} onChange={(next) => setParams({ view: next as View }, { replace: true })} keepMounted={false}>
        <Tabs.List aria-label={t('correspondence.views')} mb="sm">
          {views.map((one) => <Tabs.Tab key={one} value={one}>{t(`correspondence.view.${one}`)}</Tabs.Tab>)}
        </Tabs.List>
        <Tabs.Panel value="in"><ReferralList direction="in" /></Tabs.Panel>
        <Tabs.Panel value="out"><ReferralList direction="out" /></Tabs.Panel>
        <Tabs.Panel value="messages"><MessageList about={{}} /></Tabs.Panel>
        <Tabs.Panel value="tasks"><TaskList about={{}} /></Tabs.Panel>
      </Tabs>
    </Page>
  );
}
