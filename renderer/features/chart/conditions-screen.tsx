import { Button, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isActiveCondition } from '../../../shared/schema/condition.ts';
import { codeIn, codeSystems } from '../../../shared/schema/fhir-types.ts';
import { useCall } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { HistoryLink } from '../versions/history-link.tsx';
import { useChartPatient } from '../patients/chart-context.ts';
import { dayText } from '../versions/time-text.ts';
import { openDock } from './dock-store.ts';
import { newest, TabScreen, whole } from './tab-screen.tsx';
import classes from './tables.module.css';

/** Problems, those that the patient has now first. */
export function ConditionsScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const patient = useChartPatient();
  const { data, error } = useCall('conditions.list', { patientId: patient.id, ...whole });
  const rows = data?.rows.toSorted((a, b) => Number(isActiveCondition(b)) - Number(isActiveCondition(a))) ?? [];
  return (
    <TabScreen patient={patient} title={t('chart.tab.problems')} freshAt={newest(data?.rows)} error={error} add={{ kind: 'condition', label: t('chart.condition.new'), permission: 'chart.write' }}>
      {rows.length === 0 ? (
        <Text c="dimmed">{t('chart.nothing')}</Text>
      ) : (
        <Table className={classes.table ?? ''} aria-label={t('chart.tab.problems')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('chart.condition.problem')}</Table.Th>
              <Table.Th>{t('chart.code')}</Table.Th>
              <Table.Th>{t('chart.condition.clinicalStatus')}</Table.Th>
              <Table.Th>{t('chart.condition.verificationStatus')}</Table.Th>
              <Table.Th>{t('chart.condition.onset')}</Table.Th>
              <Table.Th>{t('chart.condition.abatement')}</Table.Th>
              <Table.Th>{t('chart.recordedBy')}</Table.Th>
              <Table.Th>{t('chart.actions')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((condition) => (
              <Table.Tr key={condition.id} data-past={!isActiveCondition(condition) || undefined}>
                <Table.Td>
                  {condition.code.text}
                  {condition.note !== undefined && (
                    <Text size="xs" c="dimmed">
                      {condition.note}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>{codeIn(condition.code, codeSystems.icd10) ?? condition.code.coding?.[0]?.code}</Table.Td>
                <Table.Td>{t(`chart.conditionStatus.${condition.clinicalStatus}`)}</Table.Td>
                <Table.Td>{t(`chart.verification.${condition.verificationStatus}`)}</Table.Td>
                <Table.Td data-label={t('chart.condition.onset')}>{dayText(condition.onsetDateTime)}</Table.Td>
                <Table.Td data-label={t('chart.condition.abatement')}>{dayText(condition.abatementDateTime)}</Table.Td>
                <Table.Td data-label={t('chart.recordedBy')}>{condition.recorderName}</Table.Td>
                <Table.Td>
                  {may('chart.write') && (
                    <Button variant="subtle" size="compact-xs" aria-label={t('chart.editOf', { name: condition.code.text })} onClick={() => openDock(patient.id, 'condition', condition.id)}>
                      {t('chart.edit')}
                    </Button>
                  )}
                  <HistoryLink patientId={patient.id} collection="conditions" id={condition.id} name={condition.code.text} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </TabScreen>
  );
}
