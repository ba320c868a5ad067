import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { QuotasServiceService } from '@tidegate/contracts/arbitration/v1/quotas';
import { startService } from '@tidegate/service';
import { ArbitrationModule } from './arbitration.module';

void startService({
  name: 'arbitration',
  module: ArbitrationModule,
  grpc: [ArbitrationServiceService, QuotasServiceService],
});
