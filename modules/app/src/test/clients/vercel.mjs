// The Vercel AI SDK: a tool that fails and is called again by the model; then a booking that waits
// for a human, is rejected in a second request and approved in a third, of one conversation; and an
// answer in a stream.
import { trace } from '@opentelemetry/api';
import { ToolLoopAgent, simulateReadableStream, stepCountIs, tool } from 'ai';
import { MockLanguageModelV3 } from 'ai/test';
import { z } from 'zod';
import { startTelemetry } from './telemetry.mjs';

const provider = startTelemetry('travel-svc', '1.4.2', 'json');
const usage = (input, output) => ({
  inputTokens: { total: input, noCache: input - 20, cacheRead: 20, cacheWrite: 0 },
  outputTokens: { total: output, text: output - 3, reasoning: 3 },
});
const calls = { 1: 'getWeather', 2: 'getWeather', 3: 'bookFlight', 4: 'bookFlight' };
let turn = 0;
const model = new MockLanguageModelV3({
  provider: 'mock-provider',
  modelId: 'mock-1',
  doGenerate: async () => {
    const name = calls[++turn];
    return {
      content: name
        ? [{ type: 'tool-call', toolCallId: `call-${turn}`, toolName: name, input: '{"city":"Paris"}' }]
        : [{ type: 'text', text: 'Done.' }],
      finishReason: name
        ? { unified: 'tool-calls', raw: 'tool_calls' }
        : { unified: 'stop', raw: 'stop' },
      usage: usage(100 + turn, 10),
      warnings: [],
    };
  },
  doStream: async () => ({
    stream: simulateReadableStream({
      chunks: [
        { type: 'stream-start', warnings: [] },
        { type: 'text-start', id: 't' },
        { type: 'text-delta', id: 't', delta: 'It is ' },
        { type: 'text-delta', id: 't', delta: '21C in Paris.' },
        { type: 'text-end', id: 't' },
        {
          type: 'finish',
          finishReason: { unified: 'stop', raw: 'stop' },
          usage: usage(100 + ++turn, 10),
        },
      ],
    }),
  }),
});
let weather = 0;
const agent = new ToolLoopAgent({
  model,
  instructions: 'You book trips.',
  stopWhen: stepCountIs(6),
  tools: {
    getWeather: tool({
      inputSchema: z.object({ city: z.string() }),
      execute: async () => {
        await new Promise((later) => setTimeout(later, 15));
        if (++weather === 1) throw new Error('upstream 503, card 4111111111111111');
        return { tempC: 21 };
      },
    }),
    bookFlight: tool({
      inputSchema: z.object({ city: z.string() }),
      needsApproval: true,
      execute: async () => {
        await new Promise((later) => setTimeout(later, 5));
        return { booked: true };
      },
    }),
  },
  experimental_telemetry: {
    isEnabled: true,
    functionId: 'travel-agent',
    metadata: { conversationId: 'conv-42' },
  },
});

const request = (name, work) =>
  trace.getTracer('app').startActiveSpan(name, async (span) => {
    const result = await work();
    span.end();
    return result;
  });
const ask = { role: 'user', content: 'Weather in Paris? Then book, and mail ada@example.org.' };
const asked = await request('POST /chat', () => agent.generate({ messages: [ask] }));
async function decide(answered, approved) {
  const wanted = answered.content.find((part) => part.type === 'tool-approval-request');
  const said = { type: 'tool-approval-response', approvalId: wanted.approvalId, approved };
  const messages = [ask, ...answered.response.messages, { role: 'tool', content: [said] }];
  return request('POST /decide', () => agent.generate({ messages }));
}
const again = await decide(asked, false);
await decide(again, true);
await request('POST /stream', async () => {
  const streamed = await agent.stream({ messages: [ask] });
  await streamed.consumeStream();
  return streamed.text;
});
await provider.shutdown();
