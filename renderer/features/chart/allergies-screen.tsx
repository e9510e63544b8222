import { Button, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { noKnownAllergy } from '../../../shared/chart/substances.ts';
import { isActiveAllergy } from '../../../shared/schema/allergy-intolerance.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { notifyError } from '../../components/notify.ts';
import { HistoryLink } from '../versions/history-link.tsx';
import { useChartPatient } from '../patients/chart-context.ts';
import { dayText } from '../versions/time-text.ts';
import { openDock } from './dock-store.ts';
import { newest, TabScreen, whole } from './tab-screen.tsx';
import classes from './tables.module.css';

/** Allergies, with those that were refuted or entered by mistake: none is ever taken off the list. */
export function AllergiesScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const patient = useChartPatient();
  const { data, error } = useCall('allergyIntolerances.list', { patientId: patient.id, ...whole });
  const rows = data?.rows.toSorted((a, b) => Number(isActiveAllergy(b)) - Number(isActiveAllergy(a))) ?? [];
  return (
    <TabScreen
      patient={patient} title={t('chart.tab.allergies')} freshAt={newest(data?.rows)} error={error}
      add={{ kind: 'allergyIntolerance', label: t('chart.allergy.new'), permission: 'chart.write' }}
      actions={data && !rows.some(isActiveAllergy) && may('chart.write') && <AssertNone patientId={patient.id} />}
    >
      {rows.length === 0 ? (
        <Text>{t('chart.allergy.unknown')}</Text>
      ) : (
        <Table className={classes.table ?? ''} aria-label={t('chart.tab.allergies')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('chart.allergy.substance')}</Table.Th>
              <Table.Th>{t('chart.allergy.criticality')}</Table.Th>
              <Table.Th>{t('chart.allergy.reaction')}</Table.Th>
              <Table.Th>{t('chart.allergy.clinicalStatus')}</Table.Th>
              <Table.Th>{t('chart.allergy.verificationStatus')}</Table.Th>
              <Table.Th>{t('chart.recordedBy')}</Table.Th>
              <Table.Th>{t('chart.actions')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((allergy) => (
              <Table.Tr key={allergy.id} data-past={!isActiveAllergy(allergy) || undefined}>
                <Table.Td fw={isActiveAllergy(allergy) ? 600 : 400}>{allergy.code.text}</Table.Td>
                <Table.Td data-label={t('chart.allergy.criticality')}>{allergy.criticality && t(`chart.criticality.${allergy.criticality}`)}</Table.Td>
                <Table.Td data-label={t('chart.allergy.reaction')}>{allergy.reaction?.map(({ manifestation, severity }) => [manifestation, severity && t(`chart.severity.${severity}`)].filter(Boolean).join(' · ')).join('; ')}</Table.Td>
                <Table.Td>{t(`chart.conditionStatus.${allergy.clinicalStatus}`)}</Table.Td>
                <Table.Td>{t(`chart.verification.${allergy.verificationStatus}`)}</Table.Td>
                <Table.Td data-label={t('chart.recordedBy')}>
                  {allergy.recorderName} {dayText(allergy.recordedDate)}
                </Table.Td>
                <Table.Td>
                  {may('chart.write') && (
                    <Button variant="subtle" size="compact-xs" aria-label={t('chart.editOf', { name: allergy.code.text })} onClick={() => openDock(patient.id, 'allergyIntolerance', allergy.id)}>
                      {t('chart.edit')}
                    </Button>
                  )}
                  <HistoryLink patientId={patient.id} collection="allergyIntolerances" id={allergy.id} name={allergy.code.text} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </TabScreen>
  );
}

/** Says, in the name of whoever asked the patient, that there are none. */
function AssertNone({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const assert = useCallMutation('allergyIntolerances.create');
  const content = { code: noKnownAllergy(t('chart.allergy.none')), clinicalStatus: 'active', verificationStatus: 'confirmed' } as const;
  return (
    <Button size="xs" variant="default" loading={assert.isPending} onClick={() => assert.mutate({ patientId, content }, { onError: (thrown) => notifyError(thrown, t) })}>
      {t('chart.allergy.assertNone')}
    </Button>
  );
}
