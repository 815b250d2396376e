/** The first owner of a project, whom no owner can name. Run by `npm run bootstrap-owner`, never by a function. */
import { tidyEmail } from '../accounts/accounts.ts';
import { audit } from '../audit/audit.ts';
import { maskEmail } from '../kernel/mask.ts';
import { db, Timestamp, userByEmail } from '../platform/firebase.ts';
import { followRole, googleEmailOf } from './claims.ts';
import { allowedRef, isOwnerLeft, readRole, settle } from './roles.ts';

const decision = { by: 'bootstrap', note: null };
const held = { role: 'owner' as const, hospitalIds: [] };

/** Makes a Google account owner of a project that has none. Says why not in an Error for whoever ran it. */
export async function makeFirstOwner(typed: string): Promise<{ uid: string }> {
  const email = tidyEmail(typed);
  const user = await userByEmail(email);
  if (!user || googleEmailOf(user) !== email) {
    throw new Error('Nobody has signed in with this Google account yet: sign in once, then run this again.');
  }
  const { uid } = user;
  await db().runTransaction(async (tx) => {
    if (await isOwnerLeft(tx, [])) throw new Error('The project has an owner already, who can name others.');
    const state = await readRole(tx, uid);
    tx.set(allowedRef(email), { addedBy: 'bootstrap', addedAt: Timestamp.now(), problems: [] });
    const fields = { ...held, email, holds: held, grantedBy: 'bootstrap', problems: [] };
    settle(tx, state, { fields, action: 'role.grant' }, decision);
    const target = `allowedOperators/${maskEmail(email)}`;
    audit(tx, { action: 'operator.allow', target, ...decision });
  });
  await followRole(uid);
  return { uid };
}
