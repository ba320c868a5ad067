import { startService } from '@tidegate/service';
import { BENEFITS_SERVICES } from './benefits-services';
import { BenefitsModule } from './benefits.module';

void startService({ name: 'benefits', module: BenefitsModule, grpc: BENEFITS_SERVICES });
