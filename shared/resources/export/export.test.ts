import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planMoves } from '../moves.ts';
import { noRestraint } from '../restraint.ts';
import { amounts, cloudOf, hostId, hostOf, machineId, machineOf, smallClouds } from '../testing/inventories.ts';
import { canonicalJson } from './json.ts';
import { domainXml, escapeXml } from './libvirt.ts';
import { quoted, virshScript } from './virsh.ts';

describe('libvirt domain XML', () => {
  it('escapes every name and holds what the machine asks for', () => {
    const xml = domainXml(machineOf(0, amounts(2, 512), { name: `<a href="x">&'/` }));
    expect(xml).toContain('<name>&lt;a href=&quot;x&quot;&gt;&amp;&apos;-</name>');
    expect(xml).toContain("<memory unit='MiB'>512</memory>");
    expect(xml).toContain('<vcpu>2</vcpu>');
    expect(domainXml(machineOf(0, amounts(0)))).toContain('<vcpu>1</vcpu>');
  });

  it('leaves no mark-up and no forbidden character in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const escaped = escapeXml(text);
        expect(escaped).not.toMatch(/[<>"'\p{Cc}\uFFFE\uFFFF]/u);
        expect(escaped).not.toMatch(/&(?!amp;|lt;|gt;|quot;|apos;|#\d+;)/);
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});

describe('the virsh script', () => {
  it('is nothing but its commands to sh, whatever the machines are called', () => {
    const evil = `x'; echo broken\n$(echo broken) "\`echo broken\`" \\`;
    const cloud = cloudOf([hostOf(0, amounts(8, 1000), { name: "a'b" }), hostOf(1, amounts(8, 1000))], [machineOf(0, amounts(1, 100), { name: evil, hostId: hostId(0) }), machineOf(1, amounts(1), { name: '$(echo broken)\nDOMAIN\n' })]);
    const placement = [0, 1].map((n) => ({ virtualMachineId: machineId(n), hostId: hostId(1) }));
    const script = virshScript(cloud, planMoves(cloud, placement, { bandwidth: 1000, restraint: noRestraint }));
    // A function of the same name stands for virsh: what matters is what the shell makes of the script.
    const said = execFileSync('/bin/sh', ['-c', `virsh() { printf '[%s]' "$@"; echo; if [ "$3" = define ]; then cat; fi; }\n${script}`], { encoding: 'utf8' });
    const flat = evil.replace('\n', ' ');
    expect(said.split('\n')).toEqual([
      '[-c][qemu+ssh://host%201/system][define][/dev/stdin]',
      ...domainXml(cloud.virtualMachines[1]!).trimEnd().split('\n'),
      `[-c][qemu+ssh://a'b/system][migrate][--live][--persistent][--undefinesource][--][${flat}][qemu+ssh://host%201/system]`,
      '',
    ]);
  });

  it('quotes any word so that sh gives it back', () => {
    const words = fc.sample(fc.string({ unit: 'grapheme', minLength: 1 }).filter((word) => !word.includes('\0')), { seed: 9, numRuns: 50 });
    expect(execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${words.map(quoted).join(' ')}`], { encoding: 'utf8' }).split('\0').slice(0, -1)).toEqual(words);
  });
});

it('JSON is the same for the same content, and reads back as it was', () => {
  expect(canonicalJson({ b: [1, { d: 1, c: 2 }], a: null })).toBe(canonicalJson({ a: null, b: [1, { c: 2, d: 1 }] }));
  fc.assert(fc.property(smallClouds, (inventory) => { expect(JSON.parse(canonicalJson(inventory))).toEqual(inventory); }), { seed: 6 });
});
