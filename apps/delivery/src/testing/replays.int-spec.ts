import { DecisionMade, DecisionRetracted } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { BenefitExpiring } from '@tidegate/contracts/benefits/v1/benefits_events';
import { DeliveryServiceService } from '@tidegate/contracts/delivery/v1/delivery';
import { endsTheSameHoweverTold, FakeClock, startTestService, told } from '@tidegate/testing';
import { DeliveryModule } from '../delivery.module';
import { buildDecision } from './decision.factory';
import { PlayedArbitration } from './played-arbitration';

const expiring = (instanceId: string, leadDays: number, customerId = 'c-1'): BenefitExpiring =>
  BenefitExpiring.fromPartial({
    instanceId,
    stockId: 'tea',
    stockName: 'Tea voucher',
    customerId,
    expiresAt: new Date('2026-03-05T02:00:00Z'),
    leadDays,
    timeZone: 'Asia/Shanghai',
  });
const decided = (number: number, overrides = {}) =>
  told(DecisionMade, { decision: buildDecision(number, overrides), leftCandidates: [] });
const retracted = (number: number, overrides = {}) =>
  told(DecisionRetracted, { decision: buildDecision(number, { retractedReason: 'COMPLAINT_HOLD', ...overrides }) });

const events = [
  decided(1),
  decided(2),
  decided(3, { customerId: 'c-2' }),
  decided(4, { reason: 'QUIET_HOURS' }),
  decided(5, { channel: 'remote_bank', queue: 'remote' }),
  decided(6, { channel: 'webhook' }),
  retracted(5, { channel: 'remote_bank', queue: 'remote' }),
  retracted(7),
  decided(8),
  retracted(8),
  told(BenefitExpiring, expiring('i-1', 3)),
  told(BenefitExpiring, expiring('i-1', 1)),
  told(BenefitExpiring, expiring('i-2', 3)),
  told(BenefitExpiring, expiring('i-3', 3, 'c-stopped')),
];

endsTheSameHoweverTold(
  async () => {
    const arbitration = await PlayedArbitration.start();
    // It was retracted before anybody heard of it, whichever is heard first.
    arbitration.retractions.set('d-8', 'COMPLAINT_HOLD');
    arbitration.stops.set('c-stopped', 'ELDER_PROTECTED');
    const service = await startTestService(DeliveryModule, {
      grpc: [DeliveryServiceService],
      clock: new FakeClock(),
      peers: { benefits: '127.0.0.1:1', arbitration: arbitration.url },
    });
    const stop = async (): Promise<void> => {
      await service.stop();
      await arbitration.stop();
    };
    return { service, events, stop };
  },
  { leaves: { main: ['deliveries', 'messages'], reminders: ['deliveries', 'messages'], retractions: ['deliveries'] } },
);
