import { statementsFor, typesOf, type Table } from './0001-tables.ts';
import type { Kind } from '../kind.ts';

/**
 * What the server keeps of the real cloud. `plan_runs`, `plan_steps`: plans that are or were carried out. `sample_series`,
 * `samples`: usage, as measured (resolution 0) and as means over longer times. `jobs`: the server's own, as planned and as they went.
 */
export function resources(kind: Kind): string[] {
  const { serial, integer, uuid, word, line, long } = typesOf[kind];
  const organisation = `organisation_id ${integer} NOT NULL`;
  const all: Table[] = [
    {
      name: 'plan_runs',
      columns: [
        `id ${uuid} NOT NULL PRIMARY KEY`, organisation, `state ${word} NOT NULL`, `actor_id ${line} NOT NULL`, `started_at ${integer} NOT NULL`, `ended_at ${integer}`,
        `stop_asked ${integer} NOT NULL`, `holder_id ${uuid} NOT NULL`, `held_until ${integer} NOT NULL`,
      ],
      indices: { plan_runs_of_organisation: 'organisation_id, started_at' },
      ending: 'end',
    },
    {
      name: 'plan_steps',
      columns: [
        `run_id ${uuid} NOT NULL`, `number ${integer} NOT NULL`, `move ${long} NOT NULL`, `undo_move ${long}`, `state ${word} NOT NULL`, `error ${word}`, `observed_host ${long}`,
        `output ${long} NOT NULL`, `started_at ${integer}`, `ended_at ${integer}`, 'PRIMARY KEY (run_id, number)',
      ],
      ending: 'inOrder',
    },
    {
      name: 'sample_series',
      columns: [
        `id ${serial}`, organisation, `provider ${word} NOT NULL`, `key_hash ${word} NOT NULL`, `provider_key ${long} NOT NULL`, `metric ${word} NOT NULL`,
        'UNIQUE (organisation_id, provider, key_hash, metric)',
      ],
      ending: 'end',
    },
    {
      name: 'samples',
      columns: [
        `series_id ${integer} NOT NULL`, `resolution ${integer} NOT NULL`, `at ${integer} NOT NULL`, `total ${integer} NOT NULL`, `number ${integer} NOT NULL`,
        'PRIMARY KEY (series_id, resolution, at)',
      ],
      indices: { samples_by_age: 'resolution, at' },
      ending: 'inOrder',
    },
    {
      name: 'jobs',
      columns: [
        `id ${uuid} NOT NULL PRIMARY KEY`, organisation, `kind ${word} NOT NULL`, `state ${word} NOT NULL`, `size ${integer} NOT NULL`, `queued_at ${integer} NOT NULL`, `planned_worker ${integer}`,
        `planned_start ${integer}`, `planned_end ${integer}`, `worker ${integer}`, `started_at ${integer}`, `ended_at ${integer}`, `error ${word}`, `result ${long}`,
      ],
      indices: { jobs_of_organisation: 'organisation_id, queued_at', jobs_by_state: 'state, kind, ended_at' },
      ending: 'end',
    },
  ];
  return all.flatMap((table) => statementsFor(kind, table));
}
