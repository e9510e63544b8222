import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chunkBytes } from '../../shared/attachments/attachment.ts';
import { uploadBytes } from '../../shared/contract/document-references.ts';
import type { DocumentReference } from '../../shared/schema/document-reference.ts';
import { findAttachment, hashOf } from '../storage/attachments/bytes.ts';
import { statement } from '../storage/statements.ts';
import type { Context } from './context.ts';
import {
  appendUpload, beginUpload, createDocument, deleteDocument, documentExported, listDocuments, openDocument, readDocument, restoreDocument, updateDocument,
} from './document-references.ts';
import { createPatient } from './patients.ts';
import { auditTrail, errorOf, openClinic, patientInput } from './testing/clinic.ts';
import { listTrash } from './trash.ts';

const page = { offset: 0, limit: 10 };
const content = { title: '胸片报告', type: 'imaging' as const, date: '2026-03-01' };

async function open() {
  const clinic = await openClinic();
  const doctor = clinic.context('doctor');
  return { clinic, doctor, patientId: createPatient(doctor, { patient: patientInput }).id };
}

function upload(context: Context, bytes: Uint8Array): string {
  const { uploadId } = beginUpload(context, { size: bytes.length });
  for (let from = 0; from < bytes.length; from += uploadBytes) appendUpload(context, { uploadId, base64: Buffer.from(bytes.subarray(from, from + uploadBytes)).toString('base64') });
  return uploadId;
}

function bytesOf(context: Context, { id }: DocumentReference): Buffer {
  const parts: Buffer[] = [];
  for (let part = 0; ; part += 1) {
    const { base64, done } = readDocument(context, { id, part });
    parts.push(Buffer.from(base64, 'base64'));
    if (done) return Buffer.concat(parts);
  }
}

test('a document of several pieces comes back as it was, its bytes lie encrypted, and the audit knows who opened and took it out', async () => {
  const { clinic, doctor, patientId } = await open();
  const bytes = Buffer.from('%PDF-1.7\n' + '秘密的诊断'.repeat(60_000));
  expect(bytes.length).toBeGreaterThan(uploadBytes + chunkBytes);
  const document = createDocument(doctor, { uploadId: upload(doctor, bytes), patientId, content });
  expect(document.attachment).toEqual({ contentType: 'application/pdf', size: bytes.length, hash: hashOf(bytes) });
  expect(openDocument(doctor, { id: document.id })).toMatchObject({ isHere: true, bytesHere: bytes.length });
  expect(bytesOf(doctor, document).equals(bytes)).toBe(true);
  documentExported(doctor, { id: document.id });
  expect(auditTrail(clinic).map(({ action }) => action).slice(-3)).toEqual(['document.created', 'document.viewed', 'document.exported']);
  const { profile } = doctor.workstation;
  for (const file of ['outpost.db', 'outpost.db-wal']) expect(readFileSync(join(profile, file)).includes('秘密的诊断')).toBe(false);
});

test('its description changes and its bytes never do; the trash keeps both', async () => {
  const { doctor, patientId } = await open();
  const document = createDocument(doctor, { uploadId: upload(doctor, Buffer.from('普通文本')), patientId, content });
  const renamed = updateDocument(doctor, { id: document.id, rev: document.rev, content: { ...content, title: '新标题' } });
  expect(renamed).toMatchObject({ title: '新标题', attachment: document.attachment });
  deleteDocument(doctor, { id: document.id, rev: renamed.rev });
  expect(listDocuments(doctor, { patientId, ...page }).rows).toEqual([]);
  const [thrownAway] = listTrash(doctor, page).rows;
  expect(thrownAway).toMatchObject({ collection: 'documentReferences', id: document.id, title: '新标题' });
  const restored = restoreDocument(doctor, { id: document.id, rev: thrownAway!.rev });
  expect(bytesOf(doctor, restored).toString()).toBe('普通文本');
});

