import { Paper, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartSummary } from '../../../shared/contract/chart.ts';
import { call } from '../../api/client.ts';
import { useCall } from '../../api/queries.ts';
import { useSessionUser } from '../../app/session.tsx';
import { dosageText } from '../chart/dosage-text.tsx';
import { SnippetTextarea } from '../habits/snippet-textarea.tsx';
import { paths } from '../patients/paths.ts';
import { Pending } from './pending.tsx';
import { PrintScreen } from './print-screen.tsx';
import printClasses from './print-screen.module.css';
import { Section, Sheet } from './sheet.tsx';
import { SheetChoice } from './sheet-choice.tsx';
import classes from './sheet.module.css';
import { useSheetPatient } from './use-sheet-patient.ts';

/** A letter about a patient to a colleague elsewhere, with what the chart knows below it. Typed over its own preview. */
export function LetterPrintScreen() {
  const { t } = useTranslation();
  const { displayName } = useSessionUser();
  const { id, patient, error } = useSheetPatient();
  const { data: summary, error: noSummary } = useCall('chart.summary', { patientId: id });
  const [letter, setLetter] = useState({ to: '', subject: '', text: '' });
  if (!patient || !summary) return <Pending error={error ?? noSummary} />;
  const about = patient.birthday === undefined ? t('print.letterAboutUnknown', { name: patient.name }) : t('print.letterAbout', { name: patient.name, birthday: patient.birthday });
  return (
    <PrintScreen
      fileName={patient.medicalRecordNumber} backTo={paths.patient(id)} onPrinted={() => call('prints.printed', { patientId: id, sheet: 'letter' })}
      options={<SheetChoice patientId={id} sheet="letter" />}
    >
      {(printedAt) => (
        <>
          <LetterForm letter={letter} onChange={setLetter} />
          <Sheet title={letter.subject.trim() === '' ? t('print.letter') : letter.subject} patient={patient} printedAt={printedAt}>
            <p className={classes.letter}>{letter.to}</p>
            <p>{about}</p>
            <p className={classes.letter}>{letter.text}</p>
            <Known summary={summary} />
            <div className={classes.signatures}>
              <p>{t('print.yours')}</p>
              <p>{displayName}</p>
              <div className={classes.hand}>
                <span>{t('print.handSignature')}</span>
                <span>{t('print.stamp')}</span>
              </div>
            </div>
          </Sheet>
        </>
      )}
    </PrintScreen>
  );
}

interface Letter {
  to: string;
  subject: string;
  text: string;
}

function LetterForm({ letter, onChange }: { letter: Letter; onChange: (letter: Letter) => void }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="sm" mb="md" className={printClasses.toolbarForm ?? ''}>
      <Stack gap="xs">
        <Textarea label={t('print.letterTo')} description={t('print.letterToHint')} autosize minRows={2} value={letter.to} onChange={(event) => onChange({ ...letter, to: event.currentTarget.value })} />
        <TextInput label={t('print.letterSubject')} value={letter.subject} onChange={(event) => onChange({ ...letter, subject: event.currentTarget.value })} />
        <SnippetTextarea label={t('print.letterText')} description={t('print.letterTextHint')} minRows={4} value={letter.text} onChange={(text) => onChange({ ...letter, text })} />
        <Text size="xs" c="dimmed">
          {t('print.letterKept')}
        </Text>
      </Stack>
    </Paper>
  );
}

/** What whoever reads the letter must not have to ask for. */
function Known({ summary: { conditions, allergyIntolerances, medicationRequests } }: { summary: ChartSummary }) {
  const { t } = useTranslation();
  const names = (codes: readonly { code: { text: string } }[]) => (codes.length === 0 ? undefined : codes.map(({ code }) => code.text).join('; '));
  const medication = medicationRequests.map((request) => `${request.medicationCodeableConcept.text}: ${dosageText(request, t)}`);
  return (
    <>
      <Section title={t('print.problems')} text={names(conditions)} />
      <Section title={t('print.allergies')} text={names(allergyIntolerances) ?? t('chart.allergy.unknown')} />
      <Section title={t('chart.tab.medication')} text={medication.length === 0 ? undefined : medication.join('\n')} />
    </>
  );
}
