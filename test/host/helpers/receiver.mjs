// A receiver that answers as each test wants it to.
import { createServer } from 'node:http';

/** `answer(request, response, count)` is asked for every call; `calls` holds what arrived, with its body. */
export async function startReceiver(answer = (_, response) => response.end()) {
  const calls = [];
  const receiver = { calls, answer };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    calls.push({ method: request.method, path: request.url, headers: request.headers, rawHeaders: request.rawHeaders, body });
    receiver.answer(request, response, calls.length);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.url = `http://127.0.0.1:${server.address().port}`;
  receiver.close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return receiver;
}
