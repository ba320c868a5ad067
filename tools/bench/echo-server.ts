import { Server, ServerCredentials } from '@grpc/grpc-js';
import {
  BenefitsServiceService,
  ClaimBenefitResponse,
  type ClaimBenefitRequest,
} from '@tidegate/contracts/benefits/v1/benefits';

// The floor of every gRPC figure: a bare grpc-js server that answers a claim with as full an instance as ours, and does nothing else.
const server = new Server();
const { claimBenefit } = BenefitsServiceService;
server.addService({ claimBenefit } as never, {
  claimBenefit: (
    call: { request: ClaimBenefitRequest },
    callback: (error: null, response: ClaimBenefitResponse) => void,
  ) => {
    const { customerId, stockId } = call.request;
    const now = new Date();
    const response = ClaimBenefitResponse.fromPartial({
      instance: {
        instanceId: 'i'.repeat(32),
        stockId,
        stockName: stockId,
        kind: 'red_packet',
        customerId,
        state: 'issued',
        faceValueMinor: 800,
        remainingMinor: 800,
        currency: 'CNY',
        isTransferable: true,
        claimedAt: now,
        expiresAt: now,
      },
    });
    callback(null, response);
  },
});
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.send?.({ port });
});
process.on('disconnect', () => process.exit(0));
