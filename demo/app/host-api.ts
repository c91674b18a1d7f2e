/** Where the reference host's API is, on the page's own origin. */
export const apiUrl = '/host/api';

/** A call of the host beside those of the adapter. Rejects with what the host says. */
export async function callHost<Answer>(path: string, method = 'GET', body?: unknown): Promise<Answer> {
  const response = await fetch(`${apiUrl}${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = (await response.json().catch(() => ({}))) as Answer & { title?: string };
  if (!response.ok) throw new Error(answer.title ?? `HTTP ${response.status}`);
  return answer;
}
