// Stands in for the HTTP API of OpenAI, on loopback: asks for the first tool twice, then answers;
// in pieces where a stream is asked for, with the usage at its end.
import http from 'node:http';

const usage = (number) => ({
  prompt_tokens: 100 + number,
  completion_tokens: 12,
  total_tokens: 112 + number,
  prompt_tokens_details: { cached_tokens: 64 },
  completion_tokens_details: { reasoning_tokens: 4 },
});

function answer(number, request) {
  const tool = request.tools?.[0]?.function?.name;
  const results = (request.messages ?? []).filter((message) => message.role === 'tool').length;
  const call = {
    id: `call_${number}`,
    type: 'function',
    function: { name: tool, arguments: '{"city":"Paris"}' },
  };
  const calls = tool !== undefined && results < 2;
  const message = calls
    ? { role: 'assistant', content: null, tool_calls: [call] }
    : { role: 'assistant', content: 'It is 21C in Paris.' };
  return {
    id: `chatcmpl-${number}`,
    object: 'chat.completion',
    created: 1790000000,
    model: 'gpt-mock-2026-01-01',
    system_fingerprint: 'fp_mock',
    choices: [
      { index: 0, message, finish_reason: calls ? 'tool_calls' : 'stop', logprobs: null },
    ],
    usage: usage(number),
  };
}

function stream(response, whole) {
  const send = (part) => response.write(`data: ${JSON.stringify({ ...whole, ...part })}\n\n`);
  const { message, finish_reason: reason } = whole.choices[0];
  const calls = message.tool_calls?.map((call, index) => ({ index, ...call }));
  const piece = (delta, finish_reason) => ({
    object: 'chat.completion.chunk',
    usage: null,
    choices: [{ index: 0, delta, finish_reason }],
  });
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  send(piece({ role: 'assistant', content: calls ? null : '' }, null));
  send(piece(calls ? { tool_calls: calls } : { content: message.content }, null));
  send(piece({}, reason));
  send({ object: 'chat.completion.chunk', choices: [] });
  response.end('data: [DONE]\n\n');
}

/** Serves on a free port until the process ends; gives the base URL. */
export async function startModel() {
  let number = 0;
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const asked = JSON.parse(body);
    const whole = answer(++number, asked);
    if (asked.stream) {
      stream(response, whole);
    } else {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(whole));
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  server.unref();
  return `http://127.0.0.1:${server.address().port}/v1`;
}
