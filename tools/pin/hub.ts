import { ask, isOk, NoAnswer, type Patience, refusal } from './requests';

/**
 * The commit that the main branch of a repository on the Hugging Face hub is at. The terms of a gated model need not be accepted for that.
 *
 * @throws {NoAnswer} if the hub does not say
 */
export async function commitOf(repository: string, hub: string, patience: Patience): Promise<string> {
  const answer = await ask(`${hub}/api/models/${repository}`, { headers: { accept: 'application/json' } }, patience);
  if (!isOk(answer)) {
    // The hub says 401 rather than 404 of what it does not show to everybody.
    throw refusal(answer, { missing: 'correct the source', denied: 'correct the source, or write the commit of a private repository' });
  }
  const { sha } = answer.json();
  if (typeof sha === 'string' && /^[0-9a-f]{40}$/.test(sha)) return sha;
  throw new NoAnswer(`${answer.host} names no commit: write it`);
}
