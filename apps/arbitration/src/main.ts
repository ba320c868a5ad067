import { startService } from '@tidegate/service';
import { ARBITRATION_SERVICES } from './arbitration-services';
import { ArbitrationModule } from './arbitration.module';

void startService({ name: 'arbitration', module: ArbitrationModule, grpc: ARBITRATION_SERVICES });
