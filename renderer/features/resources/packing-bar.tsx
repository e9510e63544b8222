import { useQuery } from '@tanstack/react-query';
import { memo, useState } from 'react';
import { flushSync } from 'react-dom';
import type { PackedMachine } from '../../../shared/contract/resources.ts';
import type { ResourceDimension } from '../../../shared/schema/resource-amounts.ts';
import { useTranslation } from 'react-i18next';
import { callQuery } from '../../api/queries.ts';
import { amountText, unitOf } from './amount-text.ts';
import type { HostLoad } from './host-load.ts';
import classes from './packing.module.css';

interface PackingBarProps {
  host: HostLoad;
  dimension: ResourceDimension;
  /** What the longest bar of all stands for, in the dimension's unit. */
  longest: number;
  /** The hosts whose machines are asked for together; this one is among them. */
  together: readonly string[];
}

/** The hatch of stranded capacity, once for all bars. */
export function PackingPatterns() {
  return (
    <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden>
      <defs>
        <pattern id="stranded" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" className={classes.strandedGround} />
          <rect width="2.5" height="6" className={classes.strandedLine} />
        </pattern>
      </defs>
    </svg>
  );
}

/** A host as a bar, filled by its machines from the greatest on; what is free and of no use to any is hatched. */
export const PackingBar = memo(function PackingBar({ host, dimension, longest, together }: PackingBarProps) {
  const { i18n } = useTranslation();
  const [pointedAt, setPointedAt] = useState<PackedMachine>();
  // At once: a browser reads a title right after this event, and would show the machine that was left.
  const pointAt = (machine: PackedMachine | undefined) => flushSync(() => setPointedAt(machine));
  const at = together.indexOf(host.id);
  const { data: machines = [] } = useQuery({ ...callQuery('resources.packing', { hostIds: [...together] }), select: (lists) => lists[at] ?? none });
  const { promised, allocated, stranded } = host.dimensions[dimension];
  const share = (amount: number) => `${String((100 * amount) / Math.max(1, longest))}%`;
  return (
    <svg className={classes.bar} aria-hidden>
      {/* One for the bar: with one for each machine a third of all elements are titles, and frames are lost while hosts scroll. */}
      {pointedAt && <title>{`${pointedAt.name} · ${amountText(pointedAt.demand[dimension], unitOf[dimension], i18n.language)}`}</title>}
      <rect className={classes.room} width={share(promised)} height="100%" />
      {stranded > 0 && <rect className={classes.stranded} x={share(promised - stranded)} width={share(stranded)} height="100%" />}
      {positions(machines, dimension).map(({ machine, start, width }, index) => (
        <rect
          key={machine.id} className={index % 2 === 0 ? classes.machine : classes.machineBeside} data-over={start + width > promised || undefined}
          x={share(start)} width={share(width)} height="100%" onPointerEnter={() => pointAt(machine)} onPointerLeave={() => pointAt(undefined)}
        />
      ))}
      <rect className={classes.edge} width={share(Math.max(promised, 0))} height="100%" />
      {allocated > promised && <line className={classes.limit} x1={share(promised)} x2={share(promised)} y1="0" y2="100%" />}
    </svg>
  );
});

const none: PackedMachine[] = [];

function positions(machines: readonly PackedMachine[], dimension: ResourceDimension) {
  let start = 0;
  return machines.flatMap((machine) => {
    const width = machine.demand[dimension];
    const here = { machine, start, width };
    start += width;
    return width === 0 ? [] : [here];
  });
}
