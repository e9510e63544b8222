import { useElementSize } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { FleetLag } from '../../../shared/contract/sync.ts';
import { timeText } from '../versions/time-text.ts';
import classes from './lag-chart.module.css';
import { countTicks, timeTicks, worst } from './lag-scale.ts';

/** Lines are told apart by their dashes too, for those who do not see the colours. */
export const dashes = ['none', '7 3', '2 3', '9 3 2 3', '12 4', '4 4'];
const lineClasses = [classes.line0, classes.line1, classes.line2, classes.line3, classes.line4, classes.line5];
export const lineClass = (index: number): string => `${classes.line ?? ''} ${lineClasses[index] ?? ''}`;

const height = 220;
/** Room for the labels of the axes, in pixels. */
const left = 56;
const bottom = 24;
const top = 8;

interface LagChartProps {
  /** At most as many as there are dashes. */
  lags: FleetLag[];
  /** Milliseconds since 1970. */
  from: number;
  to: number;
}

/** How many changes each workstation had not read, over time. */
export function LagChart({ lags, from, to }: LagChartProps) {
  const { t, i18n } = useTranslation();
  const { ref, width } = useElementSize();
  const counts = countTicks(Math.max(0, ...lags.map(worst)));
  const greatest = counts.at(-1) ?? 1;
  const x = (at: number) => left + ((at - from) / (to - from)) * Math.max(0, width - left - 8);
  const y = (count: number) => top + (1 - count / greatest) * (height - top - bottom);
  return (
    <div ref={ref} className={classes.chart}>
      <svg width={width} height={height} role="img" aria-label={t('fleet.lagChart')}>
        {counts.map((count) => (
          <g key={count}>
            <line className={classes.grid} x1={left} x2={width - 8} y1={y(count)} y2={y(count)} />
            <text className={classes.label} x={left - 8} y={y(count) + 4} textAnchor="end">
              {count.toLocaleString(i18n.language)}
            </text>
          </g>
        ))}
        {timeTicks(from, to).map((at) => (
          <text key={at} className={classes.label} x={x(at)} y={height - 6} textAnchor="middle">
            {tickText(at, to - from)}
          </text>
        ))}
        {lags.map(({ deviceId, points }, index) => (
          <Line key={deviceId} index={index} points={points.map(({ at, behind }) => ({ x: x(Date.parse(at)), y: y(behind) }))} />
        ))}
      </svg>
    </div>
  );
}

/** A line ends in a dot: one that has only begun would not be seen. */
function Line({ index, points }: { index: number; points: { x: number; y: number }[] }) {
  const end = points.at(-1);
  return (
    <g className={lineClass(index)}>
      <polyline strokeDasharray={dashes[index]} points={points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')} />
      {end && <circle className={classes.end} cx={end.x} cy={end.y} r={3} />}
    </g>
  );
}

/** `14:00` within two days, else `11-21`. */
function tickText(at: number, span: number): string {
  const text = timeText(new Date(at).toISOString());
  return span <= 48 * 3_600_000 ? text.slice(11) : text.slice(5, 10);
}
