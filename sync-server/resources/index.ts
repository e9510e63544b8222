import type { AdminAnswers, AdminRequest } from '../../shared/sync/admin-protocol.ts';
import type { resourceMessageSchemas } from '../../shared/sync/resource-protocol.ts';
import type { ServiceContext } from '../service/context.ts';
import { refuse } from '../service/failure.ts';
import type { Session } from '../service/sessions.ts';
import { addDigestCheck, addUsageReport } from '../jobs/inputs.ts';
import { acknowledgeAlarm, writeSettings } from '../automation/store.ts';
import type { CloudContext } from './cloud.ts';
import { orFailure } from './desk.ts';
import { refresh } from './refresh.ts';
import { readSamples } from './samples.ts';

type Name = keyof typeof resourceMessageSchemas;
type Handler<One extends Name> = (context: CloudContext, session: Session, request: AdminRequest<One>) => Promise<AdminAnswers[One]>;

/** Answers what an admin asks of the cloud, see shared/sync/resource-protocol.ts. */
export const resourceHandlers: { [One in Name]: Handler<One> } = {
  async 'resources.providers'({ desk, now }, { organisationId }) {
    return { providers: (await desk.providersOf(organisationId)).map((provider) => desk.statusOf(provider)), now: now().toISOString() };
  },
  async 'resources.observe'(context, session, request) {
    const provider = await known(context, session, request);
    return orFailure(context.desk.observe(provider, context.now).then((inventory) => ({ observedAt: context.now().toISOString(), ...inventory })));
  },
  async 'resources.refresh'(context, session, request) {
    const refreshed = await orFailure(refresh(context, session.organisationId, await known(context, session, request)));
    void context.automation.turn(session.organisationId);
    return refreshed;
  },
  'resources.samples': ({ database, now }, { organisationId }, request) => readSamples(database, organisationId, request, now().getTime()),
  async 'resources.queue-jobs'(context, session, { provider, queue, state, limit, withWords }) {
    const { jobs } = await known(context, session, { provider });
    return jobs === undefined ? { failure: 'not-supported' } : orFailure(jobs({ queue, state, limit, withWords }, context.desk.stopped.signal));
  },
  'resources.apply': ({ runs }, { organisationId }, { actorId, moves }) => runs.apply(organisationId, actorId, moves),
  'resources.run': ({ runs }, { organisationId }, { runId }) => runs.read(organisationId, runId),
  'resources.stop': ({ runs }, { organisationId }, { runId }) => runs.stop(organisationId, runId),
  'resources.roll-back': ({ runs }, { organisationId }, { runId }) => runs.rollBack(organisationId, runId),
  'resources.jobs': ({ jobs }, { organisationId }, { limit }) => jobs.list(organisationId, limit),
  'resources.job-result': ({ jobs }, { organisationId }, { jobId }) => jobs.result(organisationId, jobId),
  'resources.add-job': (context, { organisationId }, { job }) => (job.kind === 'usage-report' ? addUsageReport(context, organisationId, job) : addDigestCheck(context, organisationId)),
  'resources.automation': ({ automation }, { organisationId }) => automation.read(organisationId),
  async 'resources.set-automation'({ database }, { organisationId }, { settings }) {
    await writeSettings(database, organisationId, settings);
    return {};
  },
  'resources.look': ({ automation }, { organisationId }) => automation.ask(organisationId),
  'resources.decide': ({ automation }, { organisationId }, { actorId, proposalId, approve }) => automation.decide(organisationId, actorId, proposalId, approve),
  async 'resources.acknowledge'({ database, now }, { organisationId }, { actorId, alarmId }) {
    if (!(await acknowledgeAlarm(database, organisationId, alarmId, { acknowledged_at: now().getTime(), acknowledged_by: actorId }))) refuse('not-found');
    return {};
  },
};

const known = async ({ desk }: ServiceContext, { organisationId }: Session, { provider }: { provider: string }) => (await desk.provider(organisationId, provider)) ?? refuse('not-found');
