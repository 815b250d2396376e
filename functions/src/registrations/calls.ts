/** What operators' callables take and answer. The same can be typed in the Firebase console. */
import { z } from 'zod';
import { id, oneOf, sized, text } from '../kernel/fields.ts';
import {
  confirmation,
  confirmations,
  decisions,
  registrationKinds,
  registrationSchema,
  senderNote,
} from './schema.ts';

const registrationId = id('which registration', '9f2c…-1');

/** `decideRegistration`: what an operator types into `decision` and `decisionNote` in the console. */
export const decideRegistrationInput = z.strictObject({
  registrationId,
  decision: z.enum(decisions).meta({ description: 'what to do with it', example: 'approve' }),
  note: text(
    2000,
    'reason, for the file; `CODE: reason` lets a finding of judgement pass',
    '서류 확인',
  ).optional(),
  message: senderNote.optional(),
});
/** `correctRegistration`: fields as an operator would type them in the console; null empties one. */
export const correctRegistrationInput = z.strictObject({
  registrationId,
  kind: oneOf(
    registrationKinds,
    'what is to be registered, when it was taken for something else',
    'doctor',
  ).optional(),
  fields: z
    .record(
      sized(1, 40),
      z.union([sized(0, 2000), z.number(), z.boolean(), z.null(), z.array(sized(1, 300)).max(30)]),
    )
    .meta({ description: 'values by field', example: { phone: '02-555-0199' } }),
});
/** `confirmRegistration`: a call to the number on file. */
export const confirmRegistrationInput = z.strictObject({
  registrationId,
  matter: oneOf(confirmations, 'what was confirmed', 'money'),
  note: confirmation,
});

export const decideRegistrationOutput = z.object({
  state: registrationSchema.shape.state,
  publishedPath: registrationSchema.shape.publishedPath,
});
export const correctRegistrationOutput = registrationSchema.pick({ state: true, problems: true });
export const confirmRegistrationOutput = z.object({ confirmed: confirmRegistrationInput.shape.matter });
