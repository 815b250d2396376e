/** What may be shown of personal values where the values themselves must not stand (audit log, notices). */

/** `minji@mail.example` → `m***@mail.example`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? '***' : `${email.slice(0, 1)}***${email.slice(at)}`;
}

/** `+821012345678` → `***5678`. */
export const maskPhone = (phone: string): string => `***${phone.slice(-4)}`;
