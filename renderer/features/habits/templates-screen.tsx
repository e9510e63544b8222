import { Button, Group, Table, Text } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextTemplate } from '../../../shared/schema/text-template.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyError } from '../../components/notify.ts';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { notifySaved } from './notify-saved.tsx';
import { previewOf } from './snippet-picker.tsx';
import { TemplateForm } from './template-form.tsx';

/** Ready texts of all departments, and the way to write them. */
export function TemplatesScreen() {
  const { t } = useTranslation();
  const mayWrite = useMay()('template.write');
  const { data, error } = useCall('textTemplates.list', {});
  const [editing, setEditing] = useState<TextTemplate | 'new'>();
  useShortcut('new', () => setEditing('new'), mayWrite && editing === undefined);
  return (
    <Page wide>
      <PageHeader title={t('habits.templates')} description={t('habits.templatesIntro')} actions={mayWrite && <Button onClick={() => setEditing('new')}>{t('habits.templateNew')}</Button>} />
      {error && <ErrorNotice error={error} />}
      {data?.length === 0 && (
        <EmptyState icon={IconFileText} title={t('habits.templatesNone')}>
          <Text size="sm">{t('habits.templatesNoneHint')}</Text>
        </EmptyState>
      )}
      {data !== undefined && data.length > 0 && <TemplateTable templates={data} {...(mayWrite && { onEdit: setEditing })} />}
      {editing !== undefined && <TemplateForm template={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </Page>
  );
}

function TemplateTable({ templates, onEdit }: { templates: readonly TextTemplate[]; onEdit?: (template: TextTemplate) => void }) {
  const { t } = useTranslation();
  const remove = useCallMutation('textTemplates.delete');
  const removeOne = ({ id, rev }: TextTemplate) =>
    remove.mutate({ id, rev }, { onSuccess: () => void notifySaved(t('habits.templateRemoved'), t), onError: (refusal) => notifyError(refusal, t) });
  return (
    <Table aria-label={t('habits.templates')} verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('habits.field.title')}</Table.Th>
          <Table.Th>{t('habits.field.shortcut')}</Table.Th>
          <Table.Th>{t('habits.field.kind')}</Table.Th>
          <Table.Th>{t('habits.field.department')}</Table.Th>
          <Table.Th>{t('habits.field.text')}</Table.Th>
          {onEdit && <Table.Th>{t('chart.actions')}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {templates.map((template) => (
          <Table.Tr key={template.id}>
            <Table.Th scope="row">{template.title}</Table.Th>
            <Table.Td ff="monospace">{template.shortcut !== undefined && `.${template.shortcut}`}</Table.Td>
            <Table.Td>{t(`habits.kind.${template.kind}`)}</Table.Td>
            <Table.Td>{template.department ?? t('habits.everybody')}</Table.Td>
            <Table.Td>
              <Text size="sm" lineClamp={2}>
                {previewOf(template)}
              </Text>
            </Table.Td>
            {onEdit && (
              <Table.Td>
                <Group gap={4} wrap="nowrap">
                  <Button size="compact-sm" variant="subtle" aria-label={t('chart.editOf', { name: template.title })} onClick={() => onEdit(template)}>
                    {t('chart.edit')}
                  </Button>
                  <Button size="compact-sm" variant="subtle" color="red" aria-label={t('habits.removeOf', { name: template.title })} onClick={() => removeOne(template)}>
                    {t('habits.remove')}
                  </Button>
                </Group>
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
