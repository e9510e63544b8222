import { Button, Group, Table, Text, Title } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isValidObservation, type Observation } from '../../../shared/schema/observation.ts';
import type { Patient } from '../../../shared/schema/patient.ts';
import type { ServiceRequest } from '../../../shared/schema/service-request.ts';
import { useCall } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { useChartPatient } from '../patients/chart-context.ts';
import { paths } from '../patients/paths.ts';
import { HistoryLink } from '../versions/history-link.tsx';
import { timeText } from '../versions/time-text.ts';
import { openDock } from './dock-store.ts';
import { EndServiceButton } from './end-service.tsx';
import { Flag } from './flag.tsx';
import { byTest, valuesOf } from './measured-cards.tsx';
import { Sparkline } from './sparkline.tsx';
import { newest, TabScreen, whole } from './tab-screen.tsx';
import classes from './tables.module.css';
import { TrendChart } from './trend-chart.tsx';
import { rangeSource, rangeText, valueText } from './words.ts';

/** Orders that wait for their results, the last result of each test, and the trend of one of them. */
export function LaboratoryScreen() {
  const { t } = useTranslation();
  const patient = useChartPatient();
  const orders = useCall('serviceRequests.list', { patientId: patient.id, ...whole });
  const results = useCall('observations.list', { patientId: patient.id, category: 'laboratory', ...whole });
  const valid = results.data?.rows.filter(isValidObservation) ?? [];
  return (
    <TabScreen
      patient={patient} title={t('chart.tab.laboratory')} freshAt={newest([...(orders.data?.rows ?? []), ...(results.data?.rows ?? [])])} error={orders.error ?? results.error}
      actions={
        <Button component={Link} to={paths.printSheet(patient.id, 'laboratory')} variant="default" size="xs" leftSection={<IconPrinter size={14} aria-hidden />}>
          {t('print.print')}
        </Button>
      }
      add={{ kind: 'orderBasket', label: t('chart.basket.open'), permission: 'record.write' }}
    >
      <Waiting patient={patient} orders={orders.data?.rows.filter(({ status }) => status === 'active') ?? []} />
      <Title order={3} size="h6" mt="sm">
        {t('chart.laboratory.results')}
      </Title>
      {valid.length === 0 ? <Text c="dimmed">{t('chart.nothing')}</Text> : <Results observations={valid} />}
    </TabScreen>
  );
}

function Waiting({ patient, orders }: { patient: Patient; orders: ServiceRequest[] }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <>
      <Title order={3} size="h6">
        {t('chart.underWay')}
      </Title>
      {orders.length === 0 ? (
        <Text c="dimmed" size="sm">
          {t('chart.nothing')}
        </Text>
      ) : (
        <Table className={classes.table ?? ''} aria-label={t('chart.underWay')}>
          <Table.Tbody>
            {orders.map((order) => (
              <Table.Tr key={order.id}>
                <Table.Th scope="row">{order.code.text}</Table.Th>
                <Table.Td>{order.priority && t(`chart.priority.${order.priority}`)}</Table.Td>
                <Table.Td>
                  {order.signature?.name} {order.authoredOn && timeText(order.authoredOn)}
                </Table.Td>
                <Table.Td>
                  <Group gap={2} justify="flex-end">
                    {may('chart.write') && (
                      <Button size="compact-xs" variant="light" aria-label={t('chart.laboratory.enterOf', { name: order.code.text })} onClick={() => openDock(patient.id, 'observation', order.id)}>
                        {t('chart.laboratory.enter')}
                      </Button>
                    )}
                    {order.groupIdentifier !== undefined && order.category === 'laboratory' && <PrintRequest patientId={patient.id} groupIdentifier={order.groupIdentifier} name={order.code.text} />}
                    <HistoryLink patientId={patient.id} collection="serviceRequests" id={order.id} name={order.code.text} />
                    <EndServiceButton order={order} />
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  );
}

/** For the laboratory, and for the tubes that go there. */
function PrintRequest({ patientId, groupIdentifier, name }: { patientId: string; groupIdentifier: string; name: string }) {
  const { t } = useTranslation();
  return (
    <>
      <Button component={Link} to={paths.printLaboratoryRequest(patientId, groupIdentifier)} variant="subtle" size="compact-xs" aria-label={t('chart.printOf', { name })}>
        {t('chart.print')}
      </Button>
      <Button component={Link} to={paths.printSpecimenLabels(patientId, groupIdentifier)} variant="subtle" size="compact-xs" aria-label={t('chart.laboratory.labelOf', { name })}>
        {t('print.labels')}
      </Button>
    </>
  );
}

function Results({ observations }: { observations: Observation[] }) {
  const { t } = useTranslation();
  const tests = byTest(observations);
  const [chosen, setChosen] = useState<string>();
  const shown = tests.find(([latest]) => latest.code.text === chosen);
  return (
    <>
      <Table className={classes.table ?? ''} aria-label={t('chart.laboratory.results')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('chart.laboratory.test')}</Table.Th>
            <Table.Th>{t('chart.laboratory.result')}</Table.Th>
            <Table.Th>{t('chart.laboratory.range')}</Table.Th>
            <Table.Th>{t('chart.laboratory.at')}</Table.Th>
            <Table.Th>{t('chart.trend')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tests.map(([latest, all]) => (
            <Table.Tr key={latest.id}>
              <Table.Th scope="row">{latest.code.text}</Table.Th>
              <Table.Td>
                {valueText(latest, t)} <Flag interpretation={latest.interpretation} />
              </Table.Td>
              <Table.Td data-label={t('chart.laboratory.range')}>
                {rangeText(latest)}
                <Text size="xs" c="dimmed">{rangeSource(latest)}</Text>
              </Table.Td>
              <Table.Td>{timeText(latest.effectiveDateTime)}</Table.Td>
              <Table.Td>
                <Sparkline values={valuesOf(all).reverse()} />{' '}
                {valuesOf(all).length > 1 && (
                  <Button size="compact-xs" variant="subtle" aria-pressed={chosen === latest.code.text} aria-label={t('chart.trendOf', { name: latest.code.text })} onClick={() => setChosen(latest.code.text)}>
                    {t('chart.showTrend')}
                  </Button>
                )}
                <HistoryLink patientId={latest.patientId} collection="observations" id={latest.id} name={latest.code.text} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {shown && <Trend name={shown[0].code.text} observations={shown[1]} />}
    </>
  );
}

/** One test over time, drawn and in a table. */
function Trend({ name, observations }: { name: string; observations: Observation[] }) {
  const { t } = useTranslation();
  const points = observations.flatMap(({ valueQuantity, effectiveDateTime }) => (valueQuantity ? [{ at: effectiveDateTime, value: valueQuantity.value }] : []));
  const range = observations[0]?.referenceRange?.[0];
  return (
    <>
      <TrendChart label={t('chart.trendOf', { name })} lines={[{ name, points }]} low={range?.low?.value} high={range?.high?.value} />
      <Table className={classes.table ?? ''} aria-label={t('chart.trendOf', { name })}>
        <Table.Tbody>
          {observations.map((observation) => (
            <Table.Tr key={observation.id}>
              <Table.Th scope="row">{timeText(observation.effectiveDateTime)}</Table.Th>
              <Table.Td>
                {valueText(observation, t)} <Flag interpretation={observation.interpretation} />
              </Table.Td>
              <Table.Td>{observation.recorderName}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
