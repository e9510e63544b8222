import { ActionIcon, TextInput, type TextInputProps } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { readDay, readMoment } from './calendar-day.ts';
import classes from './day-input.module.css';

export interface DayInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** The day as typed; `YYYY-MM-DD` once it was understood and the field was left. */
  value: string;
  onChange(typed: string): void;
}

/** How a kind of field reads what is typed, and what its calendar is. */
interface Reading {
  read(typed: string): string | undefined;
  placeholder: string;
  calendar: 'date' | 'datetime-local';
}
const day: Reading = { read: readDay, placeholder: 'YYYY-MM-DD', calendar: 'date' };
const moment: Reading = { read: readMoment, placeholder: 'YYYY-MM-DD HH:MM', calendar: 'datetime-local' };

/** A day typed year first, in any usual writing, or chosen from the browser's calendar. */
export const DayInput = (props: DayInputProps) => <CalendarInput {...props} reading={day} />;

/** The same with a time of day behind it. */
export const MomentInput = (props: DayInputProps) => <CalendarInput {...props} reading={moment} />;

/**
 * A text field, because a date field shows the day in the order of the browser's language and throws away what it cannot
 * read: a half-typed date has to survive in a draft.
 */
function CalendarInput({ reading, value, onChange, onBlur, ...rest }: DayInputProps & { reading: Reading }) {
  const { t } = useTranslation();
  const calendar = useRef<HTMLInputElement>(null);
  const { read } = reading;
  return (
    <div className={classes.field}>
      <TextInput
        {...rest}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={(event) => {
          const understood = read(value);
          if (understood !== undefined && understood !== value) onChange(understood);
          onBlur?.(event);
        }}
        placeholder={reading.placeholder}
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
        type={reading.calendar}
        className={classes.calendar}
        tabIndex={-1}
        aria-hidden
        value={(read(value) ?? '').replace(' ', 'T')}
        onChange={(event) => onChange(read(event.currentTarget.value) ?? '')}
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
