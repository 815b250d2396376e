/** Every mail of the corpus, each under its own name. */
import type { MailCase } from './case.ts';
import { charsets } from './charsets.ts';
import { addresses, hours, identities, phones } from './clinicValues.ts';
import { forwards } from './forwards.ts';
import { headers } from './headers.ts';
import { htmls } from './htmls.ts';
import { money, periods, reviews } from './offerValues.ts';
import { others } from './others.ts';
import { prose } from './prose.ts';
import { replies } from './replies.ts';
import { samples } from './samples.ts';
import { secrets } from './secrets.ts';
import { sheets } from './sheets.ts';
import { fifthClinics } from './unseen/fifthClinics.ts';
import { fifthOffers } from './unseen/fifthOffers.ts';
import { firstClinics } from './unseen/firstClinics.ts';
import { firstOffers } from './unseen/firstOffers.ts';
import { fourthClinics } from './unseen/fourthClinics.ts';
import { fourthOffers } from './unseen/fourthOffers.ts';
import { secondClinics } from './unseen/secondClinics.ts';
import { secondOffers } from './unseen/secondOffers.ts';
import { sixth } from './unseen/sixth.ts';
import { thirdClinics } from './unseen/thirdClinics.ts';
import { thirdOffers } from './unseen/thirdOffers.ts';

export const corpus: readonly MailCase[] = [
  ...samples,
  ...charsets,
  ...headers,
  ...forwards,
  ...htmls,
  ...sheets,
  ...prose,
  ...replies,
  ...secrets,
  ...money,
  ...periods,
  ...reviews,
  ...phones,
  ...addresses,
  ...hours,
  ...identities,
  ...others,
  ...firstClinics,
  ...firstOffers,
  ...secondClinics,
  ...secondOffers,
  ...thirdClinics,
  ...thirdOffers,
  ...fourthClinics,
  ...fourthOffers,
  ...fifthClinics,
  ...fifthOffers,
  ...sixth,
];
