import * as allergies from '../services/allergies.ts';
import * as analytics from '../services/analytics.ts';
import * as app from '../services/app.ts';
import * as appointments from '../services/appointments.ts';
import * as audit from '../services/audit.ts';
import * as automation from '../services/automation.ts';
import * as backups from '../services/backups.ts';
import * as careTasks from '../services/care-tasks.ts';
import * as chart from '../services/chart.ts';
import * as chartListExport from '../services/chart-list-export.ts';
import * as chartLoans from '../services/chart-loans.ts';
import * as codes from '../services/codes.ts';
import * as conditions from '../services/conditions.ts';
import * as cleaning from '../services/cleaning.ts';
import * as clinicalReports from '../services/clinical-reports.ts';
import * as cloudReports from '../services/cloud-reports.ts';
import * as communications from '../services/communications.ts';
import * as conflicts from '../services/conflicts.ts';
import * as documentReferences from '../services/document-references.ts';
import * as drafts from '../services/drafts.ts';
import * as duplicates from '../services/duplicates.ts';
import * as encounters from '../services/encounters.ts';
import * as enrolment from '../services/enrolment.ts';
import * as exports from '../services/exports.ts';
import * as favourites from '../services/favourites.ts';
import * as fhirExports from '../services/fhir-exports.ts';
import * as fhirImports from '../services/fhir-imports.ts';
import * as fleetQuarantine from '../services/fleet-quarantine.ts';
import * as fleet from '../services/fleet.ts';
import * as histories from '../services/histories.ts';
import * as hub from '../services/hub-calls.ts';
import * as immunizations from '../services/immunizations.ts';
import * as importUndo from '../services/import-undo.ts';
import * as imports from '../services/imports.ts';
import * as integrity from '../services/integrity.ts';
import * as jobs from '../services/jobs.ts';
import * as listExports from '../services/list-exports.ts';
import * as observations from '../services/observations.ts';
import * as orders from '../services/orders.ts';
import * as laboratoryRanges from '../services/laboratory-ranges.ts';
import * as maintenance from '../services/maintenance.ts';
import * as patientSearch from '../services/patient-search.ts';
import * as patients from '../services/patients.ts';
import * as placements from '../services/placements.ts';
import * as plans from '../services/placement-plans.ts';
import * as preferences from '../services/preferences.ts';
import * as prints from '../services/prints.ts';
import * as providers from '../services/providers.ts';
import * as quality from '../services/quality.ts';
import * as quarantine from '../services/quarantine.ts';
import * as recordRoom from '../services/record-room.ts';
import * as records from '../services/records.ts';
import * as referrals from '../services/referrals.ts';
import { clinicalReportSchedule, cloudReportSchedule } from '../services/report-schedules.ts';
import * as resourceExports from '../services/resource-exports.ts';
import * as resourceImports from '../services/resource-imports.ts';
import * as resourceOverview from '../services/resource-overview.ts';
import * as resources from '../services/resources.ts';
import * as saves from '../services/saves.ts';
import * as schedules from '../services/schedules.ts';
import * as sealedCopies from '../services/sealed-copies.ts';
import * as sessions from '../services/sessions.ts';
import * as settings from '../services/settings.ts';
import * as setup from '../services/setup.ts';
import * as sharedCharts from '../services/shared-charts.ts';
import * as sites from '../services/sites.ts';
import * as sync from '../services/sync.ts';
import * as textTemplates from '../services/text-templates.ts';
import * as trash from '../services/trash.ts';
import * as users from '../services/users.ts';
import * as verifyCopy from '../services/verify-copy.ts';
import type { Handlers } from './router.ts';