test('bytes are kept once for all that name them, and go with the last', async () => {
  const { doctor, patientId } = await open();
  const { connection } = doctor.store;
  const two = [1, 2].map(() => createDocument(doctor, { uploadId: upload(doctor, Buffer.from('同一份')), patientId, content }));
  const { hash } = two[0]!.attachment;
  statement(connection, 'DELETE FROM attachment_uploads').run();
  const purge = (id: string) => {
    statement(connection, "DELETE FROM revisions WHERE collection = 'documentReferences' AND document_id = ?").run(id);
    statement(connection, "UPDATE document_references SET content = 'null' WHERE id = ?").run(id);
  };
  const chunks = () => statement(connection, 'SELECT count(*) FROM attachment_chunks').pluck().get();
  purge(two[0]!.id);
  expect(findAttachment(connection, hash)?.complete).toBe(1);
  deleteDocument(doctor, { id: two[1]!.id, rev: two[1]!.rev });
  expect(chunks()).toBe(1);
  purge(two[1]!.id);
  expect([findAttachment(connection, hash), chunks()]).toEqual([undefined, 0]);
});

test('bytes that were not sent yet outlive a document that leaves the scope, and no purge', async () => {
  const { doctor, patientId } = await open();
  const { connection } = doctor.store;
  const [left, purged] = ['甲', '乙'].map((text) => createDocument(doctor, { uploadId: upload(doctor, Buffer.from(text)), patientId, content }));
  statement(connection, 'DELETE FROM document_references WHERE id = ?').run(left!.id);
  expect(findAttachment(connection, left!.attachment.hash)?.complete).toBe(1);
  statement(connection, 'DELETE FROM attachment_uploads WHERE document_id = ?').run(left!.id);
  expect(findAttachment(connection, left!.attachment.hash)).toBeUndefined();
  statement(connection, "UPDATE document_references SET content = 'null' WHERE id = ?").run(purged!.id);
  expect(findAttachment(connection, purged!.attachment.hash)).toBeUndefined();
});

test('what it is is read from its bytes; anything that runs, is cut or too large is refused', async () => {
  const { doctor, patientId } = await open();
  const make = (bytes: Uint8Array) => () => createDocument(doctor, { uploadId: upload(doctor, bytes), patientId, content });
  expect(make(Buffer.from([0xff, 0xd8, 0xff, 0xd9]))().attachment.contentType).toBe('image/jpeg');
  for (const refused of [Buffer.from('MZ\u0000\u0001'), Buffer.from('<!DOCTYPE html><script>'), Buffer.from('  <svg onload="x"/>'), Buffer.from([0x50, 0x4b, 3, 4])]) {
    expect(await errorOf(make(refused))).toEqual({ code: 'attachment-not-supported' });
  }
  expect(await errorOf(() => beginUpload(doctor, { size: 50 * 1024 * 1024 + 1 }))).toEqual({ code: 'attachment-too-large', limitMegabytes: 50 });
  const { uploadId } = beginUpload(doctor, { size: 10 });
  appendUpload(doctor, { uploadId, base64: 'AAAA' });
  expect(await errorOf(() => createDocument(doctor, { uploadId, patientId, content }))).toEqual({ code: 'attachment-lost' });
  expect(await errorOf(() => appendUpload(doctor, { uploadId: doctor.user.id, base64: 'AAAA' }))).toEqual({ code: 'attachment-lost' });
});

test('a document whose bytes are not here says so', async () => {
  const { doctor, patientId } = await open();
  const document = doctor.store.commit({ actor: doctor.actor, action: 'document.created' }, (transaction) =>
    transaction.create('documentReferences', { ...content, patientId, authorId: 'a', authorName: 'A', attachment: { contentType: 'text/plain', size: 5, hash: 'a'.repeat(64) } }));
  expect(openDocument(doctor, { id: document.id })).toMatchObject({ isHere: false, bytesHere: 0 });
  expect(await errorOf(() => readDocument(doctor, { id: document.id, part: 0 }))).toEqual({ code: 'attachment-not-here' });
});
