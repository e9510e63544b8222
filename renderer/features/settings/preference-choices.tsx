import { SegmentedControl } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AppStatus } from '../../../shared/contract/app.ts';
import type { Language, Preferences } from '../../../shared/schema/setting.ts';
import { callQuery, useCallMutation } from '../../api/queries.ts';
import { useStatus } from '../../api/use-status.ts';
import { notifyError } from '../../components/notify.ts';

/** The language of this workstation; every language is named in itself. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation();
  const choose = useChoose();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('common.language')}
      data={[
        { value: 'zh', label: t('common.languageZh') },
        { value: 'en', label: t('common.languageEn') },
      ]}
      value={i18n.language}
      onChange={(language) => choose({ language: language as Language })}
    />
  );
}

export function ThemeChoice() {
  const { t } = useTranslation();
  const theme = useStatus().data?.preferences.theme ?? 'auto';
  const choose = useChoose();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('common.theme')}
      data={[
        { value: 'light', label: t('common.themeLight') },
        { value: 'dark', label: t('common.themeDark') },
        { value: 'auto', label: t('common.themeAuto') },
      ]}
      value={theme}
      onChange={(chosen) => choose({ theme: chosen as Preferences['theme'] })}
    />
  );
}

function useChoose() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const update = useCallMutation('preferences.update');
  const { queryKey } = callQuery('app.status', {});
  return (choice: Partial<Preferences>) =>
    update.mutate(choice, {
      onSuccess: (preferences) =>
        queryClient.setQueryData(queryKey, (status: AppStatus | undefined) => status && { ...status, preferences }),
      onError: (error) => notifyError(error, t),
    });
}
