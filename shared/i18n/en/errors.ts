/** Per error code: what happened, what is safe, what to do. */
export const errors = {
  'invalid-input': {
    title: 'Some fields need a correction',
    safe: 'Nothing was saved yet. What you typed is still here.',
    todo: 'Correct the marked fields and save again.',
  },
  'unknown-call': {
    title: 'This action is not known to the workstation',
    safe: 'Saved work is safe.',
    todo: 'Close Outpost and open it again. If it happens again, tell your administrator.',
  },
  'untrusted-sender': {
    title: 'A request from outside Outpost was refused',
    safe: 'Nothing was read or changed.',
    todo: 'Close this window and open Outpost again.',
  },
  unauthenticated: {
    title: 'You are not signed in',
    safe: 'Saved work is safe.',
    todo: 'Sign in and try again.',
  },
  locked: {
    title: 'The screen is locked',
    safe: 'Your open form is kept.',
    todo: 'Unlock with your password and try again.',
  },
  forbidden: {
    title: 'Your role does not allow this',
    safe: 'Nothing was changed.',
    todo: 'Ask a colleague with the right role, or ask your administrator to change yours.',
  },
  'not-found': {
    title: 'This entry is no longer here',
    safe: 'Nothing was changed.',
    todo: 'It may have been moved to the trash. Go back and look for it again.',
  },
  'stale-revision': {
    title: 'Somebody saved a newer version meanwhile',
    safe: 'Nothing was overwritten. What you typed is still here.',
    todo: 'Look at the newer version, then save yours over it or take theirs.',
  },
  'record-signed': {
    title: 'This record is already signed',
    safe: 'The signed text was not changed.',
    todo: 'Amend the record instead; the original is kept.',
  },
  'undo-nothing': {
    title: 'There is nothing to undo',
    safe: 'Nothing was changed.',
    todo: 'A save can be undone for a few minutes after it. Later, look at the versions of the document.',
  },
  'undo-signed': {
    title: 'What is signed cannot be undone',
    safe: 'The signed text and the signed orders stand as they are.',
    todo: 'Amend the record, or stop the order, and say why.',
  },
  'undo-changed-since': {
    title: 'It has been changed or worked on since',
    safe: 'Nothing was changed: the newer text stands.',
    todo: 'Open it and correct it by hand; each version is in its history.',
  },
  'undo-not-offered': {
    title: 'This cannot be undone with one key',
    safe: 'Nothing was changed.',
    todo: 'Go to the screen where you did it and change it there.',
  },
  'record-not-signed': {
    title: 'This record is not signed yet',
    safe: 'Nothing was changed.',
    todo: 'Edit it, or sign it first.',
  },
  'patient-deleted': {
    title: 'This patient is in the trash',
    safe: 'The chart is kept as it was.',
    todo: 'Restore the patient from the trash to go on.',
  },
  'wrong-credentials': {
    title: 'User name or password is wrong',
    safe: 'Nothing was changed.',
    todo: 'Check capital letters and the keyboard language, and try again.',
  },
  'account-not-here-yet': {
    title: 'User name or password is wrong, or has not arrived yet',
    safe: 'Nothing was changed. The first copy from the server is still coming in, and people’s accounts with it.',
    todo: 'Wait a moment and try again. If it stays so, check capital letters and the keyboard language.',
  },
  'sign-in-delayed': {
    title: 'Too many failed attempts',
    safe: 'Nothing was changed. The delay protects your patients’ data.',
    todo: 'Wait {{retryAfterSeconds}} s and try again.',
  },
  'wrong-recovery-key': {
    title: 'This recovery key does not open the clinic’s data',
    safe: 'Nothing was changed.',
    todo: 'Compare it with the printed key, group by group. A renewed key replaces the older ones.',
  },
  'username-taken': {
    title: 'This user name is already taken',
    safe: 'Nothing was saved yet. What you typed is still here.',
    todo: 'Choose another user name.',
  },
  'last-admin': {
    title: 'The clinic needs at least one active administrator',
    safe: 'Nothing was changed.',
    todo: 'Make somebody else an administrator first.',
  },
  'already-set-up': {
    title: 'This workstation is already set up',
    safe: 'The existing clinic was not touched.',
    todo: 'Sign in instead.',
  },
  'not-set-up': {
    title: 'This workstation has no clinic yet',
    safe: 'Nothing was changed.',
    todo: 'Set up the clinic first.',
  },
  'database-damaged': {
    title: 'The database is damaged',
    safe: 'Outpost stopped before anything could get worse. Your backups were not touched.',
    todo: 'Restore the newest verified backup.',
  },
  'database-newer': {
    title: 'The database was written by a newer Outpost',
    safe: 'Nothing was changed. All data is kept as it is.',
    todo: 'Install the newer version of Outpost (data version {{found}}, this one reads up to {{supported}}).',
  },
  'database-key-lost': {
    title: 'The key to the database is missing',
    safe: 'The data is intact, but locked.',
    todo: 'Enter the clinic’s recovery key, or restore a backup.',
  },
  'profile-in-use': {
    title: 'Outpost is already open with this data',
    safe: 'Nothing was changed.',
    todo: 'Use the window that is already open, or close it first.',
  },
  'disk-full': {
    title: 'The disk is full',
    safe: 'This save did not happen; everything saved before is safe. What you typed is still here.',
    todo: 'Free some space on the disk, then save again.',
  },
  'storage-unavailable': {
    title: 'The disk cannot be written to',
    safe: 'This save did not happen; everything saved before is safe. What you typed is still here.',
    todo: 'Check that the disk is connected and may be written to, then try again.',
  },
  'backup-damaged': {
    title: 'This backup is damaged',
    safe: 'The current data was not touched.',
    todo: 'Choose another backup.',
  },
  'backup-newer': {
    title: 'This backup was written by a newer Outpost',
    safe: 'The current data was not touched.',
    todo: 'Install the newer version of Outpost (data version {{found}}, this one reads up to {{supported}}).',
  },
  'backup-not-found': {
    title: 'This backup is no longer in the backup folder',
    safe: 'The current data was not touched.',
    todo: 'Connect the disk it is on, or choose another backup.',
  },
  'file-not-csv': {
    title: 'This file cannot be read as a table',
    safe: 'Nothing was imported.',
    todo: 'Save it as CSV from your spreadsheet program and choose it again.',
  },
  'too-many-tasks': {
    title: 'There are too many tasks for one schedule',
    safe: 'Nothing was solved or changed.',
    todo: '{{count, number}} tasks wait or run, and the models take {{limit, number}}. Move those that are no longer wanted to the trash, and solve again.',
  },
  'plan-outdated': {
    title: 'The cloud has changed since this plan was made',
    safe: 'Nothing was moved.',
    todo: 'Solve again, and look at the new plan.',
  },
  'plan-supposed': {
    title: 'This plan is about a cloud that is only supposed',
    safe: 'Nothing was moved.',
    todo: 'Make the change first (add the hosts, enter the demands), then solve again without the what-if.',
  },
  'plan-without-provider': {
    title: 'The server cannot make all moves of this plan',
    safe: 'Nothing was moved.',
    todo: '{{name}} comes from no provider that can move it. Move it by hand and note the plan as made, or export the plan.',
  },
  'plan-run-under-way': {
    title: 'The server is carrying out another plan',
    safe: 'Nothing was moved for this one.',
    todo: 'Wait until the other plan is done, or stop it.',
  },
  'proposal-not-waiting': {
    title: 'This proposal was decided already',
    safe: 'Nothing was moved by your answer.',
    todo: 'Look at the list again: somebody else answered, or the server took it back.',
  },
  'host-not-empty': {
    title: 'Machines are still on this host',
    safe: 'Its state was not changed.',
    todo: 'Drain it first: {{machines}} machines have to go.',
  },
  'file-not-fhir': {
    title: 'This file holds no FHIR resources',
    safe: 'Nothing was imported.',
    todo: 'Choose a FHIR R4 bundle (JSON), or resources one a line (NDJSON).',
  },
  'file-not-inventory': {
    title: 'This file holds no resources',
    safe: 'Nothing was imported.',
    todo: 'A JSON file needs lists named hosts, virtualMachines, storagePools, databases, computeNodes or tasks. Export one to see how it looks.',
  },
  'file-too-many-rows': {
    title: 'This file holds too many resources',
    safe: 'Nothing was imported.',
    todo: 'Split it into files of at most {{limit, number}} resources.',
  },
  'file-wrong-columns': {
    title: 'Columns are missing in this file',
    safe: 'Nothing was imported.',
    todo: 'Add these columns to the first row: {{missing}}. Check too that it is the right file, and the right kind of resource where one is chosen.',
  },
  'file-too-large': {
    title: 'This file is too large',
    safe: 'Nothing was imported.',
    todo: 'Split it into files of at most {{limitMegabytes}} MB.',
  },
  'attachment-too-large': {
    title: 'This file is too large',
    safe: 'Nothing was saved.',
    todo: 'Choose one of at most {{limitMegabytes}} MB; scan at a lower resolution, or save the pages apart.',
  },
  'attachment-not-supported': {
    title: 'This kind of file cannot be kept',
    safe: 'Nothing was saved.',
    todo: 'Choose a PDF, a picture (PNG, JPEG, WebP) or a plain text file.',
  },
  'attachment-not-here': {
    title: 'This document has not arrived here yet',
    safe: 'It is safe where it was added.',
    todo: 'It opens as soon as it is here; that workstation and this one have to reach the server.',
  },
  'attachment-lost': {
    title: 'The file did not arrive whole',
    safe: 'Nothing was saved.',
    todo: 'Choose the file again.',
  },
  'file-empty': {
    title: 'This file is empty',
    safe: 'Nothing was imported.',
    todo: 'Choose a file with a header row and at least one row of data.',
  },
  'import-not-found': {
    title: 'This import is no longer open',
    safe: 'Rows that were imported before are kept.',
    todo: 'Choose the file again.',
  },
  'import-changed-since': {
    title: 'Some of what was imported was changed since',
    safe: 'Nothing was undone yet.',
    todo: 'Changed patients and entries that would stay: {{count, number}}. The others can be undone.',
  },
  'job-not-found': {
    title: 'This task is no longer running',
    safe: 'What it had finished is kept.',
    todo: 'Start it again if you still need it.',
  },
  'job-cancelled': {
    title: 'Cancelled',
    safe: 'What was finished before is kept; nothing is half-done.',
    todo: 'Start it again whenever you like.',
  },
  'job-running': {
    title: 'Another task of this kind is still running',
    safe: 'Nothing was changed.',
    todo: 'Wait until it has finished, or cancel it.',
  },
  'not-enrolled': {
    title: 'This workstation has not joined a server',
    safe: 'Everything saved is on this computer.',
    todo: 'Join a clinic or serve the others from here, then try again.',
  },
  'already-enrolled': {
    title: 'This workstation has joined a server already',
    safe: 'Nothing was changed.',
    todo: 'Leave the present server first.',
  },
  'enrolment-code-wrong': {
    title: 'The server does not take this code',
    safe: 'Nothing was changed.',
    todo: 'Check the code for typing errors. A code works once and expires: ask your administrator for a new one.',
  },
  'server-unreachable': {
    title: 'The server cannot be reached',
    safe: 'Everything saved is on this computer and is sent later.',
    todo: 'Check the address and the network, then try again.',
  },
  'server-refused': {
    title: 'The server refused',
    safe: 'Everything saved is on this computer.',
    todo: 'Try again later. If it happens again, tell your administrator: {{reason}}',
  },
  'hub-serves-one-site': {
    title: 'A hub that follows a central server serves one site',
    safe: 'Nothing was changed.',
    todo: 'Give each site a hub of its own. Two hubs can run on one computer, each with its own folder and port.',
  },
  'server-certificate-changed': {
    title: 'This is not the server that was joined',
    safe: 'Nothing was sent.',
    todo: 'Compare the fingerprint with the one on the server’s own screen. If they differ, somebody may be in between: tell your administrator.',
  },
  'server-not-encrypted': {
    title: 'The connection to this server is not encrypted',
    safe: 'Nothing was sent.',
    todo: 'Use an address that begins with https://.',
  },
  'unsent-work': {
    title: 'Some work has not been sent yet',
    safe: 'It is saved on this computer.',
    todo: 'Changes that wait: {{count, number}}. Wait until they have been sent, or leave all the same and keep them here.',
  },
  'quarantine-not-found': {
    title: 'This entry is no longer in quarantine',
    safe: 'Nothing was changed.',
    todo: 'It may have been sent or discarded meanwhile. Look at the list again.',
  },
  'conflict-not-settled': {
    title: 'This conflict is still open',
    safe: 'Nothing was changed.',
    todo: 'Only a settled conflict whose entry nobody changed since can be undone.',
  },
  'slot-taken': {
    title: 'This time is already booked',
    safe: 'Nothing was booked. What you typed is still here.',
    todo_one: 'The doctor or the room is taken at {{starts}}. Choose another time.',
    todo_other: 'The doctor or the room is taken at {{count, number}} of these times: {{starts}}. Choose another time.',
  },
  'appointment-ended': {
    title: 'This appointment is over',
    safe: 'Nothing was changed.',
    todo: 'It was seen, cancelled, or nobody came. Book a new one.',
  },
  'already-checked-in': {
    title: 'This patient is checked in already',
    safe: 'Nothing was changed.',
    todo: 'Look at the queue. End the earlier visit first if it is over.',
  },
  'encounter-ended': {
    title: 'This visit has ended',
    safe: 'Nothing was changed.',
    todo: 'Check the patient in again if they came back.',
  },
  'chart-sealed': {
    title: 'This chart is sealed',
    safe: 'Nothing was changed.',
    todo: 'Amend the signed record in it: the amendment stands beside what was sealed.',
  },
  'chart-not-closed': {
    title: 'This chart is not closed yet',
    safe: 'Nothing was changed.',
    todo: 'End the visit, or enter the day of discharge, and try again.',
  },
  'chart-incomplete': {
    title: 'Something is missing in this chart',
    safe: 'Nothing was sealed.',
    todo: 'Open the chart in the record room: it lists what is missing. Have it added, then seal again.',
  },
  'chart-lent': {
    title: 'This chart is on loan already',
    safe: 'Nothing was changed.',
    todo: 'Note its return first.',
  },
  'retention-period': {
    title: 'This must still be kept',
    safe: 'Nothing was deleted.',
    todo: 'It is kept until {{until}}: the law wants outpatient charts kept for 15 years after the last visit and inpatient charts for 30 after the last discharge. Amend what is wrong instead.',
  },
  'file-not-sealed-copy': {
    title: 'This file is not a sealed copy of a chart',
    safe: 'Nothing was changed.',
    todo: 'Choose a file that was exported in the record room, whole and as it was saved.',
  },
  'referral-closed': {
    title: 'This has been answered or ended already',
    safe: 'Nothing was changed.',
    todo: 'Look at its state again.',
  },
  'sharing-ended': {
    title: 'This copy of a chart can no longer be read',
    safe: 'The referral and its messages are still here.',
    todo: 'Ask the other site to share it again.',
  },
  'already-merged': {
    title: 'One of the two goes by another entry already',
    safe: 'Nothing was changed.',
    todo: 'Look at the list of possible duplicates again.',
  },
  'not-merged': {
    title: 'These two are not merged',
    safe: 'Nothing was changed.',
    todo: 'Somebody may have separated them meanwhile. Open the chart again.',
  },
  'workstation-revoked': {
    title: 'This workstation was taken out of the clinic',
    safe: 'Its unsent work was handed over to the server. The data on this computer is locked.',
    todo: 'Ask your administrator for a new code to join again.',
  },
  'hub-not-started': {
    title: 'The server for the other workstations could not start',
    safe: 'Everything saved is on this computer.',
    todo: 'Another program may be using the port. Choose another port and try again.',
  },
  'backend-unavailable': {
    title: 'Outpost cannot reach its data service on this computer',
    safe: 'Everything saved before is safe. What you typed is still here.',
    todo: 'Try again. If it does not come back, close Outpost and open it again.',
  },
  internal: {
    title: 'Something went wrong in Outpost',
    safe: 'Everything saved before is safe. What you typed is still here.',
    todo: 'Try again. If it happens again, give your administrator this reference: {{reference}}',
  },
} as const;
