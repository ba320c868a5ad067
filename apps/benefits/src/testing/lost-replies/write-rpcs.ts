import { BENEFITS_SERVICES } from '../../benefits-services';

/** Every rpc of the wallet that writes, by name: its request carries a request id. */
export const writeRpcs = (): string[] =>
  BENEFITS_SERVICES.flatMap((service) =>
    Object.entries(service)
      .filter(([, { requestDeserialize }]) => 'requestId' in (requestDeserialize(Buffer.alloc(0)) as object))
      .map(([name]) => name),
  );

/** Those that move value once for what they name, and so need no request id. */
export const WITHOUT_REQUEST_ID: readonly string[] = ['showCode'];

/** Those that set something up or note something down; value moves by others. A new rpc is listed here or played. */
export const MOVES_NO_VALUE: readonly string[] = [
  'startLedgerCheck',
  'createStock',
  'setStockState',
  'linkPerson',
  'issueCodeSeed',
  'createShareLink',
  'openShareLink',
  'putCodePool',
  'startCodeImport',
  'createExchangeOffer',
  'moveExchangeOffer',
  'putFanTarget',
  'follow',
  'unfollow',
  'createFissionCampaign',
  'moveFissionCampaign',
  'createInvite',
  'createGrowthPlan',
  'moveGrowthPlan',
  'createMission',
  'moveMission',
  'createHunt',
  'moveHunt',
  'createPointsRule',
  'movePointsRule',
  'createSignInProgramme',
  'moveSignInProgramme',
];
