// OpenAI Agents with OpenInference: a failed tool called again, payments a human rejects, others
// that are approved, a guardrail that trips, a conversation in streams.
import * as agents from '@openai/agents';
import OpenAI from 'openai';
import { z } from 'zod';
import { OpenAIAgentsInstrumentation } from '@arizeai/openinference-instrumentation-openai-agents';
import { startModel } from './model.mjs';
import { startTelemetry } from './telemetry.mjs';

const provider = startTelemetry('oa-svc', '5.0.1');
new OpenAIAgentsInstrumentation().manuallyInstrument(agents);
agents.setDefaultOpenAIClient(new OpenAI({ apiKey: 'sk-test', baseURL: await startModel() }));
agents.setOpenAIAPI('chat_completions');

const parameters = z.object({ city: z.string() });
const later = (ms) => new Promise((done) => setTimeout(done, ms));
let calls = 0;
const weather = agents.tool({
  name: 'get_weather',
  description: 'weather',
  parameters,
  execute: async () => {
    await later(15);
    if (++calls === 1) throw new Error('upstream 503');
    return '21C';
  },
});
const pay = agents.tool({
  name: 'make_payment',
  description: 'pay',
  parameters,
  needsApproval: true,
  execute: async () => {
    await later(5);
    return 'paid';
  },
});
const guard = {
  name: 'no-refunds',
  execute: async ({ input }) => ({
    outputInfo: {},
    tripwireTriggered: JSON.stringify(input).includes('refund'),
  }),
};
const triage = new agents.Agent({
  name: 'triage',
  instructions: 'help',
  tools: [weather],
  inputGuardrails: [guard],
});
const payer = new agents.Agent({ name: 'payer', instructions: 'pay', tools: [pay] });

await agents.withTrace('support', () => agents.run(triage, 'Weather for ada@example.org?'));
const payment = (decide) => async () => {
  let result = await agents.run(payer, 'Pay');
  while (result.interruptions?.length) {
    result.interruptions.forEach((asked) => decide(result.state, asked));
    result = await agents.run(payer, result.state);
  }
};
const reject = (state, asked) => state.reject(asked, { message: 'over budget' });
await agents.withTrace('payment', payment(reject));
await agents.withTrace('approved payment', payment((state, asked) => state.approve(asked)));
await agents.withTrace('stream', async () => {
  const result = await agents.run(triage, 'Weather, bit by bit', { stream: true });
  for await (const event of result) void event;
  await result.completed;
});
await agents.withTrace('refund', () => agents.run(triage, 'I want a refund')).catch(() => {});
await agents.getGlobalTraceProvider().forceFlush();
await provider.shutdown();
process.exit(0);
