import { Badge, Group, Radio, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { conflictField, fieldLabel } from '../../../shared/conflicts/conflict-fields.ts';
import type { ConflictField } from '../../../shared/conflicts/conflict-field.ts';
import type { Clash } from '../../../shared/schema/conflict.ts';
import { ClashValue } from './clash-value.tsx';
import classes from './conflict.module.css';
import { editIssue } from './edit-issue.ts';
import { isWrittenSince, type Choice } from './settlement.ts';
import { canJoin, valueText } from './conflict-values.ts';

interface ClashChoiceProps {
  collection: string;
  clash: Clash;
  /** What the document shows now. */
  present: { value?: unknown } | undefined;
  choice: Choice | undefined;
  onChoose: (choice: Choice) => void;
}

/** Both values of one field side by side, and what can be done with them. */
export function ClashChoice({ collection, clash, present, choice, onChoose }: ClashChoiceProps) {
  const { t } = useTranslation();
  const field = conflictField(collection, clash.path);
  const label = fieldLabel(collection, clash.path, t);
  const writtenSince = isWrittenSince(clash, present);
  const before = valueText(field, clash.base.value, t);
  const choose = (value: string) => {
    if (value === 'both' || value === 'present') onChoose({ take: value });
    else if (value === 'edited') onChoose({ take: 'edited', text: startOfEdit(field, writtenSince ? present?.value : clash.values[clash.kept].value) });
    else onChoose({ take: value === '0' ? 0 : 1 });
  };
  return (
    <fieldset className={classes.clash}>
      <legend>{label}</legend>
      <Radio.Group value={choice === undefined ? null : String(choice.take)} onChange={choose} aria-label={t('conflicts.choices', { field: label })}>
        <Stack gap="xs">
          <div className={classes.sides}>
            <SideCard field={field} clash={clash} side={0} standing={!writtenSince} />
            <SideCard field={field} clash={clash} side={1} standing={!writtenSince} />
          </div>
          {writtenSince && <PresentCard field={field} value={present?.value} />}
          <Group gap="lg">
            {canJoin(field, clash.values) && <Radio value="both" label={t('conflicts.both')} />}
            {field.editable === true && <Radio value="edited" label={t('conflicts.edit')} />}
            {before !== '' && field.kind !== 'picture' && field.kind !== 'secret' && (
              <Text size="sm" c="dimmed" ml="auto" truncate maw="60%" title={before}>
                {`${t('conflicts.before')}: ${before}`}
              </Text>
            )}
          </Group>
        </Stack>
      </Radio.Group>
      {choice?.take === 'edited' && (
        <Editor field={field} label={t('conflicts.editLabel', { field: label })} text={choice.text} error={editIssue(collection, clash.path, choice.text, t)} onChange={(text) => onChoose({ take: 'edited', text })} />
      )}
    </fieldset>
  );
}

/** A value that neither side wrote: somebody changed the field after the conflict was found. */
function PresentCard({ field, value }: { field: ConflictField; value: unknown }) {
  const { t } = useTranslation();
  return (
    <Radio.Card value="present" className={classes.card ?? ''}>
      <Group gap="xs" wrap="nowrap">
        <Radio.Indicator />
        <Text size="sm" component="span">
          {t('conflicts.takePresent')}
        </Text>
      </Group>
      <ClashValue field={field} value={value} other={value} />
    </Radio.Card>
  );
}

/** `standing`: what was kept is what the document still shows. */
function SideCard({ field, clash, side, standing }: { field: ConflictField; clash: Clash; side: 0 | 1; standing: boolean }) {
  const { t } = useTranslation();
  const other = side === 0 ? 1 : 0;
  return (
    <Radio.Card value={String(side)} className={classes.card ?? ''}>
      <Group gap="xs" wrap="nowrap">
        <Radio.Indicator />
        <Text size="sm" component="span">
          {t(side === 0 ? 'conflicts.take.one' : 'conflicts.take.two')}
        </Text>
        {standing && clash.kept === side && (
          <Badge variant="light" color="gray" tt="none" ml="auto">
            {t('conflicts.shown')}
          </Badge>
        )}
      </Group>
      <ClashValue field={field} value={clash.values[side].value} other={clash.values[other].value} />
    </Radio.Card>
  );
}

/** What is shown now, to be changed; a choice begins with what it shows. */
function startOfEdit({ kind }: ConflictField, value: unknown): string {
  return typeof value === 'string' ? value : kind === 'choice' ? String(value) : '';
}

interface EditorProps {
  field: ConflictField;
  label: string;
  text: string;
  error: string | undefined;
  onChange: (text: string) => void;
}

function Editor({ field: { kind, options }, label, text, error, onChange }: EditorProps) {
  const { t } = useTranslation();
  if (kind === 'choice') {
    const data = Object.entries(options ?? {}).map(([value, key]) => ({ value, label: t(key) }));
    return <Select mt="xs" maw="20rem" label={label} data={data} value={text} allowDeselect={false} error={error} onChange={(value) => onChange(value ?? text)} />;
  }
  if (kind === 'text') return <Textarea mt="xs" label={label} autosize minRows={2} value={text} error={error} onChange={(event) => onChange(event.currentTarget.value)} />;
  return <TextInput mt="xs" label={label} value={text} error={error} onChange={(event) => onChange(event.currentTarget.value)} />;
}
