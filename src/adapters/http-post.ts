import type { HttpPost } from '../ports/http-post.ts';

/** How long an endpoint may take to answer. */
const ANSWER_MS = 10_000;

export const fetchPost: HttpPost = {
  async post(url, headers, body) {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    // Whatever it says, it is not read: the connection is given up with it.
    await response.body?.cancel();
    return { status: response.status };
  },
};
