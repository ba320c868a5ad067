import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { startService } from '@tidegate/service';
import { BenefitsModule } from './benefits.module';

void startService({ name: 'benefits', module: BenefitsModule, grpc: [BenefitsServiceService] });