/** Which use case answers which call, noun by noun. A call of the contract that is missing here does not compile. */
export const handlers: Handlers = {
  'allergyIntolerances.create': allergies.createAllergy,
  'allergyIntolerances.list': allergies.listAllergies,
  'allergyIntolerances.update': allergies.updateAllergy,
  'analytics.choices': analytics.analyticsChoices,
  'analytics.dashboard': analytics.dashboard,
  'analytics.export': analytics.exportDashboard,
  'analytics.exportPatients': analytics.exportVisitPatients,
  'analytics.patients': analytics.visitPatients,
  'app.status': app.status,
  'app.work': app.workState,
  'appointments.book': appointments.bookAppointment,
  'appointments.cancel': appointments.cancelAppointment,
  'appointments.cancelSeries': appointments.cancelSeries,
  'appointments.history': histories.appointmentHistory,
  'appointments.list': appointments.listAppointments,
  'appointments.listDisplaced': appointments.listDisplaced,
  'appointments.places': appointments.appointmentPlaces,
  'appointments.series': appointments.listSeries,
  'appointments.update': appointments.updateAppointment,
  'audit.list': audit.listAudit,
  'automation.acknowledge': automation.acknowledgeAlarm,
  'automation.decide': automation.decideProposal,
  'automation.look': automation.lookNow,
  'automation.set': automation.setAutomation,
  'automation.state': automation.automationState,
  'backups.checkIntegrity': integrity.checkIntegrity,
  'backups.create': backups.createBackup,
  'backups.list': backups.listBackups,
  'backups.restore': backups.restoreBackup,
  'careTasks.create': careTasks.createCareTask,
  'careTasks.end': careTasks.endCareTask,
  'careTasks.list': careTasks.listCareTasks,
  'careTasks.read': careTasks.readCareTasks,
  'chart.alerts': allergies.chartAlerts,
  'chart.history': histories.chartHistory,
  'chart.summary': chart.chartSummary,
  'codes.load': codes.loadCodeTable,
  'codes.search': codes.searchCodeTables,
  'codes.loadRanges': laboratoryRanges.loadRanges,
  'codes.ranges': laboratoryRanges.clinicRanges,
  'codes.removeRanges': laboratoryRanges.removeRanges,
  'codes.tables': codes.codeTables,
  'conditions.create': conditions.createCondition,
  'conditions.list': conditions.listConditions,
  'conditions.update': conditions.updateCondition,
  'clinicalReports.check': clinicalReports.checkClinicalReport,
  'clinicalReports.file': clinicalReports.clinicalReportFile,
  'clinicalReports.list': clinicalReports.clinicalReports,
  'clinicalReports.make': clinicalReports.makeClinicalReport,
  'clinicalReports.schedule': clinicalReportSchedule.show,
  'clinicalReports.setSchedule': clinicalReportSchedule.set,
  'cloudReports.check': cloudReports.checkCloudReport,
  'cloudReports.file': cloudReports.cloudReportFile,
  'cloudReports.list': cloudReports.cloudReports,
  'cloudReports.make': cloudReports.makeCloudReport,
  'cloudReports.schedule': cloudReportSchedule.show,
  'cloudReports.setSchedule': cloudReportSchedule.set,
  'communications.counts': communications.correspondenceCounts,
  'communications.list': communications.listCommunications,
  'communications.read': communications.readCommunications,
  'communications.restore': communications.restoreCommunication,
  'communications.send': communications.sendCommunication,
  'conflicts.get': conflicts.getConflict,
  'conflicts.list': conflicts.listConflicts,
  'conflicts.settle': conflicts.settleConflict,
  'conflicts.undo': conflicts.undoSettlement,
  'documentReferences.append': documentReferences.appendUpload,
  'documentReferences.begin': documentReferences.beginUpload,
  'documentReferences.cancel': documentReferences.cancelUpload,
  'documentReferences.create': documentReferences.createDocument,
  'documentReferences.delete': documentReferences.deleteDocument,
  'documentReferences.exported': documentReferences.documentExported,
  'documentReferences.list': documentReferences.listDocuments,
  'documentReferences.open': documentReferences.openDocument,
  'documentReferences.read': documentReferences.readDocument,
  'documentReferences.restore': documentReferences.restoreDocument,
  'documentReferences.update': documentReferences.updateDocument,
  'drafts.discard': drafts.discardDraft,
  'drafts.find': drafts.findDraft,
  'drafts.list': drafts.listDrafts,
  'drafts.save': drafts.saveDraft,
  'encounters.board': encounters.board,
  'encounters.call': encounters.callPatient,
  'encounters.checkIn': encounters.checkIn,
  'encounters.finish': encounters.finish,
  'encounters.get': encounters.getEncounter,
  'encounters.history': histories.encounterHistory,
  'encounters.queue': encounters.queue,
  'encounters.slipPrinted': encounters.slipPrinted,
  'encounters.triage': encounters.triage,
  'favourites.addOrder': favourites.addFavouriteOrder,
  'favourites.list': favourites.listFavourites,
  'favourites.removeOrder': favourites.removeFavouriteOrder,
  'favourites.setPatient': favourites.setFavouritePatient,
  'recentPatients.list': favourites.listRecentPatients,
  'saves.last': saves.lastSave,
  'saves.undo': saves.undoSave,
  'textTemplates.create': textTemplates.createTextTemplate,
  'textTemplates.delete': textTemplates.deleteTextTemplate,
  'textTemplates.list': textTemplates.listTextTemplates,
  'textTemplates.update': textTemplates.updateTextTemplate,
  'enrolment.find': enrolment.findServer,
  'enrolment.join': enrolment.join,
  'enrolment.leave': enrolment.leave,
  'enrolment.resume': enrolment.resumeJoining,
  'exports.list': listExports.exportList,
  'exports.patients': exports.exportPatients,
  'exports.read': exports.readExport,
  'exports.records': exports.exportRecords,
  'fhirExports.all': fhirExports.exportAllAsFhir,
  'fhirExports.patient': fhirExports.exportPatientAsFhir,
  'fhirImports.check': fhirImports.checkFhirImport,
  'fhirImports.problems': fhirImports.fhirImportProblems,
  'fhirImports.report': fhirImports.fhirImportReport,
  'fhirImports.run': fhirImports.runFhirImport,
  'fleet.createCode': fleet.createEnrolmentCode,
  'fleet.lag': fleet.fleetLag,
  'fleet.list': fleet.listFleet,
  'fleet.move': fleet.moveWorkstation,
  'fleet.quarantine': fleetQuarantine.listHeld,
  'fleet.quarantineExport': fleetQuarantine.exportHeld,
  'fleet.quarantineRead': fleetQuarantine.readHeld,
  'fleet.quarantineRelease': fleetQuarantine.releaseHeld,
  'fleet.rename': fleet.renameWorkstation,
  'fleet.revoke': fleet.revokeWorkstation,
  'hub.start': hub.startHub,
  'hub.state': hub.hubState,
  'hub.stop': hub.stopHub,
  'hub.follow': hub.followCentral,
  'hub.unfollow': hub.unfollowCentral,
  'immunizations.create': immunizations.createImmunization,
  'immunizations.list': immunizations.listImmunizations,
  'immunizations.update': immunizations.updateImmunization,
  'imports.append': imports.appendToImport,
  'imports.batches': imports.importBatches,
  'imports.begin': imports.beginImport,
  'imports.close': imports.closeImport,
  'imports.dryRun': imports.dryRunImport,
  'imports.inspect': imports.inspectImport,
  'imports.problems': imports.importProblems,
  'imports.report': imports.importReport,
  'imports.run': imports.runImport,
  'imports.undo': importUndo.undoImport,
  'jobs.cancel': jobs.cancelJob,
  'jobs.get': jobs.getJob,
  'jobs.list': jobs.listJobs,
  'medicationRequests.list': orders.listMedicationRequests,
  'observations.create': observations.createObservations,
  'observations.list': observations.listObservations,
  'observations.update': observations.updateObservation,
  'orders.endService': orders.endService,
  'orders.group': orders.orderGroup,
  'orders.printed': orders.ordersPrinted,
  'orders.sign': orders.signOrders,
  'orders.stopMedication': orders.stopMedication,
  'maintenance.hosts': maintenance.hostsInService,
  'maintenance.setState': maintenance.setHostState,
  'patients.create': patients.createPatient,
  'patients.delete': patients.deletePatient,
  'patients.duplicates': duplicates.listDuplicates,
  'patients.findByNumber': patientSearch.findByNumber,
  'patients.get': patients.getPatient,
  'patients.history': patients.patientHistory,
  'patients.keepApart': duplicates.keepApart,
  'patients.list': patients.listPatients,
  'patients.merge': duplicates.mergePatients,
  'patients.possibleDuplicates': patientSearch.possibleDuplicates,
  'patients.replaced': duplicates.listReplaced,
  'patients.restore': patients.restorePatient,
  'patients.search': patientSearch.searchPatients,
  'patients.summary': records.patientSummary,
  'patients.unmerge': duplicates.unmergePatients,
  'patients.update': patients.updatePatient,
  'placements.export': plans.exportPlan,
  'placements.machines': placements.placedMachines,
  'placements.explain': plans.explainMachine,
  'placements.plan': plans.placementPlan,
  'placements.record': plans.recordPlan,
  'placements.run': placements.placementRun,
  'placements.runs': placements.placementRuns,
  'placements.solve': placements.solvePlacement,
  'plans.begin': providers.beginPlan,
  'providers.changeJob': providers.changeQueue,
  'providers.changeQueue': providers.changeQueue,
  'providers.createPool': providers.createPool,
  'plans.rollBack': providers.rollBackPlan,
  'plans.run': providers.planRun,
  'plans.stop': providers.stopPlan,
  'preferences.update': preferences.updatePreferences,
  'prints.printed': prints.sheetPrinted,
  'providers.jobs': providers.serverJobs,
  'providers.queueJobs': providers.queueJobs,
  'providers.list': providers.listProviders,
  'providers.refresh': providers.refreshProvider,
  'providers.samples': providers.providerSamples,
  'quality.clean': cleaning.clean,
  'quality.cleanings': cleaning.cleanings,
  'quality.departments': quality.qualityDepartments,
  'quality.list': quality.qualityFindings,
  'quality.preview': cleaning.previewCleaning,
  'quality.state': quality.qualityState,
  'quality.undo': cleaning.undoCleaning,
  'quarantine.discard': quarantine.discardQuarantined,
  'quarantine.export': quarantine.exportQuarantined,
  'quarantine.list': quarantine.listQuarantine,
  'quarantine.retry': quarantine.retryQuarantined,
  'recordRoom.appendVerify': verifyCopy.appendVerify,
  'recordRoom.beginVerify': verifyCopy.beginVerify,
  'recordRoom.exportCopy': sealedCopies.exportSealedCopy,
  'recordRoom.exportList': chartListExport.exportChartList,
  'recordRoom.get': recordRoom.getClosedChart,
  'recordRoom.lend': chartLoans.lendChart,
  'recordRoom.list': recordRoom.listClosedCharts,
  'recordRoom.move': recordRoom.moveOriginal,
  'recordRoom.return': chartLoans.returnChart,
  'recordRoom.seal': recordRoom.sealChart,
  'recordRoom.sealAnew': recordRoom.sealAnew,
  'recordRoom.verify': verifyCopy.verifySealedCopy,
  'records.amend': records.amendRecord,
  'records.create': records.createRecord,
  'records.delete': records.deleteRecord,
  'records.get': records.getRecord,
  'records.history': records.recordHistory,
  'records.listForPatient': records.listRecordsForPatient,
  'records.listUnsigned': records.listUnsigned,
  'records.printed': records.recordPrinted,
  'records.restore': records.restoreRecord,
  'records.sign': records.signRecord,
  'records.update': records.updateRecord,
  'recoveryKey.confirm': backups.confirmRecoveryKey,
  'recoveryKey.renew': backups.renewRecoveryKey,
  'referrals.accept': referrals.acceptReferral,
  'referrals.cancel': referrals.cancelReferral,
  'referrals.chart': referrals.openSharedChart,
  'referrals.complete': referrals.completeReferral,
  'referrals.count': sharedCharts.countParts,
  'referrals.endSharing': referrals.endSharing,
  'referrals.get': referrals.getReferral,
  'referrals.list': referrals.listReferrals,
  'referrals.listOfPatient': referrals.referralsOfPatient,
  'referrals.read': referrals.readReferral,
  'referrals.recipients': referrals.recipients,
  'referrals.reject': referrals.rejectReferral,
  'referrals.send': referrals.sendReferral,
  'resources.checkImport': resourceImports.checkResourceImport,
  'resources.delete': resources.deleteResource,
  'resources.restore': resources.restoreResource,
  'resources.export': resourceExports.exportResources,
  'resources.get': resources.getResource,
  'resources.import': resourceImports.importResources,
  'resources.list': resources.listResources,
  'resources.overview': resourceOverview.resourceOverview,
  'resources.packing': resourceOverview.resourcePacking,
  'resources.save': resources.saveResource,
  'resources.totalTerms': resourceOverview.totalTerms,
  'schedules.bars': schedules.scheduleBars,
  'schedules.run': schedules.scheduleRun,
  'schedules.runs': schedules.scheduleRuns,
  'schedules.solve': schedules.solveSchedule,
  'serviceRequests.list': orders.listServiceRequests,
  'sessions.lock': sessions.lock,
  'sessions.recover': sessions.recover,
  'sessions.signIn': sessions.signIn,
  'sessions.signOut': sessions.signOut,
  'sessions.touch': sessions.touch,
  'sessions.unlock': sessions.unlock,
  'settings.get': settings.getSettings,
  'settings.update': settings.updateSettings,
  'setup.createClinic': setup.createClinic,
  'setup.createDemo': setup.createDemo,
  'sites.current': sites.currentSite,
  'sites.update': sites.updateSite,
  'sync.changeSets': sync.listChangeSets,
  'sync.state': sync.syncState,
  'sync.syncNow': sync.syncNow,
  'trash.list': trash.listTrash,
  'users.changePassword': users.changePassword,
  'users.create': users.createUser,
  'users.list': users.listUsers,
  'users.resetPassword': users.resetPassword,
  'users.update': users.updateUser,
};
