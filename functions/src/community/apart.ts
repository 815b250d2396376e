/** Whether two members are hidden from each other, where the rules cannot ask. */
import { db } from '../platform/firebase.ts';

/** `blocks/{uid}~{uid}`, in order, is there when one of the two has blocked the other. One read. */
export async function areApart(one: string, other: string): Promise<boolean> {
  return (
    await db()
      .doc(`blocks/${[one, other].sort().join('~')}`)
      .get()
  ).exists;
}
