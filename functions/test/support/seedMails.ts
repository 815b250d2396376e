/** The seed mails as somebody sends them today: with numbers and a message id of their own, for days that are to come. */
import { randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { daysAfter } from '../../src/kernel/days.ts';
import { koreanDayOf } from '../../src/kernel/korean.ts';
import { newBusinessNumber } from './mails.ts';

export interface Numbers {
  readonly businessNumber: string;
  readonly licence: string;
}

/** So that a second run registers another hospital and doctor rather than the same again. */
export const freshNumbers = (): Numbers => ({
  businessNumber: newBusinessNumber(),
  licence: String(randomInt(10_000, 999_999)),
});

const written = (day: string) => day.replaceAll('-', '.');

export function seedMail(kind: string, { businessNumber, licence }: Numbers): Buffer {
  const text = readFileSync(`seed/mail/${kind}.eml`, 'utf8');
  const dashed = businessNumber.replace(/(...)(..)(.....)/, '$1-$2-$3');
  const tomorrow = daysAfter(koreanDayOf(Date.now()), 1);
  const period = `기간: ${written(tomorrow)} ~ ${written(daysAfter(tomorrow, 60))}`;
  return Buffer.from(
    text
      .replace(/^Message-ID: .*$/im, `Message-ID: <${randomUUID()}@demo.example>`)
      .replace(/^기간: .*$/m, period)
      .replace(/((?:사업자등록번호|사업자번호)[^0-9\r\n]*)\d{3}-?\d{2}-?\d{5}/g, `$1${dashed}`)
      .replace(/(면허번호[^0-9\r\n]*)\d{1,6}/g, `$1${licence}`),
  );
}
