import type { VirtualMachine } from '../../schema/virtual-machine.ts';

/**
 * Text inside an XML element or a quoted attribute. Characters that XML 1.0 forbids, such as the bell, have no escape:
 * they become U+FFFD, or the whole document would be refused.
 */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
    .replace(/[\t\n\r]/g, (space) => `&#${space.charCodeAt(0)};`);
}

/** libvirt refuses a name with a slash, and one without a letter. */
export const domainName = (name: string): string => name.replaceAll('/', '-').replace(/[\t\n\r]/g, ' ');

/**
 * A machine as a libvirt domain (https://libvirt.org/formatdomain.html) that `virsh define` takes: name, uuid, memory,
 * processors. Disks and networks are not known here and are left to whoever defines it. A machine of no memory or no
 * processors gets the least that libvirt allows.
 */
export function domainXml({ id, name, demand }: Pick<VirtualMachine, 'id' | 'name' | 'demand'>, type: 'kvm' | 'qemu' | 'test' = 'kvm'): string {
  return [
    `<domain type='${type}'>`,
    `  <name>${escapeXml(domainName(name))}</name>`,
    `  <uuid>${escapeXml(id)}</uuid>`,
    `  <memory unit='MiB'>${Math.max(1, demand.memory)}</memory>`,
    `  <vcpu>${Math.max(1, demand.cpu)}</vcpu>`,
    '  <os>',
    '    <type>hvm</type>',
    '  </os>',
    '</domain>',
    '',
  ].join('\n');
}
