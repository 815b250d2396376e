/** Every mail of the corpus, each under its own name. */
import type { MailCase } from './case.ts';
import { charsets } from './charsets.ts';
import { forwards } from './forwards.ts';
import { headers } from './headers.ts';
import { htmls } from './htmls.ts';
import { others } from './others.ts';
import { prose } from './prose.ts';
import { replies } from './replies.ts';
import { samples } from './samples.ts';
import { secrets } from './secrets.ts';
import { sheets } from './sheets.ts';
import { unseen } from './unseen.ts';
import { unseenFifth } from './unseenFifth.ts';
import { unseenFourth } from './unseenFourth.ts';
import { unseenLast } from './unseenLast.ts';
import { unseenLater } from './unseenLater.ts';
import { addresses, hours, identities, money, periods, phones, reviews } from './values.ts';

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
  ...unseen,
  ...unseenLater,
  ...unseenLast,
  ...unseenFourth,
  ...unseenFifth,
];
