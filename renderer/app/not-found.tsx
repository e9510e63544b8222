import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '../components/page.tsx';
import { PageHeader } from '../components/page-header.tsx';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page>
      <PageHeader title={t('app.notFound')} />
      <Text>
        {t('app.notFoundHint')} <Link to="/">{t('app.goHome')}</Link>
      </Text>
    </Page>
  );
}
