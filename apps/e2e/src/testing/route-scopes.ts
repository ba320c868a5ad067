/** Routes whose objects are not an organisation's, each with why. */
export const NOT_SCOPED: Record<string, string> = {
  'GET /admin/v1/model-slots/{slot}': 'a model is the whole bank’s, and says nothing of a single customer',
  'GET /admin/v1/model-slots/{slot}/moves': 'as above',
  'GET /admin/v1/model-slots/{slot}/learning': 'as above',
  'GET /admin/v1/models/{modelId}': 'as above',
  'POST /admin/v1/models/{modelId}/trials': 'the head office’s work, refused to branches below',
  'POST /admin/v1/model-slots/{slot}/moves/{moveId}/approve': 'the head office’s work, refused to branches below',
  'POST /admin/v1/model-slots/{slot}/moves/{moveId}/reject': 'the head office’s work, refused to branches below',
  'POST /admin/v1/model-slots/{slot}/moves': 'the head office’s work, refused to branches below',
  'POST /admin/v1/model-slots/{slot}/settings': 'the head office’s work, refused to branches below',
  'POST /admin/v1/model-slots/{slot}/roll-back': 'the head office’s work, refused to branches below',
  'GET /admin/v1/ledger/checks/{checkId}': 'the head office’s work, refused to branches below',
  'POST /admin/v1/ledger/checks/{checkId}/cancel': 'the head office’s work, refused to branches below',
  'POST /admin/v1/strategy-templates/{templateId}/drafts': 'a template is everybody’s; its draft is the maker’s own',
  'GET /admin/v1/business-days/{date}': 'the bank’s calendar',
  'GET /app/v1/stocks/{stockId}': 'an offer to every customer',
  'POST /app/v1/stocks/{stockId}/claims': 'an offer to every customer',
  'POST /app/v1/stocks/{stockId}/share-links': 'an offer to every customer',
  'GET /admin/v1/engagement-policies/{scope}/{key}': 'rules of the whole bank, and nothing of a single customer',
};

/** What every customer may ask for himself, each with why; of another he learns nothing by it. */
export const OPEN_TO_CUSTOMERS: Record<string, string> = {
  'POST /app/v1/gifts/{giftId}/accept': 'whoever holds the link may take the gift: that is what it is for',
  'POST /app/v1/share-links/{linkId}/open': 'whoever has the link may open it: that is what it is for',
  'POST /app/v1/share-links/{linkId}/claims': 'whoever has the link may claim one of his own: that is what it is for',
  'POST /app/v1/invites/{code}/accept': 'whoever holds the code may accept the invitation: that is what it is for',
  'POST /app/v1/fission-campaigns/{campaignId}/invites': 'everybody may take part, under a code of his own',
  'GET /app/v1/sign-in-programmes/{programmeId}/calendar': 'his own days',
  'POST /app/v1/sign-in-programmes/{programmeId}/sign-ins': 'everybody may sign in for himself',
  'POST /app/v1/sign-in-programmes/{programmeId}/make-ups': 'everybody may make up his own days',
  'POST /app/v1/exchange-offers/{offerId}/exchanges': 'an offer to every customer, for what is his own',
  'GET /app/v1/hunts/{huntId}/progress': 'his own finds',
  'POST /app/v1/hunts/{huntId}/challenges': 'everybody may hunt',
  'POST /app/v1/hunts/{huntId}/points/{pointId}/claims': 'everybody may hunt',
};

/** Where a placeholder, or the one that is named, means another object than it does elsewhere: which of the branch’s. */
export const OTHER_IDS: Record<string, string | Record<string, string>> = {
  'PUT /admin/v1/code-imports/{importId}/content': 'codeImportId',
  'GET /admin/v1/code-imports/{importId}': 'codeImportId',
  'GET /admin/v1/code-imports/{importId}/errors': 'codeImportId',
  'POST /admin/v1/code-imports/{importId}/cancel': 'codeImportId',
  'POST /app/v1/wallet/{instanceId}/third-party-code': 'codeInstanceId',
  'POST /app/v1/wallet/{instanceId}/transfer': 'spareInstanceId',
  'POST /admin/v1/instances/{instanceId}/void': 'unusedInstanceId',
  'POST /merchant/v1/next-best-actions/{decisionId}/outcomes': { decisionId: 'tillDecisionId' },
  'POST /merchant/v1/redemptions/{redemptionId}/next-best-actions/{decisionId}/outcomes': {
    decisionId: 'tillDecisionId',
  },
};

/** The owner's turn would not end, or would need an object that is there only when something went wrong. */
export const UNREPEATABLE = ['GET /workbench/v1/seats/{seatId}/events', 'POST /admin/v1/dead-letters/{id}/replay'];

/** After these the merchant reaches nothing any more, so the owner's turn ends with them. */
export const LAST = [
  'DELETE /merchant/v1/keys/{keyId}',
  'DELETE /admin/v1/merchants/{merchantId}/keys/{keyId}',
  'POST /admin/v1/merchants/{merchantId}/suspend',
];
