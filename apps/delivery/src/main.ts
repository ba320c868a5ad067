import { DeliveryServiceService } from '@tidegate/contracts/delivery/v1/delivery';
import { startService } from '@tidegate/service';
import { DeliveryModule } from './delivery.module';

void startService({ name: 'delivery', module: DeliveryModule, grpc: [DeliveryServiceService] });
