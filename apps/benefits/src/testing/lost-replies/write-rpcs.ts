import { writeRpcsOf } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../../benefits-services';

/** Every rpc of the wallet that writes, by name. */
export const writeRpcs = (): string[] => writeRpcsOf(BENEFITS_SERVICES);

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
  'withdrawCodes',
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
