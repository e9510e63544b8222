import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { hasVirsh, machineOf, uuidOf, writeBadVirsh, writeTestHosts } from '../../testing/libvirt.ts';
import { guarded, type TimeLimits } from '../guard.ts';
import { codeOf, outputOf, type Provider } from '../provider.ts';
import type { LibvirtHost } from './connection.ts';
import { libvirtProvider } from './index.ts';

const signal = new AbortController().signal;
const codeFrom = (asked: Promise<unknown>) => asked.then(() => undefined, (error: unknown) => codeOf(error));
const twoHosts = () =>
  writeTestHosts([
    { name: 'rack1-a', processors: 16, memory: 65_536, machines: [machineOf(1), machineOf(2)] },
    { name: "b of rack 'two'", processors: 32, memory: 131_072, machines: [machineOf(3)] },
  ]);

describe.skipIf(!hasVirsh)('libvirt, on virsh and its test driver', () => {
  let provider: Provider | undefined;
  const open = (hosts: LibvirtHost[], program?: string, limits?: Partial<TimeLimits>) => (provider = guarded(libvirtProvider(hosts, program), limits));
  afterEach(() => provider?.close());

  /** Host's key of each machine, by the inventory. */
  const places = async (from: Provider) =>
    Object.fromEntries((await from.inventory(signal)).observations.flatMap(({ collection, facts, references }) => (collection === 'virtualMachines' ? [[facts['name'], references.hostId?.providerKey]] : [])));
  const move = (machine: number, from: string, to: string) => ({ kind: 'migrate', provider: 'libvirt', machine: uuidOf(machine), from, to }) as const;

  it('reads hosts, machines and pools', async () => {
    const { observations, unreachable } = await open(twoHosts()).inventory(signal);
    expect(unreachable).toEqual([]);
    expect(observations.filter(({ collection }) => collection === 'hosts')).toMatchObject([
      { providerKey: 'rack1-a', facts: { name: 'rack1-a', capacity: { cpu: 16, memory: 65_536 } }, defaults: { capacity: { disk: 100 } } },
      { providerKey: "b of rack 'two'", facts: { capacity: { cpu: 32, memory: 131_072 } } },
    ]);
    expect(observations.find(({ providerKey }) => providerKey === uuidOf(1))).toEqual({
      collection: 'virtualMachines', providerKey: uuidOf(1), facts: { name: 'machine-1', state: 'running', demand: { cpu: 2, memory: 2048 } },
      defaults: { demand: { disk: 0, bandwidth: 0 } }, references: { hostId: { collection: 'hosts', providerKey: 'rack1-a' } },
    });
    expect(observations.filter(({ collection }) => collection === 'storagePools')[0]).toMatchObject({
      providerKey: `rack1-a/${uuidOf(0)}`, facts: { name: 'rack1-a/images', kind: 'directory', state: 'available', capacity: 100, used: 0 },
    });
  });

  it('reads the default host of the test driver', async () => {
    const { observations } = await open([{ name: 'default', uri: 'test:///default' }]).inventory(signal);
    expect(observations.find(({ collection }) => collection === 'virtualMachines')).toMatchObject({ facts: { name: 'test', state: 'running', demand: { cpu: 2, memory: 2048 } } });
  });

  it('moves a running machine, says where it is in the words of virsh, and knows the way back', async () => {
    const hosts = open(twoHosts());
    const applied = await hosts.apply(move(1, 'rack1-a', "b of rack 'two'"), signal);
    expect(applied.observedHost).toBe("b of rack 'two'");
    expect(applied.output).toMatch(/machine-1\s+running/);
    expect(await places(hosts)).toEqual({ 'machine-1': "b of rack 'two'", 'machine-2': 'rack1-a', 'machine-3': "b of rack 'two'" });
    await hosts.apply(applied.undo!, signal);
    expect((await places(hosts))['machine-1']).toBe('rack1-a');
  });

  it('starts, ends and resizes machines, and says what was there before', async () => {
    const hosts = open(twoHosts());
    const about = { provider: 'libvirt', machine: uuidOf(3) };
    const factsOf = async () => (await hosts.inventory(signal)).observations.find(({ providerKey }) => providerKey === uuidOf(3))?.facts;
    expect((await hosts.apply({ ...about, kind: 'shut-down' }, signal)).undo).toEqual({ ...about, kind: 'start' });
    expect(await factsOf()).toMatchObject({ state: 'stopped' });
    expect((await hosts.apply({ ...about, kind: 'set-processors', processors: 6 }, signal)).undo).toEqual({ ...about, kind: 'set-processors', processors: 2 });
    await hosts.apply({ ...about, kind: 'set-memory', memory: 4096 }, signal);
    await hosts.apply({ ...about, kind: 'start' }, signal);
    expect(await factsOf()).toEqual({ name: 'machine-3', state: 'running', demand: { cpu: 6, memory: 4096 } });
    await hosts.apply({ ...about, kind: 'set-memory', memory: 1024 }, signal);
    expect(await factsOf()).toMatchObject({ demand: { memory: 1024 } });
    expect(await codeFrom(hosts.apply({ ...about, kind: 'set-processors', processors: 9 }, signal))).toBe('refused');
    expect(await factsOf()).toMatchObject({ demand: { cpu: 6 } });
  });

  it('does nothing with a machine that is not where the move says, or with hosts it does not know', async () => {
    const hosts = open(twoHosts());
    const before = await places(hosts);
    expect(await codeFrom(hosts.apply(move(3, 'rack1-a', "b of rack 'two'"), signal))).toBe('not-where-expected');
    expect(await codeFrom(hosts.apply(move(9, 'rack1-a', "b of rack 'two'"), signal))).toBe('not-where-expected');
    expect(await codeFrom(hosts.apply(move(1, 'rack1-a', 'elsewhere'), signal))).toBe('not-found');
    expect(await codeFrom(hosts.apply({ kind: 'start', provider: 'libvirt', machine: 'x; destroy machine-1' }, signal))).toBe('not-found');
    expect(await codeFrom(hosts.apply({ kind: 'create-pool', provider: 'libvirt', name: 'x' }, signal))).toBe('not-supported');
    expect(await places(hosts)).toEqual(before);
  });

  it.each([
    ['refuses to start it there', '"; start "', 'line=${line/start/start nobody}', 1, 'not-found'],
    ['dies at the start there', '"; start "', 'exit 1', 1, 'died'],
    ['refuses to forget it here', '"; undefine "', 'line=${line/undefine/undefine nobody}', 0, 'not-found'],
  ])('takes a move back when virsh %s', async (_name, pattern, then, host, code) => {
    const hosts = open(twoHosts(), writeBadVirsh(pattern, then, host));
    expect(await codeFrom(hosts.apply(move(1, 'rack1-a', "b of rack 'two'"), signal))).toBe(code);
    const { observations } = await hosts.inventory(signal);
    const seen = observations.filter(({ providerKey }) => providerKey === uuidOf(1));
    expect(seen).toMatchObject([{ facts: { state: 'running' }, references: { hostId: { providerKey: 'rack1-a' } } }]);
  });

  it('says where a machine runs that was left on two hosts because one of them died for good', async () => {
    const dead = join(mkdtempSync(join(tmpdir(), 'dead-')), 'dead');
    const hosts = open(twoHosts(), writeBadVirsh('', `[[ $line == *'; undefine '* ]] && touch ${dead}; [[ -f ${dead} ]] && exit 1`, 0));
    const wanted = move(1, 'rack1-a', "b of rack 'two'");
    expect(await codeFrom(hosts.apply(wanted, signal))).toBe('left-in-two-places');
    expect(await hosts.look(wanted, signal)).toEqual({ state: 'unanswered', observedHost: "b of rack 'two'" });
  });

  it('names a host that does not answer, and shows the others', async () => {
    const [first] = twoHosts();
    const { observations, unreachable } = await open([first!, { name: 'gone', uri: 'qemu+unix:///system?socket=/nowhere' }]).inventory(signal);
    expect(unreachable).toEqual([{ providerKey: 'gone', code: 'unreachable' }]);
    expect(observations.filter(({ collection }) => collection === 'hosts').map(({ providerKey }) => providerKey)).toEqual(['rack1-a']);
  });

  it.each([
    ['hangs', 'sleep 60', 'timeout'],
    ['dies', 'exit 1', 'died'],
  ])('says so when virsh %s, and goes on with another one', async (_name, then, code) => {
    const program = writeBadVirsh('nodeinfo', then);
    const limited = AbortSignal.timeout(2000);
    const hosts = open(twoHosts().slice(0, 1), program);
    expect((await hosts.inventory(limited)).unreachable).toEqual([{ providerKey: 'rack1-a', code }]);
    expect(await hosts.look(move(1, 'rack1-a', 'rack1-a'), signal)).toBeDefined();
  });

  it.each(['nodeinfo', 'dumpxml', 'list --all --uuid'])('believes no nonsense for %s', async (command) => {
    const program = writeBadVirsh(`"${command}"`, 'line="${line%%; *}; version; ${line##*; }"');
    expect((await open(twoHosts().slice(0, 1), program).inventory(signal)).unreachable).toEqual([{ providerKey: 'rack1-a', code: 'unreadable' }]);
  });

  it('says that virsh is not there', async () => {
    expect((await open(twoHosts().slice(0, 1), '/nowhere/virsh').inventory(signal)).unreachable).toEqual([{ providerKey: 'rack1-a', code: 'not-installed' }]);
  });

  it('keeps what virsh said of a refusal', async () => {
    const error: unknown = await open(twoHosts()).apply({ kind: 'set-processors', provider: 'libvirt', machine: uuidOf(1), processors: 99 }, signal).catch((caught: unknown) => caught);
    expect(outputOf(error)).toContain('requested cpu amount exceeds maximum');
  });
});
