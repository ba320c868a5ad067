import { stableHash } from './stable-hash';

const BASIS_POINTS = 10_000;
const GLOBAL_SALT = 'global';

/**
 * Whether the person is kept as control 对照组. The place of a person under one salt never changes, so a share that grows only adds people
 * and the same person is decided once for all time; different salts draw independently.
 */
const isHeldOut = (personKey: string, salt: string, basisPoints: number): boolean =>
  basisPoints > 0 && stableHash(`holdout|${salt}|${personKey}`) % BASIS_POINTS < basisPoints;

export const isInGlobalHoldout = (personKey: string, basisPoints: number): boolean =>
  isHeldOut(personKey, GLOBAL_SALT, basisPoints);

export const isInStrategyHoldout = (personKey: string, strategyId: string, basisPoints: number): boolean =>
  isHeldOut(personKey, `strategy:${strategyId}`, basisPoints);
