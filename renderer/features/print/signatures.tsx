import { useTranslation } from 'react-i18next';
import type { MedicalRecord } from '../../../shared/schema/medical-record.ts';
import { timeText } from '../versions/time-text.ts';
import classes from './sheet.module.css';

/** Who answers for the text; an unsigned record says so, lest it be taken for a signed one. */
export function Signatures({ record }: { record: MedicalRecord }) {
  const { t } = useTranslation();
  const { signature, amendments = [] } = record;
  return (
    <div className={classes.signatures}>
      {signature ? (
        <p>{t('print.signedBy', { name: signature.name, time: timeText(signature.at) })}</p>
      ) : (
        <p className={classes.unsigned}>{t('print.unsigned')}</p>
      )}
      {amendments.map(({ name, at, reason, overRev }) => (
        <p key={overRev}>{t('print.amendedBy', { name, time: timeText(at), reason })}</p>
      ))}
      <div className={classes.hand}>
        <span>{t('print.handSignature')}</span>
        <span>{t('print.stamp')}</span>
      </div>
    </div>
  );
}
