/** The product's settings and today's date (KST), as checking takes them. */
import { koreanDayOf } from '../kernel/korean.ts';
import { adReviewRequired } from '../platform/config.ts';

export const checkSettings = (now: number) => ({
  adReviewRequired: adReviewRequired.value(),
  today: koreanDayOf(now),
});
