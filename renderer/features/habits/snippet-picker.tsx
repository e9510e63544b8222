import { Combobox, Modal, Text, TextInput, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { templateSections, type TextTemplate } from '../../../shared/schema/text-template.ts';
import { useCall } from '../../api/queries.ts';
import paletteClasses from '../../app/palette.module.css';
import { useMay, useSessionUser } from '../../app/session.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import { bestFirst, replaced } from './expand-snippet.ts';
import { putInto, useInsertTarget } from './insert-target.ts';

const close = () => useInsertTarget.setState({ pickerOpen: false });

/** Ready texts by name, over the form that one goes into; Alt+T opens it. */
export function SnippetPicker() {
  const { t } = useTranslation();
  const may = useMay();
  const { pickerOpen, field, fill } = useInsertTarget();
  const useful = may('record.read') && (field !== undefined || fill !== undefined);
  useShortcut('insert', () => useInsertTarget.setState({ pickerOpen: true }), useful && !pickerOpen);
  return (
    <Modal.Root opened={pickerOpen && useful} onClose={close} size="lg" lockScroll={false} removeScrollProps={{ enabled: false }} returnFocus>
      <Modal.Overlay />
      <Modal.Content aria-label={t('habits.insert')}>
        <Modal.Body p={0}>
          <PickerList />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function PickerList() {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const templates = useFitting(query);
  // Always open, as in the palette: Escape closes the picker.
  const combobox = useCombobox({ opened: true, onDropdownClose: close });
  useEffect(() => {
    combobox.selectFirstOption();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the store is new with every render; only what is listed counts
  }, [query, templates.length]);
  function insert(id: string) {
    close();
    const template = templates.find((one) => one.id === id);
    if (template) put(template);
  }
  return (
    <Combobox store={combobox} onOptionSubmit={insert}>
      <Combobox.EventsTarget>
        <TextInput
          size="md" variant="unstyled" className={paletteClasses.search ?? ''} aria-label={t('habits.insert')} placeholder={t('habits.insertHint')}
          leftSection={<IconSearch size={18} aria-hidden />} data-autofocus value={query} onChange={(event) => setQuery(event.currentTarget.value)}
        />
      </Combobox.EventsTarget>
      <Combobox.Options className={paletteClasses.list} aria-label={t('habits.insert')}>
        {templates.map((template) => (
          <Combobox.Option key={template.id} value={template.id} className={paletteClasses.option ?? ''}>
            <span>
              {template.title} {template.shortcut !== undefined && <Text component="span" c="dimmed">.{template.shortcut}</Text>}
              <Text component="span" size="xs" c="dimmed" display="block" lineClamp={1}>
                {[template.department, t(`habits.kind.${template.kind}`), previewOf(template)].filter(Boolean).join(' · ')}
              </Text>
            </span>
          </Combobox.Option>
        ))}
        {templates.length === 0 && <Combobox.Empty>{t('app.nothingFound')}</Combobox.Empty>}
      </Combobox.Options>
    </Combobox>
  );
}

/** No record templates where there is no record. */
function useFitting(query: string): TextTemplate[] {
  const { department } = useSessionUser();
  const { field, fill } = useInsertTarget();
  const { data = [] } = useCall('textTemplates.list', {});
  const wanted = query.trim().replace(/^\./, '').toLocaleLowerCase();
  const fitting = data
    .filter(({ kind }) => (kind === 'snippet' ? field !== undefined : fill !== undefined))
    .filter(({ title, shortcut = '' }) => `${title} ${shortcut}`.toLocaleLowerCase().includes(wanted));
  return bestFirst(fitting, wanted, department);
}

export const previewOf = (template: TextTemplate): string => template.text ?? templateSections.map((section) => template[section]).filter(Boolean).join(' / ');

function put(template: TextTemplate): void {
  const { field, fill } = useInsertTarget.getState();
  if (template.kind === 'record') return fill?.(template);
  if (field === undefined) return undefined;
  const { element, change } = field;
  return putInto(element, change, replaced(element.value, element.selectionStart, element.selectionEnd, template.text ?? ''));
}
