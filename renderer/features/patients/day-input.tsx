import { ActionIcon, TextInput, type TextInputProps } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { readDay } from './calendar-day.ts';
import classes from './day-input.module.css';

export interface DayInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** The day as typed; `YYYY-MM-DD` once it was understood and the field was left. */
  value: string;
  onChange(typed: string): void;
}

/**
 * A day typed year first, in any usual writing, or chosen from the browser's calendar. A text field, because a
 * date field throws away what it cannot read, and a half-typed date has to survive in a draft.
 */
export function DayInput({ value, onChange, onBlur, ...rest }: DayInputProps) {
  const { t } = useTranslation();
  const calendar = useRef<HTMLInputElement>(null);
  return (
    <div className={classes.field}>
      <TextInput
        {...rest}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={(event) => {
          const day = readDay(value);
          if (day !== undefined && day !== value) onChange(day);
          onBlur?.(event);
        }}
        placeholder="YYYY-MM-DD"
        autoComplete="off"
        rightSection={
          <ActionIcon
            variant="subtle"
            color="gray"
            tabIndex={-1}
            aria-label={t('patients.form.chooseDay')}
            onClick={() => calendar.current?.showPicker()}
          >
            <IconCalendar size={16} aria-hidden />
          </ActionIcon>
        }
      />
      <input
        ref={calendar}
        type="date"
        className={classes.calendar}
        tabIndex={-1}
        aria-hidden
        value={readDay(value) ?? ''}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}

/** A form's props for a day field; a form hands an input's change either as an event or as its value. */
export function dayInputProps<Field extends string>(
  form: { getInputProps(field: Field): object },
  field: Field,
): Pick<DayInputProps, 'value' | 'onChange' | 'error'> {
  return form.getInputProps(field) as Pick<DayInputProps, 'value' | 'onChange' | 'error'>;
}
