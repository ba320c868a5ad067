import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { startService } from '@tidegate/service';
import { ArbitrationModule } from './arbitration.module';

void startService({ name: 'arbitration', module: ArbitrationModule, grpc: [ArbitrationServiceService] });
