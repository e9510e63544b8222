import { can, roles, type Permission, type Role } from '../../shared/permissions.ts';
import { adminSchemas, type AdminAnswers, type AdminMessageName, type AdminRequest } from '../../shared/sync/admin-protocol.ts';
import type { CloudContext } from '../resources/cloud.ts';
import { resourceHandlers } from '../resources/index.ts';
import { assertOneSite } from '../follow/one-site.ts';
import type { ServiceContext } from './context.ts';
import { refuse } from './failure.ts';
import { readFleet, readLag } from './fleet.ts';
import { createCodeIn } from './organisations.ts';
import { releaseQuarantined } from './quarantine-release.ts';
import { listQuarantine, readQuarantined } from './quarantine-view.ts';
import { closeSessions, readSession, type Session } from './sessions.ts';
import { noteNamesChanged } from './names.ts';

type Handler<Name extends AdminMessageName> = (context: CloudContext, session: Session, request: AdminRequest<Name>) => Promise<AdminAnswers[Name]>;

const handlers: { [Name in AdminMessageName]: Handler<Name> } = {
  'create-code': (context, session, { siteId, mayAdminister }) => createCodeIn(context, session.organisationId, { siteId, mayAdminister }),
  fleet: (context, session) => readFleet(context, session),
  lag: (context, session, { hours }) => readLag(context, session, hours),
  rename,
  revoke,
  move,
  permit,
  'quarantine.list': listQuarantine,
  'quarantine.read': readQuarantined,
  'quarantine.release': releaseQuarantined,
  ...resourceHandlers,
};

/** Answers an admin, see shared/sync/admin-protocol.ts for who that is. */
export async function administer<Name extends AdminMessageName>(context: CloudContext, name: Name, token: string | null, body: unknown): Promise<AdminAnswers[Name]> {
  const schema = Object.hasOwn(adminSchemas, name) ? adminSchemas[name] : refuse('not-found');
  const session = await readSession(context, token);
  const parsed = schema.safeParse(body);
  if (!parsed.success) return refuse('malformed-message');
  const request = parsed.data as AdminRequest<Name>;
  if (session.state === 'revoked') return refuse('device-revoked');
  if (!session.mayAdminister || !(await mayDo(context, session, request.actorId, name.startsWith('resources.') ? 'resource.manage' : 'sync.manage'))) return refuse('forbidden');
  return (handlers[name] as Handler<Name>)(context, session, request);
}

async function mayDo({ database }: ServiceContext, { organisationId }: Session, actorId: string, permission: Permission): Promise<boolean> {
  const [user] = await database.rows<{ content: string | null; deleted: number }>(
    `SELECT content, deleted FROM revisions WHERE organisation_id = ? AND document_id = ? AND collection = 'users' AND superseded_position IS NULL`,
    [organisationId, actorId],
  );
  if (user?.content == null || user.deleted === 1) return false;
  const { role, active } = JSON.parse(user.content) as { role?: Role; active?: boolean };
  return active === true && role !== undefined && roles.includes(role) && can(role, permission);
}

async function rename({ database }: ServiceContext, { organisationId }: Session, { deviceId, name }: AdminRequest<'rename'>) {
  await database.transaction(async (queries) => {
    const [device] = await queries.rows('SELECT id FROM devices WHERE id = ? AND organisation_id = ?', [deviceId, organisationId]);
    if (device === undefined) refuse('not-found');
    await queries.change('UPDATE devices SET name = ? WHERE id = ?', [name, deviceId]);
    await noteNamesChanged(queries, organisationId);
  });
  return {};
}

async function permit({ database }: ServiceContext, { organisationId }: Session, { deviceId, mayAdminister }: AdminRequest<'permit'>) {
  const changed = await database.change('UPDATE devices SET may_administer = ? WHERE id = ? AND organisation_id = ?', [mayAdminister ? 1 : 0, deviceId, organisationId]);
  return changed === 0 ? refuse('not-found') : {};
}

/** A stolen workstation and every copy of it. They learn it at their next hello: their tokens end here. */
async function revoke({ database, endings, hostDeviceId }: ServiceContext, { organisationId }: Session, { deviceId }: AdminRequest<'revoke'>) {
  await database.transaction(async (queries) => {
    const lineage = await queries.rows<{ id: string }>(
      'SELECT d.id AS id FROM devices d JOIN devices named ON named.lineage_id = d.lineage_id WHERE named.id = ? AND named.organisation_id = ?',
      [deviceId, organisationId],
    );
    if (lineage.length === 0) refuse('not-found');
    if (lineage.some(({ id }) => id === hostDeviceId())) refuse('forbidden');
    for (const { id } of lineage) await queries.change(`UPDATE devices SET state = 'revoked', may_administer = 0 WHERE id = ?`, [id]);
    await closeSessions(queries, lineage.map(({ id }) => id));
  });
  endings.tell(organisationId);
  return {};
}

/** The device takes the snapshot of its new site at its next hello; what it wrote for the old one is still taken. */
async function move({ database, endings }: ServiceContext, { organisationId }: Session, { deviceId, siteId }: AdminRequest<'move'>) {
  await database.transaction(async (queries) => {
    const [device] = await queries.rows<{ siteId: string }>('SELECT site_id AS siteId FROM devices WHERE id = ? AND organisation_id = ?', [deviceId, organisationId]);
    if (device === undefined) return refuse('not-found');
    if (device.siteId === siteId) return;
    await assertOneSite(queries, organisationId, siteId);
    await queries.change('UPDATE devices SET site_id = ?, scope_version = scope_version + 1 WHERE id = ?', [siteId, deviceId]);
    await queries.change('DELETE FROM device_sites WHERE device_id = ? AND site_id = ?', [deviceId, siteId]);
    await queries.change('INSERT INTO device_sites (device_id, site_id) VALUES (?, ?)', [deviceId, siteId]);
    await noteNamesChanged(queries, organisationId);
    await closeSessions(queries, [deviceId]);
  });
  endings.tell(organisationId);
  return {};
}
