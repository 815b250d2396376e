/** Mails already read into blocks, and what must be understood of each; the whole way from bytes is in ../mail/cases. */

import { doctors } from './understood/doctors.ts';
import { events } from './understood/events.ts';
import { hospitals } from './understood/hospitals.ts';
import { moreDoctors } from './understood/moreDoctors.ts';
import { moreEvents } from './understood/moreEvents.ts';
import { moreHospitals } from './understood/moreHospitals.ts';
import { others } from './understood/others.ts';
import type { CorpusMail } from './understood/said.ts';

export const mailCorpus: readonly CorpusMail[] = [
  ...hospitals,
  ...doctors,
  ...events,
  ...others,
  ...moreHospitals,
  ...moreDoctors,
  ...moreEvents,
];
