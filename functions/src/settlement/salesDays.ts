/** The statistics of each day, written once it is over, from its entries in the books. */
import { daysAfter } from '../kernel/days.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { sameValue } from '../kernel/same.ts';
import { ledger } from '../ledger/post.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { salesByHospital, salesOf } from './sales.ts';
import { hospitalDaySchema, type Sales, salesDaySchema } from './schema.ts';
import { allEntries } from './weeks.ts';

const perBatch = 400;
const checkedAgain = 7;

const salesDays = () => collection('salesDays', salesDaySchema);
const hospitalDays = () => collection('hospitalDays', hospitalDaySchema);

async function writeHospitals(day: string, byHospital: ReadonlyMap<string, Sales>): Promise<void> {
  const all = [...byHospital];
  for (let from = 0; from < all.length; from += perBatch) {
    const batch = db().batch();
    for (const [hospitalId, sales] of all.slice(from, from + perBatch)) {
      const ref = hospitalDays().doc(`${hospitalId}~${day}`);
      batch.set(ref, { hospitalId, day, sales, countedAt: Timestamp.now() });
    }
    await batch.commit();
  }
}

/** Counts a day and writes it: hospitals first, so that a day that is there is complete. */
async function countDay(day: string): Promise<Sales> {
  const entries = await allEntries(ledger().where('day', '==', day));
  const byHospital = salesByHospital(entries);
  await writeHospitals(day, byHospital);
  const sales = salesOf(entries);
  await salesDays().doc(day).set({ day, sales, hospitals: byHospital.size, countedAt: Timestamp.now() });
  return sales;
}

async function firstOpenDay(): Promise<string | null> {
  const { docs } = await salesDays().orderBy('day', 'desc').limit(1).get();
  const last = docs[0]?.data().day;
  if (last !== undefined) return daysAfter(last, 1);
  return (await ledger().orderBy('at').limit(1).get()).docs[0]?.data().day ?? null;
}

/** Counts one of the last days again, another each night, and says whether it was right. */
async function checkAgain(today: string): Promise<void> {
  const day = daysAfter(today, -1 - (Math.floor(Date.parse(today) / 86_400_000) % checkedAgain));
  const shown = (await salesDays().doc(day).get()).data();
  if (!shown) return;
  if (!sameValue(shown.sales, await countDay(day))) log.warn('sales.drift', { day });
}

/** The nightly job: every day that is over and not counted yet. Resolves to how many were counted. */
export async function countSales(now: number): Promise<number> {
  const today = koreanDayOf(now);
  let counted = 0;
  let day = await firstOpenDay();
  for (; day !== null && day < today; day = daysAfter(day, 1)) {
    await countDay(day);
    counted += 1;
  }
  await checkAgain(today);
  log.info('sales.counted', { counted });
  return counted;
}
