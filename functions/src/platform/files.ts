/** Files in Cloud Storage, by the beginning of their path. */
import { bucket } from './firebase.ts';

/** Paths of at most `most` files whose path begins with `prefix`. */
export async function filesBelow(prefix: string, most: number): Promise<string[]> {
  const [files] = await bucket().getFiles({ prefix, maxResults: most, autoPaginate: false });
  return files.map((file) => file.name);
}

/** Deletes files; one that is gone already is as good. */
export async function deleteFiles(paths: readonly string[]): Promise<void> {
  await Promise.all(paths.map((path) => bucket().file(path).delete({ ignoreNotFound: true })));
}

export async function isFile(path: string): Promise<boolean> {
  const [exists] = await bucket().file(path).exists();
  return exists;
}
