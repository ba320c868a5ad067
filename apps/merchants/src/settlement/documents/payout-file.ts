import { createHash } from 'node:crypto';
import { decimalText, sumDecimalTexts } from '@tidegate/money';
import { isIban } from '../../domain/settlement-account';
import type { SettlementBatch } from '../domain/batch';
import type { Payout } from '../domain/release';

/** Who pays: the bank's own account for settlements. */
export interface Debtor {
  name: string;
  account: string;
  /** BIC; empty when it has none. */
  bic: string;
}

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
const NAME_LENGTH_MAX = 140;
const ID_LENGTH_MAX = 35;
/** An ISO date and a full stop: what a batch's id begins with. */
const DATE_LENGTH = 11;

/**
 * A pay-out as a pain.001.001.09 message, one payment instruction per currency. The same pay-out always makes the same text: the
 * message id is the pay-out's, so a bank that gets it twice can tell.
 * Source: ISO 20022 CustomerCreditTransferInitiationV09, data/iso20022.
 */
export async function payoutFile(payout: Payout, batches: SettlementBatch[], debtor: Debtor): Promise<string> {
  // Loaded where it is used: few processes ever write one.
  const { create } = await import('xmlbuilder2');
  const byCurrency = new Map<string, SettlementBatch[]>();
  for (const batch of batches) byCurrency.set(batch.currency, [...(byCurrency.get(batch.currency) ?? []), batch]);
  const instructions = [...byCurrency].sort(([a], [b]) => (a < b ? -1 : 1));
  const document = {
    Document: {
      '@xmlns': NAMESPACE,
      CstmrCdtTrfInitn: {
        GrpHdr: {
          MsgId: idText(payout.payoutId),
          CreDtTm: payout.releasedAt.toISOString(),
          NbOfTxs: String(batches.length),
          CtrlSum: controlSum(batches),
          InitgPty: { Nm: nameText(debtor.name) },
        },
        PmtInf: instructions.map(([currency, part]) => paymentInstruction(payout, currency, part, debtor)),
      },
    },
  };
  return create({ version: '1.0', encoding: 'UTF-8' }, document).end({ prettyPrint: true });
}

function paymentInstruction(payout: Payout, currency: string, batches: SettlementBatch[], debtor: Debtor): object {
  return {
    PmtInfId: idText(`${payout.payoutId.replaceAll('-', '').slice(-30)}-${currency}`),
    PmtMtd: 'TRF',
    BtchBookg: true,
    NbOfTxs: String(batches.length),
    CtrlSum: controlSum(batches),
    ReqdExctnDt: { Dt: payout.executionDate },
    Dbtr: { Nm: nameText(debtor.name) },
    DbtrAcct: { Id: accountId(debtor.account), Ccy: currency },
    DbtrAgt: { FinInstnId: debtor.bic ? { BICFI: debtor.bic } : { Othr: { Id: 'NOTPROVIDED' } } },
    ChrgBr: 'SLEV',
    CdtTrfTxInf: batches.map(creditTransfer),
  };
}

function creditTransfer({ batchId, amountMinor, currency, payee }: SettlementBatch): object {
  if (!payee) throw new Error(`batch ${batchId} was released without a payee`);
  return {
    PmtId: { EndToEndId: endToEndId(batchId) },
    Amt: { InstdAmt: { '@Ccy': currency, '#': decimalText(amountMinor, currency) } },
    Cdtr: { Nm: nameText(payee.name) },
    CdtrAcct: { Id: accountId(payee.account) },
    RmtInf: { Ustrd: batchId },
  };
}

const controlSum = (batches: SettlementBatch[]): string =>
  sumDecimalTexts(batches.map(({ amountMinor, currency }) => decimalText(amountMinor, currency)));

const accountId = (account: string): object => (isIban(account) ? { IBAN: account } : { Othr: { Id: account } });

const nameText = (name: string): string => [...plain(name)].slice(0, NAME_LENGTH_MAX).join('') || '-';

/** A batch's id; one that is too long is told by its date and a digest, and is whole in the remittance information. */
function endToEndId(batchId: string): string {
  if (batchId.length <= ID_LENGTH_MAX) return plain(batchId);
  const date = batchId.slice(0, DATE_LENGTH);
  return (
    date +
    createHash('sha256')
      .update(batchId)
      .digest('hex')
      .slice(0, ID_LENGTH_MAX - DATE_LENGTH)
  );
}

/** The end of an id tells more than its beginning. */
const idText = (id: string): string => plain(id).slice(-ID_LENGTH_MAX);

/** Without what XML 1.0 cannot carry. */
const plain = (text: string): string =>
  text.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '').trim();
