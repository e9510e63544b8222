import type { Connection } from '../connection.ts';
import { collectionTable, generated } from './0001-collections.ts';

/** Referrals with the charts sent along, messages and tasks: listed by where they come from and go to, and by whom they are about. */
export function communication(connection: Connection): void {
  const subject = [generated('patient_id', 'patientId'), generated('referral_id', 'referralId')];
  const receipts = [generated('received', 'received'), generated('read_at', 'read.at')];
  // Looked for after every sync: all that was ever sent must not be read for it.
  const toReceive = (table: string, from: string, to: string) => `
    CREATE INDEX ${table}_to_receive ON ${table} (${from}_site_id, ${to}_site_id) WHERE received IS NULL AND deleted = 0;`;
  // How many there are in a box is told by this index alone: without it each question reads every message that was ever sent.
  const boxes = (table: string, columns: string) => `CREATE INDEX ${table}_boxes ON ${table} (${columns}) WHERE deleted = 0 AND content <> 'null';`;
  const subjectIndices = (table: string) => `
    CREATE INDEX ${table}_by_patient ON ${table} (patient_id) WHERE patient_id IS NOT NULL;
    CREATE INDEX ${table}_by_referral ON ${table} (referral_id) WHERE referral_id IS NOT NULL;`;
  connection.exec(`
    ${collectionTable('referrals', [
      generated('status', 'status'), generated('kind', 'kind'), generated('sender_site_id', 'senderSiteId'), generated('recipient_site_id', 'recipientSiteId'),
      generated('subject_id', 'subjectId'), generated('recipient_patient_id', 'recipientPatientId'), generated('authored_on', 'authoredOn'), generated('handed_over', 'handedOver'), ...receipts,
    ])}
    CREATE INDEX referrals_by_recipient ON referrals (recipient_site_id, authored_on);
    CREATE INDEX referrals_by_sender ON referrals (sender_site_id, authored_on);
    CREATE INDEX referrals_by_subject ON referrals (subject_id);
    CREATE INDEX referrals_by_recipient_patient ON referrals (recipient_patient_id) WHERE recipient_patient_id IS NOT NULL;
    CREATE INDEX referrals_to_hand_over ON referrals (sender_site_id) WHERE kind = 'transfer' AND handed_over IS NULL AND deleted = 0;
    ${toReceive('referrals', 'sender', 'recipient')}

    ${collectionTable('shared_charts')}

    ${collectionTable('communications', [
      ...subject, generated('sender_site_id', 'senderSiteId'), generated('sender_id', 'senderId'), generated('recipient_site_id', 'recipientSiteId'),
      generated('recipient_id', 'recipientId'), generated('sent', 'sent'), ...receipts,
    ])}
    ${subjectIndices('communications')} ${toReceive('communications', 'sender', 'recipient')} ${boxes('communications', 'sender_id, recipient_id, recipient_site_id')}
    CREATE INDEX communications_by_time ON communications (sent);
    CREATE INDEX communications_deleted ON communications (change_seq) WHERE deleted = 1;
    CREATE INDEX communications_unread ON communications (recipient_id, recipient_site_id, sender_id) WHERE read_at IS NULL AND deleted = 0;

    ${collectionTable('care_tasks', [
      ...subject, generated('status', 'status'), generated('due', 'due'), generated('requester_site_id', 'requesterSiteId'), generated('requester_id', 'requesterId'),
      generated('owner_site_id', 'ownerSiteId'), generated('owner_id', 'ownerId'), generated('authored_on', 'authoredOn'), ...receipts,
    ])}
    ${subjectIndices('care_tasks')} ${toReceive('care_tasks', 'requester', 'owner')} ${boxes('care_tasks', 'requester_id, owner_id, owner_site_id, status')}
    CREATE INDEX care_tasks_by_time ON care_tasks (authored_on);
    CREATE INDEX care_tasks_by_status ON care_tasks (status, due);

    ALTER TABLE conflicts ADD COLUMN ${generated('referral_id', 'referralId')};
    ALTER TABLE conflicts ADD COLUMN ${generated('shared_chart_id', 'sharedChartId')};
    CREATE INDEX conflicts_by_referral ON conflicts (referral_id) WHERE referral_id IS NOT NULL;
    CREATE INDEX conflicts_by_shared_chart ON conflicts (shared_chart_id) WHERE shared_chart_id IS NOT NULL;
  `);
}
