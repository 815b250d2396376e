/** Where reviews and what proves them are stored. */
import { collection } from '../platform/store.ts';
import { receiptHashSchema, receiptSchema } from './receiptSchema.ts';
import { hospitalReplySchema, reviewSchema, visitSchema } from './schema.ts';

export const reviewRef = (reviewId: string) => collection('reviews', reviewSchema).doc(reviewId);
export const hospitalReplyRef = (reviewId: string) =>
  collection(`reviews/${reviewId}/hospitalReply`, hospitalReplySchema).doc('reply');
export const receiptRef = (reviewId: string) => collection('receipts', receiptSchema).doc(reviewId);
export const receiptHashRef = (sha256: string) => collection('receiptHashes', receiptHashSchema).doc(sha256);
export const visitRef = (reviewId: string) => collection('visits', visitSchema).doc(reviewId);
